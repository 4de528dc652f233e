import { describe, expect, it } from 'vitest'
import { DIMENSIONS } from '../../model/dimension.ts'
import type { UsageStore } from '../../usage-store.ts'
import { freshTenant } from '../builders/fresh-tenant.ts'
import { usageEvent, type UsageEventFields } from '../builders/usage-event.ts'
import { between, measureRows } from './measure-queries.ts'

/** Groups: their keys, their order, and which of them are returned. */
export function orderContract(store: () => UsageStore): void {
  const record = async (...events: UsageEventFields[]) => {
    const { tenantId, scope } = freshTenant()
    await store().commit(events.map(fields => usageEvent({ tenantId, ...fields })))
    return { scope, tenantId }
  }
  const customer = (customerId: string, fields: UsageEventFields = {}): UsageEventFields => ({ ...fields, metadata: { customerId, ...fields.metadata } })

  describe('groups', () => {
    it('have a key in the order of the dimensions', async () => {
      const { scope } = await record(
        customer('c1', { model: 'a' }),
        customer('c2', { model: 'a' }),
        customer('c1', { model: 'b' }),
        customer('c1', { model: 'a' }),
      )
      expect(await measureRows(store(), scope, { by: ['model'], show: ['calls'] })).toEqual([
        ['a', 3],
        ['b', 1],
      ])
      expect(await measureRows(store(), scope, { by: ['model', 'customer'], show: ['calls'] })).toEqual([
        ['a', 'c1', 2],
        ['a', 'c2', 1],
        ['b', 'c1', 1],
      ])
      expect(await measureRows(store(), scope, { by: ['customer', 'model'], show: ['calls'] })).toEqual([
        ['c1', 'a', 2],
        ['c1', 'b', 1],
        ['c2', 'a', 1],
      ])
    })

    it('can use every dimension at once, with null for missing values', async () => {
      const { scope, tenantId } = await record(
        { metadata: { customerId: 'c', organizationId: 'o', productId: 'p', featureId: 'f', subscriptionTier: 't', environment: 'e', taskType: 'k' } },
        { provider: null, model: null, operation: 'search', status: 'failure' },
      )
      expect(await measureRows(store(), scope, { by: DIMENSIONS, show: ['calls'] })).toEqual([
        ['openai', 'gpt-5-mini', 'chat_message', 'success', 'c', 'o', 'p', 'f', 't', 'e', 'k', tenantId, 1],
        [null, null, 'search', 'failure', null, null, null, null, null, null, null, tenantId, 1],
      ])
    })

    it('distinguish null from similar text', async () => {
      const { scope } = await record({ model: null }, { model: 'null' }, { model: 'NULL' }, { model: '\\N' })
      expect(await measureRows(store(), scope, { by: ['model'], show: ['calls'] })).toEqual([
        ['NULL', 1],
        ['\\N', 1],
        ['null', 1],
        [null, 1],
      ])
    })

    it('merge many hours of one key, and match the hours', async () => {
      const { scope } = await record(
        ...[1, 2, 3].flatMap(hour => [
          customer('a', { occurredAt: `2026-03-10T0${hour}:15:00Z` }),
          customer('b', { occurredAt: `2026-03-10T0${hour}:45:00Z` }),
        ]),
      )
      expect(await measureRows(store(), scope, { by: ['customer'], show: ['calls', 'cost', 'customers'] })).toEqual([
        ['a', 3, '0.03', 1],
        ['b', 3, '0.03', 1],
      ])
      const edges = [between('2026-03-10T01:30:00Z', '2026-03-10T03:30:00Z')]
      expect(await measureRows(store(), scope, { buckets: edges, by: ['customer'], show: ['calls', 'cost', 'customers'] })).toEqual([
        ['a', 2, '0.02', 1],
        ['b', 2, '0.02', 1],
      ])
    })

    it('count distinct customers per group', async () => {
      const { scope } = await record(
        customer('c1', { model: 'a' }),
        customer('c2', { model: 'a' }),
        customer('c1', { model: 'a' }),
        customer('c1', { model: 'b' }),
        { model: 'c' },
      )
      expect(await measureRows(store(), scope, { by: ['model'], show: ['customers'] })).toEqual([
        ['a', 2],
        ['b', 1],
        ['c', 0],
      ])
      expect(await measureRows(store(), scope, { show: ['customers'] })).toEqual([[2]])
    })
  })

  describe('order', () => {
    it('defaults to code points of the key, null last', async () => {
      const names = ['b', 'a', 'B', '_', 'ä', 'a b', 'ab', '\u{ff5e}', '\u{1f98a}', '1', '10', '2']
      const { scope } = await record(...names.map(model => ({ model })), { model: null })
      expect(await measureRows(store(), scope, { by: ['model'], show: [] })).toEqual(
        ['1', '10', '2', 'B', '_', 'a', 'a b', 'ab', 'b', 'ä', '\u{ff5e}', '\u{1f98a}', null].map(name => [name]),
      )
    })

    // Every measure orders the customers differently. Two of them tie in each, and are ordered by name.
    const events = [
      ...Array.from({ length: 3 }, () => customer('many', { tokens: { input: 1 }, cost: '0.1', latencyMs: 10 })),
      customer('costly', { tokens: { input: 2 }, cost: '10.5', latencyMs: 20 }),
      customer('costly-too', { tokens: { input: 2 }, cost: '10.50', latencyMs: 20 }),
      customer('big', { tokens: { output: 9, reasoning: 1 }, cost: '9', latencyMs: 30 }),
      customer('failing', { tokens: null, status: 'failure', cost: null, latencyMs: 5_000 }),
      customer('failing', { tokens: null, status: 'rate_limited', cost: null }),
      customer('quick', { tokens: null, status: 'rate_limited', cost: '0' }),
    ]
    it.each([
      ['calls', ['many', 'failing', 'big', 'costly', 'costly-too', 'quick']],
      ['tokens', ['big', 'many', 'costly', 'costly-too', 'failing', 'quick']],
      ['cost', ['costly', 'costly-too', 'big', 'many', 'failing', 'quick']],
      ['errors', ['failing', 'quick', 'big', 'costly', 'costly-too', 'many']],
      ['latency_p95', ['failing', 'big', 'costly', 'costly-too', 'many', 'quick']],
    ] as const)('by %s is largest first, ties by key, and is what a limit cuts', async (orderBy, expected) => {
      const { scope } = await record(...events)
      expect(await measureRows(store(), scope, { by: ['customer'], orderBy, show: [] })).toEqual(expected.map(name => [name]))
      expect(await measureRows(store(), scope, { by: ['customer'], orderBy, limit: 2, show: [] })).toEqual(expected.slice(0, 2).map(name => [name]))
    })

    it('by latency_p95 includes latencies', async () => {
      const { scope } = await record(customer('a', { latencyMs: 7 }))
      const groups = await store().measure(scope, {
        buckets: [between('2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z')],
        by: ['customer'],
        orderBy: 'latency_p95',
      })
      expect(groups.map(group => group.measures.latency?.p95Ms)).toEqual([7])
    })

    it('and limit apply per bucket', async () => {
      const day = (date: number, customerId: string) => customer(customerId, { occurredAt: `2026-03-${date}T06:30:00Z` })
      const { scope } = await record(day(10, 'a'), day(10, 'b'), day(10, 'b'), day(11, 'c'), day(11, 'a'), day(11, 'a'))
      const buckets = [between('2026-03-10T00:00:00Z', '2026-03-11T00:00:00Z'), between('2026-03-11T00:00:00Z', '2026-03-12T00:00:00Z')]
      expect(await measureRows(store(), scope, { buckets, by: ['customer'], orderBy: 'calls', limit: 1, show: ['calls'] })).toEqual([
        [0, 'b', 2],
        [1, 'a', 2],
      ])
    })
  })

  describe('unpricedOnly', () => {
    it('returns the groups with unpriced calls, with all their calls', async () => {
      const { scope } = await record(
        { model: 'known' },
        { model: 'unknown', cost: null },
        { model: 'sometimes' },
        { model: 'sometimes', cost: null },
        { model: 'free', cost: '0' },
        { model: 'reported', rating: { state: 'reported', cost: usageEvent().rating.cost, priceId: null } },
        { model: null, rating: { state: 'not_applicable', cost: null, priceId: null } },
      )
      expect(await measureRows(store(), scope, { by: ['model'], unpricedOnly: true, orderBy: 'calls', show: ['calls', 'unpricedCalls', 'cost'] })).toEqual([
        ['sometimes', 2, 1, '0.01'],
        ['unknown', 1, 1, '0'],
      ])
    })
  })
}
