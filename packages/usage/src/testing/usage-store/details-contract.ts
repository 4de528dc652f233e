import { describe, expect, it } from 'vitest'
import { MAX_UNIT_TOTALS } from '../../model/measure-details.ts'
import type { UsageMeasures } from '../../model/measures.ts'
import type { RaterResult } from '../../model/event.ts'
import type { UsageStore } from '../../usage-store.ts'
import { freshTenant } from '../builders/fresh-tenant.ts'
import { usageEvent, type UsageEventFields } from '../builders/usage-event.ts'
import { ALL_TIME, between, measureRows } from './measure-queries.ts'

/** What few events have: rare token pools, units, and reasons of unpriced calls; and sums of any size. */
export function detailsContract(store: () => UsageStore): void {
  const record = async (...events: UsageEventFields[]) => {
    const { tenantId, scope } = freshTenant()
    await store().commit(events.map(fields => usageEvent({ tenantId, ...fields })))
    return { tenantId, scope }
  }
  const unpriced = (unpricedReason: string | null): RaterResult => ({ state: 'unpriced', cost: null, priceId: null, unpricedReason })
  // On full days, full hours, and a range that only events can answer.
  const ranges = [ALL_TIME, between('2026-03-10T10:00:00Z', '2026-03-10T14:00:00Z'), between('2026-03-10T11:59:00Z', '2026-03-10T12:31:00Z')]

  describe('details', () => {
    it('sum units by kind and variant, exactly', async () => {
      const { scope } = await record(
        { units: [{ kind: 'web_search', quantity: '3' }] },
        {
          units: [
            { kind: 'image', quantity: '2', variant: 'hd' },
            { kind: 'web_search', quantity: '12345678901234567890' },
          ],
          occurredAt: '2026-03-10T12:30:00Z',
        },
        { units: [{ kind: 'web_search', quantity: '0.000000000000000001' }], tokens: null, model: 'another' },
        { units: [{ kind: 'image', quantity: '1' }] },
        {},
      )
      for (const range of ranges) {
        const [totals] = await store().measure(scope, { buckets: [range] })
        expect(totals?.measures.calls).toBe(5)
        expect(unitsOf(totals?.measures)).toEqual(['image: 1', 'image hd: 2', 'web_search: 12345678901234567893.000000000000000001'])
        const byModel = await store().measure(scope, { buckets: [range], by: ['model'] })
        expect(byModel.map(({ measures }) => unitsOf(measures))).toEqual([
          ['web_search: 0.000000000000000001'],
          ['image: 1', 'image hd: 2', 'web_search: 12345678901234567893'],
        ])
      }
    })

    it('count unpriced calls by reason, most calls first, and omit calls without a reason', async () => {
      const { scope } = await record(
        { rating: unpriced('no_usage') },
        { rating: unpriced('unknown_model'), occurredAt: '2026-03-10T12:30:00Z' },
        { rating: unpriced('no_usage'), model: 'another' },
        { rating: unpriced('no_model') },
        { rating: unpriced(null) },
        {},
      )
      for (const range of ranges) {
        const [totals] = await store().measure(scope, { buckets: [range] })
        expect(totals?.measures).toMatchObject({ calls: 6, unpricedCalls: 5 })
        expect(totals?.measures.unpricedReasons).toEqual([
          { reason: 'no_usage', calls: 2 },
          { reason: 'no_model', calls: 1 },
          { reason: 'unknown_model', calls: 1 },
        ])
      }
    })

    it('sum rare token pools, which also count in the total', async () => {
      const { scope } = await record(
        { tokens: { input: 1, videoInput: 2 } },
        { tokens: { videoInput: 5, cacheReadAudio: 7 }, occurredAt: '2026-03-10T12:30:00Z' },
        { tokens: { output: 11 } },
      )
      for (const range of ranges) {
        const [totals] = await store().measure(scope, { buckets: [range] })
        expect(totals?.measures.tokens).toMatchObject({ total: 26n, input: 1n, output: 11n, videoInput: 7n, cacheReadAudio: 7n })
        expect(totals?.measures.tokens).not.toHaveProperty('videoOutput')
      }
    })

    it('are read per bucket and group, after several commits', async () => {
      const { tenantId, scope } = freshTenant()
      for (const hour of [1, 2, 2, 5]) {
        const occurredAt = `2026-03-10T0${hour}:20:00Z`
        await store().commit([
          usageEvent({ tenantId, occurredAt, units: [{ kind: 'web_search', quantity: String(hour) }] }),
          usageEvent({ tenantId, occurredAt, model: 'm', rating: unpriced('no_usage') }),
        ])
      }
      const buckets = [between('2026-03-10T01:00:00Z', '2026-03-10T03:00:00Z'), between('2026-03-10T03:00:00Z', '2026-03-10T06:00:00Z')]
      const groups = await store().measure(scope, { buckets, by: ['model'] })
      expect(groups.map(({ bucket, key, measures }) => [bucket, ...key, unitsOf(measures).join(), measures.unpricedReasons])).toEqual([
        [0, 'gpt-5-mini', 'web_search: 5', []],
        [0, 'm', '', [{ reason: 'no_usage', calls: 3 }]],
        [1, 'gpt-5-mini', 'web_search: 5', []],
        [1, 'm', '', [{ reason: 'no_usage', calls: 1 }]],
      ])
    })

    it('are left out if they are not wanted, but rare pools count in the total and in the order', async () => {
      const { scope } = await record(
        { model: 'a', tokens: { input: 10 }, units: [{ kind: 'image', quantity: '1' }] },
        { model: 'b', tokens: { input: 1, videoInput: 50 }, rating: unpriced('no_usage') },
      )
      const groups = await store().measure(scope, { buckets: [ALL_TIME], by: ['model'], orderBy: 'tokens', details: false })
      expect(groups.map(({ key, measures }) => [...key, measures.tokens.total, measures.units, measures.unpricedReasons])).toEqual([
        ['b', 51n, [], []],
        ['a', 10n, [], []],
      ])
      expect(groups[0]?.measures.tokens).not.toHaveProperty('videoInput')
    })

    it('are limited to the largest quantities, however many kinds there are', async () => {
      const units = Array.from({ length: MAX_UNIT_TOTALS + 2 }, (_, i) => ({ kind: `kind_${i}`, quantity: String(1 + (i % 500)) }))
      const { scope } = await record({ units })
      const [totals] = await store().measure(scope, { buckets: [ALL_TIME] })
      const kept = totals?.measures.units.map(({ kind }) => kind) ?? []
      expect(kept).toHaveLength(MAX_UNIT_TOTALS)
      expect(units.map(({ kind }) => kind).filter(kind => !kept.includes(kind))).toEqual(['kind_500', 'kind_1000'])
    })
  })

  describe('sums', () => {
    it('are exact beyond 2^53 and 2^63', async () => {
      const { tenantId, scope } = freshTenant()
      const tokens = { input: 2 ** 53 - 2, output: 0, videoInput: 1 }
      const batch = () => Array.from({ length: 400 }, () => usageEvent({ tenantId, tokens }))
      for (let i = 0; i < 3; i++) await store().commit(batch())
      for (const range of ranges) {
        const [totals] = await store().measure(scope, { buckets: [range], orderBy: 'tokens', limit: 1 })
        expect(totals?.measures.tokens).toMatchObject({ total: 1_200n * (2n ** 53n - 1n), input: 1_200n * (2n ** 53n - 2n), videoInput: 1_200n })
      }
      expect(await measureRows(store(), scope, { by: ['model'], orderBy: 'tokens', show: ['calls'] })).toEqual([['gpt-5-mini', 1_200]])
    })
  })
}

function unitsOf(measures: UsageMeasures | undefined): string[] {
  return (measures?.units ?? []).map(({ kind, variant, quantity }) => `${kind}${variant === undefined ? '' : ` ${variant}`}: ${quantity.toFixed()}`)
}
