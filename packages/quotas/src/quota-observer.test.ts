import { settableClock } from '@tollgate/kernel'
import { expect, it } from 'vitest'
import { createQuotas } from './create-quotas.ts'
import { memoryQuotaStore } from './memory/index.ts'
import { QuotaStoreUnavailable } from './model/errors.ts'
import type { PolicyDraft } from './model/policies/policy-draft.ts'

const TOKENS = { metric: 'tokens', window: 'day', limit: '10', storeFailure: 'allow' } as const

function observedQuotas(policy: PolicyDraft) {
  const seen: [boolean, boolean][] = []
  const memory = memoryQuotaStore()
  let isUp = true
  const whileUp = <Work extends (...args: never[]) => Promise<unknown>>(work: Work): Work =>
    ((...args) => (isUp ? work(...args) : Promise.reject(new QuotaStoreUnavailable()))) as Work
  const quotas = createQuotas({
    store: { ...memory, apply: whileUp(memory.apply), read: whileUp(memory.read) },
    policies: [policy],
    clock: settableClock('2026-11-20T12:00:00Z'),
    observer: { quotaDecided: ({ allowed, degraded }) => seen.push([allowed, degraded]) },
  })
  const ask = (amount: string) => ({ tenantId: 't', requests: [{ metric: 'tokens', amount }] }) as const
  return { quotas, ask, seen, goDown: () => (isUp = false) }
}

it.each([
  ['exactly', TOKENS],
  ['from leases', { ...TOKENS, lease: true }],
] as const)('observes each decision that is made %s once', async (_, policy) => {
  const { quotas, ask, seen } = observedQuotas(policy)
  await quotas.enforce(ask('11'))
  for (let call = 1; call <= 3; call++) await quotas.enforce({ ...ask('3'), consume: true })
  await quotas.reserve(ask('1'))
  await quotas.enforce({ ...ask('3'), consume: true })
  await quotas.stop()
  expect(seen).toEqual([
    [false, false],
    [true, false],
    [true, false],
    [true, false],
    [true, false],
    [false, false],
  ])
})

it('observes decisions that are made while the store is unavailable', async () => {
  const { quotas, ask, seen, goDown } = observedQuotas(TOKENS)
  await quotas.enforce({ ...ask('1'), consume: true })
  goDown()
  await quotas.enforce(ask('1'))
  await quotas.enforce({ ...ask('1'), consume: true })
  await quotas.reserve(ask('1'))
  expect(seen).toEqual([
    [true, false],
    [true, true],
    [true, true],
    [true, true],
  ])
})
