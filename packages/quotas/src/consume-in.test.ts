import { Decimal, settableClock, Temporal, tenantScope } from '@tollgate/kernel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createQuotas } from './create-quotas.ts'
import { memoryQuotaStore } from './memory/index.ts'
import type { PolicyDraft } from './model/policies/policy-draft.ts'
import type { ConsumeInput } from './consume.ts'
import type { Quotas } from './quotas.ts'

const NOW = '2026-11-20T12:00:30.500Z'
/** Not on a whole second. */
const EDGE = Temporal.Instant.from('2026-11-20T11:59:59.750Z')
const TRANSACTION = { scope: tenantScope('t') }

const policies: Record<string, readonly PolicyDraft[]> = {
  nothing: [],
  'the tenant': [
    { metric: 'tokens', window: 'day', limit: '1000' },
    { metric: 'tokens', window: 'minute', limit: null },
    { metric: 'requests', window: 'hour', limit: '100' },
  ],
  scopes: [
    { metric: 'tokens', window: 'minute', scope: ['customer', 'feature'], limit: '1000' },
    { metric: 'tokens', window: 'day', scope: ['operation'], limit: '1000' },
  ],
  operations: [
    { metric: 'operations', operation: 'chat', window: 'minute', limit: '10' },
    { metric: 'operations', window: 'minute', limit: '10' },
  ],
  'sliding windows': [
    { metric: 'tokens', window: 'minute', sliding: true, limit: '1000' },
    { metric: 'tokens', window: 'hour', sliding: true, limit: '1000' },
  ],
  validity: [
    { metric: 'tokens', window: 'day', limit: '1000', validFrom: EDGE },
    { metric: 'tokens', window: 'hour', limit: '1000', validTo: EDGE },
  ],
}

const usage: fc.Arbitrary<ConsumeInput> = fc.record({
  tenantId: fc.constantFrom('t', 'u'),
  at: fc
    .oneof(
      fc.constantFrom(-1, 0, 1).map(step => EDGE.epochMilliseconds + step),
      fc.integer({ min: -70, max: 31 }).map(seconds => Temporal.Instant.from('2026-11-20T12:00:00Z').epochMilliseconds + seconds * 1_000 - 1),
      fc.integer({ min: -70, max: 31 }).map(seconds => Temporal.Instant.from('2026-11-20T12:00:00Z').epochMilliseconds + seconds * 1_000),
    )
    .map(ms => Temporal.Instant.fromEpochMilliseconds(ms)),
  dimensions: fc.record({ customer: fc.constantFrom('a', 'b', null), feature: fc.constantFrom('a', 'a b') }),
  requests: fc.constantFrom('chat', 'embed', null).chain(operation =>
    fc.tuple(fc.constantFrom('0.1', '7', '0', null)).map(([amount]) => [
      { metric: 'tokens' as const, amount, operation },
      { metric: 'requests' as const, amount: '1', operation },
      { metric: 'operations' as const, amount: '1', operation },
      { metric: 'cost' as const, amount, operation },
    ]),
  ),
})

async function usageOf(quotas: Quotas): Promise<unknown[]> {
  const statuses = await Promise.all(['t', 'u'].map(tenantId => quotas.status({ tenantId })))
  return statuses.flatMap((status, i) => status.quotas.map(({ policy, scopeValue, used }) => [i, policy.limitKey, scopeValue, used.toFixed()]))
}

describe.each(Object.entries(policies))('consumeIn with policies of %s', (_, drafts) => {
  it('counts merged usage like the same usage counted one by one, in every window', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(usage, { maxLength: 12 }), async usages => {
        const clock = settableClock(NOW)
        const [together, apart] = [1, 2].map(() => createQuotas({ store: memoryQuotaStore(), policies: drafts, clock })) as [Quotas, Quotas]
        await together.consumeIn(TRANSACTION, usages)
        for (const one of usages) await apart.consume(one)
        for (const at of ['2026-11-20T11:58:00Z', '2026-11-20T11:59:59.740Z', '2026-11-20T11:59:59.750Z', '2026-11-20T12:00:00Z', NOW]) {
          clock.set(at)
          expect(await usageOf(together)).toEqual(await usageOf(apart))
        }
      }),
      { numRuns: 60 },
    )
  })
})

describe('consumeIn', () => {
  it('does not read usage of a tenant without policies', async () => {
    const quotas = createQuotas({ store: memoryQuotaStore(), policies: [] })
    const lazy = {
      tenantId: 't',
      get requests(): never {
        throw new Error('was read')
      },
    }
    await quotas.consumeIn(TRANSACTION, [lazy])
    await quotas.setQuota({ tenantId: 't', metric: 'tokens', window: 'day', limit: '1' })
    await expect(quotas.consumeIn(TRANSACTION, [lazy])).rejects.toThrow('was read')
  })
})

describe('amounts of usage', () => {
  it('are counted exactly, with any number of digits', async () => {
    const quotas = createQuotas({ store: memoryQuotaStore(), policies: [{ metric: 'cost', window: 'day', limit: null }] })
    const cost = new Decimal('0.000000000000000000000000000001')
    await quotas.consumeIn(
      TRANSACTION,
      [1, 2, 3].map(() => ({ tenantId: 't', requests: [{ metric: 'cost' as const, amount: cost }] })),
    )
    expect((await quotas.status({ tenantId: 't' })).quotas[0]?.used.toFixed()).toBe('0.000000000000000000000000000003')
  })
})
