import { OPERATOR_SCOPE, type Period, Temporal, tenantScope } from '@tollgate/kernel'
import { beforeAll, describe, expect, it } from 'vitest'
import type { ChargedUsageReader, UsageSum } from '../charged-usage-reader.ts'
import type { ChargedEventTraits } from './charged-event.ts'

/** Records events, and returns a reader of them and their ids in the same order. */
export type MakeChargedUsageReader = (
  events: readonly ChargedEventTraits[],
) => Promise<{ readonly reader: ChargedUsageReader; readonly ids: readonly string[] }>

const EVENTS: readonly ChargedEventTraits[] = [
  { at: '2026-11-02T00:00:00Z', tokens: { input: 100, output: 10 }, reportedCost: '3', customer: 'c1', feature: 'chat' },
  { at: '2026-11-02T10:30:00.000001Z', tokens: { input: 200 }, reportedCost: '4.5', customer: 'c2', feature: 'chat' },
  { at: '2026-11-03T00:00:00Z', tokens: { input: 400 }, model: 'small', reportedCost: '0.25', customer: 'c1' },
  { at: '2026-11-03T00:00:00Z', tokens: { input: 800 }, model: 'new', customer: 'c1', feature: 'chat' },
  { at: '2026-11-03T00:00:00Z', operation: 'job', provider: null, model: null, tokens: null, quantity: '2.5' },
  { tenantId: 'globex', at: '2026-11-02T00:00:00Z', tokens: { input: 1 }, reportedCost: '99' },
]

/** Tests that a reader meets the contract of `ChargedUsageReader`. `make` is called once. */
export function describeChargedUsageReader(name: string, make: MakeChargedUsageReader): void {
  describe(`${name} as a reader of charged usage`, () => {
    let reader: ChargedUsageReader
    let ids: readonly string[]
    beforeAll(async () => {
      ;({ reader, ids } = await make(EVENTS))
    })
    const month = { tenantId: 'acme', range: range('2026-11-01T00:00:00Z', '2026-12-01T00:00:00Z') }

    it('returns an event with its dimensions and its rating', async () => {
      const event = await reader.event(OPERATOR_SCOPE, ids[1] ?? '')
      expect(event).toMatchObject({ id: ids[1], tenantId: 'acme', operation: 'chat', provider: 'acme-ai', model: 'large', serviceTier: null, quantity: null })
      expect(event?.occurredAt.toString()).toBe('2026-11-02T10:30:00.000001Z')
      expect(event?.tokens).toMatchObject({ input: 200, output: 0 })
      expect(event?.dimensions).toMatchObject({ provider: 'acme-ai', model: 'large', operation: 'chat', customer: 'c2', feature: 'chat' })
      expect(event?.rating).toMatchObject({ state: 'reported', priceId: null })
      expect([event?.rating.cost, event?.reportedCost].map(cost => cost?.toFixed())).toEqual(['4.5', '4.5'])
    })
    it('returns the rating of events without a price and without a model', async () => {
      expect((await reader.event(OPERATOR_SCOPE, ids[3] ?? ''))?.rating).toEqual({ state: 'unpriced', cost: null, priceId: null })
      const job = await reader.event(OPERATOR_SCOPE, ids[4] ?? '')
      expect(job).toMatchObject({ provider: null, model: null, tokens: null, rating: { state: 'not_applicable', cost: null } })
      expect(job?.quantity?.toFixed()).toBe('2.5')
    })
    it('hides events from other tenants', async () => {
      expect(await reader.event(tenantScope('globex'), ids[0] ?? '')).toBeUndefined()
      expect((await reader.event(tenantScope('acme'), ids[0] ?? ''))?.id).toBe(ids[0])
      expect(await reader.event(OPERATOR_SCOPE, '01900000-0000-7000-8000-ffffffffffff')).toBeUndefined()
    })
    it('returns pages of events, latest first, and the highest id first at the same time', async () => {
      const first = await reader.events({ ...month, first: 2 })
      const last = first.items.at(-1)
      const second = await reader.events({ ...month, first: 4, after: last && { occurredAt: last.occurredAt, id: last.id } })
      const simultaneous = ids.slice(2, 5).toSorted().toReversed()
      expect([...first.items, ...second.items].map(({ id }) => id)).toEqual([...simultaneous, ids[1], ids[0]])
      expect([first.hasMore, second.hasMore]).toEqual([true, false])
    })
    it('filters events by dimension and by a half-open range', async () => {
      const idsOf = async (selection: object) => (await reader.events({ ...month, ...selection, first: 10 })).items.map(({ id }) => id)
      expect(await idsOf({ filter: { feature: ['chat'], customer: ['c1', 'c3'] } })).toEqual([ids[3], ids[0]])
      expect(await idsOf({ range: range('2026-11-02T00:00:00Z', '2026-11-02T10:30:00.000001Z') })).toEqual([ids[0]])
    })
    it('counts events', async () => {
      expect(await reader.countEvents(month)).toBe(5)
      expect(await reader.countEvents({ ...month, filter: { customer: ['c1'] } })).toBe(3)
      expect(await reader.countEvents({ ...month, tenantId: 'unknown' })).toBe(0)
    })
    it('sums each period by group, highest cost first', async () => {
      const periods = [range('2026-11-01T00:00:00Z', '2026-11-02T10:30:00.000001Z'), range('2026-11-02T10:30:00.000001Z', '2026-12-01T00:00:00Z')]
      const sums = await reader.sums({ ...month, periods, by: ['model', 'customer'], first: 10 })
      expect(sums.map(groups => groups.map(show).slice(0, 2))).toEqual([
        [{ key: ['large', 'c1'], calls: 1, unpricedCalls: 0, input: 100, quantity: '0', cost: '3' }],
        [
          { key: ['large', 'c2'], calls: 1, unpricedCalls: 0, input: 200, quantity: '0', cost: '4.5' },
          { key: ['small', 'c1'], calls: 1, unpricedCalls: 0, input: 400, quantity: '0', cost: '0.25' },
        ],
      ])
      expect(
        sums[1]
          ?.map(show)
          .slice(2)
          .toSorted((one, other) => other.unpricedCalls - one.unpricedCalls),
      ).toEqual([
        { key: ['new', 'c1'], calls: 1, unpricedCalls: 1, input: 800, quantity: '0', cost: '0' },
        { key: [null, null], calls: 1, unpricedCalls: 0, input: 0, quantity: '2.5', cost: '0' },
      ])
    })
    it('sums filtered usage, in at most the requested number of groups', async () => {
      const [groups] = await reader.sums({ ...month, filter: { feature: ['chat'] }, periods: [month.range], by: ['model'], first: 1 })
      expect(groups?.map(show)).toEqual([{ key: ['large'], calls: 2, unpricedCalls: 0, input: 300, quantity: '0', cost: '7.5' }])
    })
  })
}

function range(from: string, to: string): Period {
  return { from: Temporal.Instant.from(from), to: Temporal.Instant.from(to) }
}

function show({ key, calls, unpricedCalls, tokens, quantity, cost }: UsageSum) {
  return { key: [...key], calls, unpricedCalls, input: tokens.input, quantity: quantity.toFixed(), cost: cost.toFixed() }
}
