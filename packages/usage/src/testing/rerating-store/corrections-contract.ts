import { Decimal } from '@tollgate/kernel'
import { describe, expect, it } from 'vitest'
import type { RateableEvent, RatedEvent } from '../../model/event.ts'
import type { RatingSelectionDraft } from '../../model/rating-selection.ts'
import type { UsageFilter } from '../../model/usage-filter.ts'
import type { Rater } from '../../rater.ts'
import { freshTenant } from '../builders/fresh-tenant.ts'
import { usageEvent, type UsageEventFields } from '../builders/usage-event.ts'
import { ALL_TIME, between, measureRows } from '../usage-store/measure-queries.ts'
import { type CallPrices, requestFor, reratingOf } from './rerate.ts'
import type { ReratingStoreUnderTest } from './stores-under-test.ts'

/** What a correction changes, and what it does not. */
export function correctionsContract(stores: () => ReratingStoreUnderTest): void {
  const record = async (...events: UsageEventFields[]) => {
    const { tenantId, scope } = freshTenant()
    const recorded = events.map(fields => usageEvent({ tenantId, ...fields }))
    await stores().usage.commit(recorded)
    return { tenantId, scope, recorded }
  }
  const rerate = async (tenantId: string, prices: CallPrices, selection: Partial<RatingSelectionDraft> = {}) => {
    const { done } = await reratingOf(stores(), () => prices).start(requestFor(tenantId, selection))
    return done
  }

  describe('a preview', () => {
    it('returns what would change, by tenant and month, and writes nothing', async () => {
      const { tenantId, scope, recorded } = await record(
        { occurredAt: '2026-02-28T23:59:59.999Z', model: 'unknown', cost: null },
        { occurredAt: '2026-03-01T00:00:00Z', model: 'unknown', cost: null },
        { occurredAt: '2026-03-02T00:00:00Z', model: 'known', cost: '0.01' },
        { occurredAt: '2026-03-03T00:00:00Z', model: 'right', cost: '0.5' },
        { occurredAt: '2026-03-04T00:00:00Z', model: 'gone', cost: '7' },
      )
      const rerating = reratingOf(stores(), () => ({ unknown: '0.25', known: '0.02', right: '0.5' }))
      const { sample, ...diff } = await rerating.preview({ range: ALL_TIME, tenantId })
      expect(plain(diff)).toEqual({
        complete: true,
        eventsRead: 5,
        eventsTotal: 5,
        totals: { events: 4, newlyPriced: 2, newlyUnpriced: 1, oldCost: '7.01', newCost: '0.52' },
        periods: [
          { tenantId, month: '2026-02', events: 1, newlyPriced: 1, newlyUnpriced: 0, oldCost: '0', newCost: '0.25' },
          { tenantId, month: '2026-03', events: 3, newlyPriced: 1, newlyUnpriced: 1, oldCost: '7.01', newCost: '0.27' },
        ],
      })
      expect(sample.map(({ eventId }) => recorded.findIndex(({ id }) => id === eventId))).toEqual([4, 0, 1, 2])
      expect(await measureRows(stores().usage, scope, { show: ['cost', 'unpricedCalls'] })).toEqual([['7.51', 2]])
      expect(await rerating.corrections(scope, ids(recorded))).toEqual([])
    })

    it('stops at its maximum, and says so', async () => {
      const { tenantId } = await record(...Array.from({ length: 10 }, () => ({ cost: null, model: 'm' })))
      const diff = await reratingOf(stores(), () => ({ m: '1' })).preview({ range: ALL_TIME, tenantId }, { maxEvents: 4 })
      expect(diff).toMatchObject({ complete: false, eventsRead: 6, eventsTotal: 10, totals: { events: 6 } })
    })

    it('respects its selection', async () => {
      const { tenantId } = await record(
        { provider: 'a', model: 'm', cost: null },
        { provider: 'a', model: 'n', cost: '1' },
        { provider: 'b', model: 'm', cost: '1' },
        { provider: 'a', model: 'm', cost: '1', occurredAt: '2026-04-01T00:00:00Z' },
        { provider: null, model: null, rating: { state: 'not_applicable', cost: null, priceId: null } },
      )
      const read = async (selection: Partial<RatingSelectionDraft>) =>
        (await reratingOf(stores(), () => ({ m: '2', n: '2' })).preview({ range: ALL_TIME, tenantId, ...selection })).eventsRead
      expect(await read({})).toBe(5)
      expect(await read({ provider: 'a' })).toBe(3)
      expect(await read({ model: 'm' })).toBe(3)
      expect(await read({ provider: 'a', model: 'm' })).toBe(2)
      expect(await read({ provider: 'A' })).toBe(0)
      expect(await read({ unpricedOnly: true })).toBe(1)
      expect(await read({ range: between('2026-03-10T12:00:00.000001Z', '2026-04-01T00:00:00.000001Z') })).toBe(1)
      expect(await read({ range: between('2026-03-10T12:00:00Z', '2026-04-01T00:00:00Z') })).toBe(4)
    })
  })

  describe('a run', () => {
    it('rates with every field that a price can depend on', async () => {
      const { tenantId, recorded } = await record(
        { serviceTier: 'batch', quantity: '1.5', reportedCost: '0.25', speed: 'fast', region: 'us', tokens: { input: 1, videoInput: 2 } },
        { tokens: null, status: 'failure', statusCode: 503, units: [{ kind: 'image', quantity: '1.5', variant: 'hd' }] },
      )
      const seen: RateableEvent[] = []
      const rater: Rater = {
        async rate(events) {
          seen.push(...events)
          return events.map(({ serviceTier }) => ({ state: 'priced', cost: new Decimal(serviceTier === 'batch' ? '0.5' : '1'), priceId: null }))
        },
      }
      const { done } = await reratingOf(stores(), () => ({}), { rater }).start(requestFor(tenantId))
      expect((await done).totals).toMatchObject({ events: 2, newCost: new Decimal('1.5') })
      const rateable = (event: RateableEvent) => {
        const { id, occurredAt, operation, status, statusCode, provider, model, tokens, units, quantity, reportedCost, serviceTier, speed, region } = event
        return JSON.stringify([
          id,
          occurredAt,
          operation,
          status,
          statusCode,
          provider,
          model,
          tokens,
          quantity,
          reportedCost,
          serviceTier,
          speed,
          region,
          units.map(unit => [unit.kind, unit.quantity, unit.variant]),
        ])
      }
      expect(seen.map(rateable).toSorted()).toEqual(recorded.map(rateable).toSorted())
    })

    it('corrects costs without changing events, and reports both', async () => {
      const { tenantId, scope, recorded } = await record({ model: 'unknown', cost: null }, { model: 'known', cost: '0.01' }, { model: 'right', cost: '0.5' })
      const run = await rerate(tenantId, { unknown: '0.25', known: '0.02', right: '0.5' })
      expect(run).toMatchObject({ state: 'completed', eventsRead: 3, eventsTotal: 3, failure: null, totals: { events: 2, newlyPriced: 1, newlyUnpriced: 0 } })
      const rows = (costs?: 'corrected' | 'recorded') =>
        measureRows(stores().usage, scope, { ...(costs && { costs }), show: ['calls', 'cost', 'unpricedCalls', 'tokens'] })
      expect(await rows()).toEqual([[3, '0.77', 0, 45]])
      expect(await rows('corrected')).toEqual([[3, '0.77', 0, 45]])
      expect(await rows('recorded')).toEqual([[3, '0.51', 1, 45]])
      const [unknown] = recorded
      const selected = async (filter: UsageFilter, costs: 'corrected' | 'recorded') =>
        measureRows(stores().usage, scope, { filter, costs, show: ['calls', 'cost', 'unpricedCalls'] })
      const dear: UsageFilter = { cost: { atLeast: new Decimal('0.2') } }
      expect(await selected(dear, 'corrected')).toEqual([[2, '0.75', 0]])
      expect(await selected(dear, 'recorded')).toEqual([[1, '0.5', 0]])
      expect(await selected({ pricingStates: ['unpriced'] }, 'corrected')).toEqual([])
      expect(await selected({ pricingStates: ['unpriced'] }, 'recorded')).toEqual([[1, '0', 1]])
      const listed = await stores().usage.events(scope, { range: ALL_TIME, filter: dear, first: 10 })
      expect(listed.items).toHaveLength(2)
      expect(plain(await stores().rerating.corrections(scope, [unknown?.id ?? '']))).toEqual([
        expect.objectContaining({
          eventId: unknown?.id,
          runId: run.id,
          version: 1,
          tenantId,
          from: { state: 'unpriced', cost: null, priceId: null, unpricedReason: 'unknown_model' },
          to: { state: 'priced', cost: '0.25', priceId: 'price-of-0.25', unpricedReason: null },
        }),
      ])
      const read = await stores().usage.eventsById(scope, ids(recorded))
      expect(new Set(read.map(({ rating }) => rating.cost?.toFixed() ?? null))).toEqual(new Set([null, '0.01', '0.5']))
    })

    it('affects breakdowns, orders and the report of unpriced usage', async () => {
      const { tenantId, scope } = await record({ model: 'a', cost: null }, { model: 'b', cost: '1' }, { model: 'c', cost: null })
      await rerate(tenantId, { a: '5', b: '1' })
      const ask = (costs: 'corrected' | 'recorded', unpricedOnly = false) =>
        measureRows(stores().usage, scope, { by: ['model'], orderBy: 'cost', costs, unpricedOnly, show: ['cost'] })
      expect(await ask('corrected')).toEqual([
        ['a', '5'],
        ['b', '1'],
        ['c', '0'],
      ])
      expect(await ask('recorded')).toEqual([
        ['b', '1'],
        ['a', '0'],
        ['c', '0'],
      ])
      expect(await ask('corrected', true)).toEqual([['c', '0']])
      expect(await ask('recorded', true)).toEqual([
        ['a', '0'],
        ['c', '0'],
      ])
    })

    it('finds nothing to change when it is repeated', async () => {
      const { tenantId, scope, recorded } = await record(...Array.from({ length: 8 }, (_, i) => ({ model: `m${i % 3}`, cost: i % 2 ? '1' : null })))
      const prices = { m0: '0.5', m1: '1' }
      const first = await rerate(tenantId, prices)
      const second = await rerate(tenantId, prices)
      expect(first.totals.events).toBeGreaterThan(0)
      expect(second.totals.events).toBe(0)
      expect(await stores().rerating.corrections(scope, ids(recorded))).toHaveLength(first.totals.events)
    })

    it('corrects corrections: the last one counts, and all are kept', async () => {
      const { tenantId, scope, recorded } = await record({ model: 'm', cost: null })
      await rerate(tenantId, { m: '2' })
      await rerate(tenantId, { m: '3.5' })
      await rerate(tenantId, {})
      expect(await measureRows(stores().usage, scope, { show: ['cost', 'unpricedCalls'] })).toEqual([['0', 1]])
      await rerate(tenantId, { m: '1' }, { unpricedOnly: true })
      const corrections = await stores().rerating.corrections(scope, ids(recorded))
      expect(corrections.map(({ version, from, to }) => [version, from.cost?.toFixed() ?? null, to.cost?.toFixed() ?? null])).toEqual([
        [1, null, '2'],
        [2, '2', '3.5'],
        [3, '3.5', null],
        [4, null, '1'],
      ])
      expect(await measureRows(stores().usage, scope, { show: ['cost', 'unpricedCalls'] })).toEqual([['1', 0]])
    })

    it('clears the reasons of events that it prices, and changes those of others', async () => {
      const { tenantId, scope, recorded } = await record(
        { model: 'priced', cost: null },
        { model: 'other', cost: null },
        { model: 'other', rating: { state: 'unpriced', cost: null, priceId: null, unpricedReason: null } },
        { model: 'same', cost: null },
        { model: 'gone', cost: '1' },
      )
      const reasons = async (costs?: 'corrected' | 'recorded', range = ALL_TIME) => {
        const [totals] = await stores().usage.measure(scope, { buckets: [range], ...(costs && { costs }) })
        return Object.fromEntries(totals?.measures.unpricedReasons.map(({ reason, calls }) => [reason, calls]) ?? [])
      }
      expect(await reasons()).toEqual({ unknown_model: 3 })
      const run = await rerate(tenantId, { priced: '2', other: 'no_price_as_served' })
      expect(run.totals).toMatchObject({ events: 4, newlyPriced: 1, newlyUnpriced: 1 })
      // Full days, full hours, and less than an hour.
      for (const range of [ALL_TIME, between('2026-03-10T11:00:00Z', '2026-03-10T13:00:00Z'), between('2026-03-10T11:59:00Z', '2026-03-10T12:01:00Z')])
        expect(await reasons('corrected', range)).toEqual({ unknown_model: 2, no_price_as_served: 2 })
      expect(await reasons('recorded')).toEqual({ unknown_model: 3 })
      const corrections = await stores().rerating.corrections(scope, ids(recorded))
      expect(new Set(corrections.map(({ from, to }) => `${from.unpricedReason} to ${to.unpricedReason}`))).toEqual(
        new Set(['unknown_model to null', 'unknown_model to no_price_as_served', 'null to no_price_as_served', 'null to unknown_model']),
      )
      expect((await rerate(tenantId, { priced: '2', other: 'no_price_as_served' })).totals.events).toBe(0)
      await rerate(tenantId, { priced: '2', other: '3', same: '4', gone: '5' }, { unpricedOnly: true })
      expect(await reasons()).toEqual({})
    })

    it('counts at the time of its events, to the microsecond', async () => {
      const at = ['2026-03-10T11:59:59.999999Z', '2026-03-10T12:00:00Z', '2026-03-10T12:30:00Z', '2026-03-11T00:00:00Z', '2026-03-31T23:59:59.999999Z']
      const { tenantId, scope } = await record(...at.map(occurredAt => ({ occurredAt, model: 'm', cost: '1' })))
      await rerate(tenantId, { m: '3' })
      const cost = (from: string, to: string) => measureRows(stores().usage, scope, { buckets: [between(from, to)], show: ['cost'] })
      expect(await cost('2026-03-10T11:59:59.999999Z', '2026-03-10T12:00:00Z')).toEqual([['3']])
      expect(await cost('2026-03-10T12:00:00Z', '2026-03-10T12:30:00Z')).toEqual([['3']])
      expect(await cost('2026-03-10T12:00:00Z', '2026-03-11T00:00:00Z')).toEqual([['6']])
      expect(await cost('2026-03-10T00:00:00Z', '2026-03-11T00:00:00.000001Z')).toEqual([['12']])
      expect(await cost('2026-04-01T00:00:00Z', '2026-05-01T00:00:00Z')).toEqual([])
      expect(await cost('2026-03-01T00:00:00Z', '2026-04-01T00:00:00Z')).toEqual([['15']])
    })

    it('corrects nothing if only the price id differs', async () => {
      const { tenantId } = await record({ model: 'm', rating: { state: 'priced', cost: reratedCost(), priceId: 'earlier' } })
      expect((await rerate(tenantId, { m: '0.50' })).totals.events).toBe(0)
    })

    it('processes many events of many tenants, each once', async () => {
      const tenants = [freshTenant('a'), freshTenant('b'), freshTenant('c')]
      const operation = tenants[0]?.tenantId ?? ''
      // A unique provider, because a run over all tenants also reads the events of other tests.
      const events = Array.from({ length: 50 }, (_, i) =>
        usageEvent({
          tenantId: tenants[i % 2]?.tenantId ?? '',
          operation,
          provider: operation,
          model: 'm',
          cost: null,
          occurredAt: `2026-0${1 + (i % 5)}-10T12:00:00Z`,
        }),
      )
      await stores().usage.commit(events)
      const { done } = await reratingOf(stores(), () => ({ m: '2' })).start({
        selection: { range: ALL_TIME, provider: operation },
        requestedBy: 'tests',
        reason: 'all tenants',
      })
      expect(await done).toMatchObject({ eventsRead: 50, eventsTotal: 50, totals: { events: 50, newlyPriced: 50 } })
      const costs = await Promise.all(tenants.map(({ scope }) => measureRows(stores().usage, scope, { show: ['cost'] })))
      expect(costs).toEqual([[['50']], [['50']], []])
    })
  })

  describe('corrections', () => {
    it('are visible to their tenant only', async () => {
      const { tenantId, scope, recorded } = await record({ model: 'm', cost: null })
      await rerate(tenantId, { m: '2' })
      expect(await stores().rerating.corrections(scope, ids(recorded))).toHaveLength(1)
      expect(await stores().rerating.corrections(freshTenant().scope, ids(recorded))).toEqual([])
      expect(await stores().rerating.corrections(scope, ['no id'])).toEqual([])
    })
  })
}

function ids(events: readonly RatedEvent[]): string[] {
  return events.map(({ id }) => id)
}

function reratedCost() {
  return usageEvent({ cost: '0.5' }).rating.cost
}

/** Converts decimals to text, so that they compare by their digits. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value))
}
