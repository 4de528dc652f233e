import { Decimal, Temporal } from '@tollgate/kernel'
import { describe, expect, it } from 'vitest'
import { auditSnapshot, changedFields } from './audit-snapshot.ts'

describe('a snapshot', () => {
  it('has amounts and times as texts, and no undefined fields', () => {
    const at = Temporal.Instant.from('2026-11-20T12:00:00Z')
    expect(auditSnapshot({ limit: new Decimal('0.10'), at, plan: undefined, tier: null })).toEqual({ limit: '0.1', at: '2026-11-20T12:00:00Z', tier: null })
  })

  it('replaces large and deep fields by their size and hash, so that an event always fits', () => {
    let deep: object = {}
    for (let i = 0; i < 40; i++) deep = { deep }
    const large = auditSnapshot({ name: 'gold', policies: Array.from({ length: 5_000 }, (_, i) => ({ i })), deep })
    expect(large).toEqual({
      name: 'gold',
      policies: { bytes: expect.any(Number), sha256: expect.stringMatching(/^[\da-f]{64}$/) },
      deep: expect.objectContaining({ bytes: 362 }),
    })
    const wide = auditSnapshot(Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`field${i}`, 'x'.repeat(100)])))
    expect(Object.keys(wide)).toEqual(['bytes', 'sha256'])
  })
})

describe('changed fields', () => {
  it('are those whose values differ, before and after', () => {
    const before = { limit: new Decimal(1), window: 'day', scope: ['customer'] }
    expect(changedFields(before, { limit: new Decimal(2), window: 'day', scope: ['customer'], grace: 5 })).toEqual({
      before: { limit: '1' },
      after: { limit: '2', grace: 5 },
    })
    expect(changedFields(before, { ...before, limit: new Decimal('1.0') })).toBeUndefined()
  })
})
