import { describe, expect, it } from 'vitest'
import { formOf, tenantChanges, updateInput } from './tenant-changes.ts'

const acme = { id: 'acme', name: 'Acme', tier: 'pro', timeZone: 'UTC', currency: 'USD', createdAt: '2026-11-01T00:00:00Z', testClock: null }

describe('the form of a tenant', () => {
  it('changes nothing as it is opened, also without a plan', () => {
    expect(tenantChanges(acme, formOf(acme))).toEqual([])
    expect(tenantChanges({ ...acme, tier: null }, formOf({ ...acme, tier: null }))).toEqual([])
    expect(updateInput(acme, formOf(acme))).toEqual({ id: 'acme' })
  })

  it('says each change, and sends only these', () => {
    const form = { ...formOf(acme), name: ' Acme Inc ', timeZone: 'Europe/Berlin' }
    expect(tenantChanges(acme, form).map(({ label, before, after }) => [label, before, after])).toEqual([
      ['Name', 'Acme', 'Acme Inc'],
      ['Time zone', 'UTC', 'Europe/Berlin'],
    ])
    expect(updateInput(acme, form)).toEqual({ id: 'acme', name: 'Acme Inc', timeZone: 'Europe/Berlin' })
  })

  it('takes a tenant off its plan, and sends an empty name so that the server refuses it', () => {
    expect(tenantChanges(acme, { ...formOf(acme), tier: '' })).toMatchObject([{ before: 'pro', after: 'none' }])
    expect(updateInput(acme, { ...formOf(acme), tier: ' ', name: '' })).toEqual({ id: 'acme', name: '', tier: null })
  })
})
