import { splitPeriod } from '@tollgate/kernel'
import { TOKEN_POOLS } from '@tollgate/tokens'
import { describe, expect, it } from 'vitest'
import { LATENCY_RELATIVE_ERROR } from '../../engine/latency-sketch.ts'
import type { UsageStore } from '../../usage-store.ts'
import { freshTenant } from '../builders/fresh-tenant.ts'
import { usageEvent, type UsageEventFields } from '../builders/usage-event.ts'
import { ALL_TIME, between, measureRows } from './measure-queries.ts'

/** Sums: of which measures, over which time, in which groups. */
export function measureContract(store: () => UsageStore): void {
  const record = async (...events: UsageEventFields[]) => {
    const { tenantId, scope } = freshTenant()
    await store().commit(events.map(fields => usageEvent({ tenantId, ...fields })))
    return scope
  }

  describe('measure', () => {
    it('sums every measure', async () => {
      const scope = await record(
        {
          tokens: { input: 100, output: 7, cacheRead: 1, cacheWrite5m: 2, cacheWrite1h: 3, reasoning: 4 },
          cost: '0.000000000000000001',
          latencyMs: 10,
          metadata: { customerId: 'a' },
        },
        {
          tokens: { input: 23, audioInput: 5, audioOutput: 6, imageInput: 7, imageOutput: 8 },
          cost: '12345678901234567890',
          latencyMs: 30,
          metadata: { customerId: 'b' },
        },
        { status: 'failure', tokens: null, cost: null, quantity: '1.5', metadata: { customerId: 'a' } },
        { status: 'rate_limited', tokens: null, rating: { state: 'not_applicable', cost: null, priceId: null }, quantity: '0.000000000001', latencyMs: 0 },
      )
      const [totals, ...rest] = await store().measure(scope, { buckets: [ALL_TIME], latency: true })
      expect(rest).toEqual([])
      expect({ ...totals?.measures, cost: totals?.measures.cost.toFixed(), quantity: totals?.measures.quantity.toFixed() }).toEqual({
        calls: 4,
        successes: 2,
        failures: 1,
        rateLimited: 1,
        tokens: {
          total: 166n,
          input: 123n,
          output: 7n,
          cacheRead: 1n,
          cacheWrite5m: 2n,
          cacheWrite1h: 3n,
          reasoning: 4n,
          audioInput: 5n,
          audioOutput: 6n,
          imageInput: 7n,
          imageOutput: 8n,
        },
        units: [],
        quantity: '1.500000000001',
        cost: '12345678901234567890.000000000000000001',
        unpricedCalls: 1,
        unpricedReasons: [{ reason: 'unknown_model', calls: 1 }],
        customers: 2,
        latency: { averageMs: expect.closeTo(40 / 3, 9) as number, p50Ms: 10, p95Ms: 30, p99Ms: 30 },
      })
      expect(totals).toMatchObject({ bucket: 0, key: [] })
    })

    it('adds the events of several commits', async () => {
      const { tenantId, scope } = freshTenant()
      for (let i = 0; i < 3; i++)
        await store().commit([usageEvent({ tenantId, metadata: { customerId: 'a' } }), usageEvent({ tenantId, metadata: { customerId: `c${i}` } })])
      expect(await measureRows(store(), scope, { show: ['calls', 'tokens', 'cost', 'customers'] })).toEqual([[6, 90, '0.06', 4]])
    })

    it('sums each token pool separately', async () => {
      const scope = await record(...TOKEN_POOLS.map((pool, i) => ({ tokens: { [pool]: 2 ** i } })))
      const [totals] = await store().measure(scope, { buckets: [ALL_TIME] })
      expect(totals?.measures.tokens).toEqual({
        ...Object.fromEntries(TOKEN_POOLS.map((pool, i) => [pool, 2n ** BigInt(i)])),
        total: 2n ** BigInt(TOKEN_POOLS.length) - 1n,
      })
    })

    it('returns nothing without usage or without buckets', async () => {
      const scope = await record({})
      expect(await store().measure(freshTenant().scope, { buckets: [ALL_TIME] })).toEqual([])
      expect(await store().measure(scope, { buckets: [] })).toEqual([])
      expect(await store().measure(scope, { buckets: [between('2026-04-01T00:00:00Z', '2026-05-01T00:00:00Z')] })).toEqual([])
    })

    it('omits latency unless requested, and returns null if no event has one', async () => {
      const scope = await record({ latencyMs: 5, model: 'a' }, { model: 'b' })
      const latencies = async (latency: boolean) =>
        (await store().measure(scope, { buckets: [ALL_TIME], by: ['model'], latency })).map(group => group.measures.latency)
      expect(await latencies(false)).toEqual([null, null])
      expect(await latencies(true)).toEqual([{ averageMs: 5, p50Ms: 5, p95Ms: 5, p99Ms: 5 }, null])
    })

    it('returns percentiles within 1 % of the nearest rank, over many hours and groups', async () => {
      const { tenantId, scope } = freshTenant()
      const latencies = Array.from({ length: 400 }, (_, i) => Math.round(1.03 ** i) % 86_400_000)
      await store().commit(
        latencies.map((latencyMs, i) => usageEvent({ tenantId, latencyMs, model: `m${i % 7}`, occurredAt: `2026-03-${10 + (i % 3)}T${10 + (i % 11)}:30:00Z` })),
      )
      const sorted = latencies.toSorted((a, b) => a - b)
      for (const range of [ALL_TIME, between('2026-03-10T10:17:00Z', '2026-03-12T22:42:00Z')]) {
        const [totals] = await store().measure(scope, { buckets: [range], latency: true })
        const latency = totals?.measures.latency
        for (const [actual, rank] of [
          [latency?.p50Ms, 200],
          [latency?.p95Ms, 380],
          [latency?.p99Ms, 396],
        ] as const) {
          const exact = sorted[rank - 1] ?? Number.NaN
          expect(Math.abs((actual ?? Number.NaN) - exact)).toBeLessThanOrEqual(exact * LATENCY_RELATIVE_ERROR * (1 + 1e-9))
        }
        expect(latency?.averageMs).toBeCloseTo(latencies.reduce((a, b) => a + b, 0) / 400, 6)
      }
    })
  })

  describe('buckets', () => {
    it('are half-open, to the microsecond', async () => {
      const scope = await record(
        ...['2026-03-10T11:59:59.999999Z', '2026-03-10T12:00:00Z', '2026-03-10T12:59:59.999999Z', '2026-03-10T13:00:00Z'].map(occurredAt => ({ occurredAt })),
      )
      const calls = (from: string, to: string) => measureRows(store(), scope, { buckets: [between(from, to)], show: ['calls'] })
      expect(await calls('2026-03-10T12:00:00Z', '2026-03-10T13:00:00Z')).toEqual([[2]])
      expect(await calls('2026-03-10T12:00:00.000001Z', '2026-03-10T13:00:00Z')).toEqual([[1]])
      expect(await calls('2026-03-10T11:59:59.999999Z', '2026-03-10T12:59:59.999999Z')).toEqual([[2]])
      expect(await calls('2026-03-10T11:59:59.999999Z', '2026-03-10T13:00:00.000001Z')).toEqual([[4]])
      expect(await calls('2026-03-10T12:59:59.999999Z', '2026-03-10T13:00:00Z')).toEqual([[1]])
    })

    it('are returned in order, without empty ones, and need not adjoin', async () => {
      const scope = await record(
        { occurredAt: '2026-03-10T12:00:00Z' },
        { occurredAt: '2026-03-12T01:30:00Z' },
        { occurredAt: '2026-03-12T01:45:00Z' },
        { occurredAt: '2026-03-11T12:00:00Z' },
      )
      const buckets = [
        between('2026-03-10T00:00:00Z', '2026-03-11T00:00:00Z'),
        between('2026-03-11T00:00:00Z', '2026-03-11T12:00:00Z'),
        between('2026-03-12T01:15:30Z', '2026-03-12T01:44:59.5Z'),
        between('2026-03-12T01:44:59.5Z', '2026-03-13T00:00:00Z'),
      ]
      expect(await measureRows(store(), scope, { buckets, show: ['calls'] })).toEqual([
        [0, 1],
        [2, 1],
        [3, 1],
      ])
    })

    it.each([
      [
        'Asia/Kolkata',
        'day',
        [
          ['2026-03-09T18:30:00Z', 1],
          ['2026-03-10T18:30:00Z', 2],
        ],
      ],
      [
        'UTC',
        'day',
        [
          ['2026-03-09T00:00:00Z', 0],
          ['2026-03-10T00:00:00Z', 3],
        ],
      ],
      ['Asia/Kathmandu', 'hour', [['2026-03-10T18:15:00Z', 3]]],
    ] as const)('of %s %ss cut between events that are seconds apart', async (zone, unit, expected) => {
      const scope = await record({ occurredAt: '2026-03-10T18:29:59.999999Z' }, { occurredAt: '2026-03-10T18:30:00Z' }, { occurredAt: '2026-03-10T18:30:01Z' })
      const buckets = [...splitPeriod(between('2026-03-08T00:00:00Z', '2026-03-13T00:00:00Z'), unit, zone)]
      const counted = await measureRows(store(), scope, { buckets, show: ['calls'] })
      const calls = new Map(counted.map(([bucket, count]) => [buckets[Number(bucket)]?.from.toString(), count]))
      for (const [start, count] of expected) expect([start, calls.get(start) ?? 0]).toEqual([start, count])
      expect(counted.reduce((total, [, count]) => total + Number(count), 0)).toBe(3)
    })

    it('add up to the whole day, with 23 or 25 hours', async () => {
      const instants = Array.from({ length: 60 }, (_, hour) => `2026-03-${28 + Math.floor(hour / 24)}T${String(hour % 24).padStart(2, '0')}:59:59.5Z`)
      const scope = await record(
        ...instants.map(occurredAt => ({ occurredAt })),
        { occurredAt: '2025-10-26T00:30:00Z' },
        { occurredAt: '2025-10-26T01:30:00Z' },
      )
      const days = async (from: string, to: string) =>
        measureRows(store(), scope, { buckets: [...splitPeriod(between(from, to), 'day', 'Europe/Berlin')], show: ['calls'] })
      expect(await days('2026-03-27T23:00:00Z', '2026-03-30T22:00:00Z')).toEqual([
        [0, 23],
        [1, 23],
        [2, 14],
      ])
      expect(await days('2025-10-24T22:00:00Z', '2025-10-26T23:00:00Z')).toEqual([[1, 2]])
    })

    it('can be many', async () => {
      const scope = await record(...[3, 4, 4, 900].map(hour => ({ occurredAt: ALL_TIME.from.add({ hours: 24 * 365 * 20 + hour, minutes: 7 }) })))
      const start = ALL_TIME.from.add({ hours: 24 * 365 * 20 })
      const buckets = [...splitPeriod({ from: start, to: start.add({ hours: 2_000 }) }, 'hour', 'UTC')]
      expect(buckets).toHaveLength(2_000)
      expect(await measureRows(store(), scope, { buckets, show: ['calls'] })).toEqual([
        [3, 1],
        [4, 2],
        [900, 1],
      ])
    })

    it('include events of any time: decades ago, backdated, at both ends of a month', async () => {
      const scope = await record(
        ...['2001-02-03T04:05:06Z', '2025-12-31T23:59:59.999999Z', '2026-01-01T00:00:00Z', '2026-01-31T23:59:59.999999Z'].map(occurredAt => ({ occurredAt })),
      )
      expect(await measureRows(store(), scope, { show: ['calls'] })).toEqual([[4]])
      expect(await measureRows(store(), scope, { buckets: [between('2026-01-01T00:00:00Z', '2026-02-01T00:00:00Z')], show: ['calls'] })).toEqual([[2]])
      expect(await measureRows(store(), scope, { buckets: [between('2001-01-01T00:00:00Z', '2002-01-01T00:00:00Z')], show: ['calls'] })).toEqual([[1]])
    })
  })

  describe('kept groups', () => {
    it('are the largest of all buckets, and all others are one group', async () => {
      const at = (hour: number, model: string, customerId: string, cost: string) => ({
        occurredAt: `2026-03-10T${hour}:30:00Z`,
        model,
        cost,
        metadata: { customerId },
      })
      const scope = await record(
        at(10, 'a', 'c1', '5'),
        at(11, 'b', 'c1', '3'),
        at(11, 'b', 'c2', '3'),
        at(11, 'c', 'c1', '2'),
        at(11, 'd', 'c1', '1'),
        at(11, 'd', 'c3', '1'),
      )
      const buckets = [between('2026-03-10T10:00:00Z', '2026-03-10T11:00:00Z'), between('2026-03-10T11:00:00Z', '2026-03-10T12:00:00Z')]
      const query = { buckets, by: ['model'] as const, orderBy: 'cost' as const, keep: 2, show: ['calls', 'cost', 'customers'] as const }
      expect(await measureRows(store(), scope, query)).toEqual([
        [0, 'a', 1, '5', 1],
        [1, 'b', 2, '6', 2],
        [1, 3, '4', 2], // c and d have two customers together
      ])
      const [first] = await store().measure(scope, query)
      expect(first?.groupCount).toBe(4)
    })
  })
}
