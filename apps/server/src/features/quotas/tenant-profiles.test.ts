import { OPERATOR_SCOPE } from '@tollgate/kernel'
import { expect, it, vi } from 'vitest'
import { type ReadTenants, tenantProfiles } from './tenant-profiles.ts'

const acme = { id: 'acme', tier: 'pro', timeZone: 'Asia/Kolkata', billingAnchorDay: 31 }
const globex = { id: 'globex', tier: null, timeZone: 'UTC', billingAnchorDay: 1 }
const readTenants = () => vi.fn<ReadTenants>(async ids => [acme, globex].filter(({ id }) => ids.includes(id)))

it('returns the tier as the plan, and the default plan for a tenant without a tier or an unknown one', async () => {
  const profiles = tenantProfiles(readTenants())
  expect(await profiles('acme')).toEqual({ plan: 'pro', timeZone: 'Asia/Kolkata', billingAnchorDay: 31 })
  expect(await profiles('globex')).toEqual({ plan: 'default', timeZone: 'UTC', billingAnchorDay: 1 })
  expect(await profiles('nobody')).toEqual({ plan: 'default', timeZone: 'UTC', billingAnchorDay: 1 })
})

it('reads tenants that are requested in the same turn together, and later ones again', async () => {
  const read = readTenants()
  const profiles = tenantProfiles(read)
  await Promise.all([profiles('acme'), profiles('globex'), profiles('acme')])
  await profiles('acme')
  expect(read.mock.calls.map(([ids]) => ids)).toEqual([['acme', 'globex'], ['acme']])
})

it('reads in the transaction that is given, apart from other requests', async () => {
  const read = readTenants()
  const profiles = tenantProfiles(read)
  const transaction = { scope: OPERATOR_SCOPE }
  await Promise.all([profiles('acme', transaction), profiles('globex'), profiles('globex', transaction)])
  expect(read.mock.calls).toEqual([
    [['acme', 'globex'], transaction],
    [['globex'], undefined],
  ])
})
