import { type Period, Temporal } from '@tollgate/kernel'
import { array, asyncProperty, assert, constantFrom, dictionary, integer, record, subarray } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { measureEvents } from '../../memory/measure-events.ts'
import type { RatedEvent, Rating } from '../../model/event.ts'
import type { MeasuredGroup, MeasureQuery } from '../../usage-store.ts'
import { freshTenant } from '../builders/fresh-tenant.ts'
import { usageEvent } from '../builders/usage-event.ts'
import { type CallPrices, callRater, requestFor, reratingOf } from './rerate.ts'
import type { ReratingStoreUnderTest } from './stores-under-test.ts'

const RUNS = 15
const START = Temporal.Instant.from('2026-02-27T22:00:00Z')
const QUARTERS = 200

/** Sums with corrections, compared with a model that rates its events again. */
export function correctedSumsContract(stores: () => ReratingStoreUnderTest): void {
  describe('corrected sums', () => {
    it('match the effective ratings, for any buckets and filters, and any order of runs and prices', async () => {
      await assert(
        asyncProperty(
          array(drawnEvent(), { minLength: 1, maxLength: 25 }),
          array(drawnRun(), { minLength: 1, maxLength: 4 }),
          array(drawnQuestion(), { minLength: 2, maxLength: 4 }),
          async (drawn, runs, questions) => {
            const { tenantId, scope } = freshTenant()
            const recorded = drawn.map(({ second, ...fields }) => usageEvent({ tenantId, occurredAt: START.add({ seconds: second }), ...fields }))
            await stores().usage.commit(recorded)
            let effective: readonly RatedEvent[] = recorded
            for (const { prices, unpricedOnly, ...bounds } of runs) {
              const range = rangeOf(bounds)
              await (
                await reratingOf(stores(), () => prices).start(requestFor(tenantId, { range, unpricedOnly }))
              ).done
              effective = await rerated(effective, { prices, range, unpricedOnly })
            }
            for (const { bounds, ...question } of questions) {
              const query: MeasureQuery = { ...question, buckets: [rangeOf(bounds)] }
              expect(plain(await stores().usage.measure(scope, query))).toEqual(plain(measureEvents(effective, query)))
              expect(plain(await stores().usage.measure(scope, { ...query, costs: 'recorded' }))).toEqual(plain(measureEvents(recorded, query)))
            }
          },
        ),
        { numRuns: RUNS },
      )
    })
  })
}

async function rerated(
  events: readonly RatedEvent[],
  { prices, range, unpricedOnly }: { prices: CallPrices; range: Period; unpricedOnly: boolean },
): Promise<RatedEvent[]> {
  const ratings = await callRater(() => prices).rate(events)
  return events.map((event, i) => {
    const inRange = Temporal.Instant.compare(event.occurredAt, range.from) >= 0 && Temporal.Instant.compare(event.occurredAt, range.to) < 0
    const isSelected = inRange && (!unpricedOnly || event.rating.state === 'unpriced')
    return isSelected ? { ...event, rating: ratings[i] as Rating } : event
  })
}

function drawnEvent() {
  return record({
    second: integer({ min: 0, max: QUARTERS * 900 - 1 }),
    model: constantFrom('m1', 'm2', 'm3'),
    status: constantFrom('success' as const, 'failure' as const),
    cost: constantFrom('0', '0.000001', '1.5', null),
  })
}

function drawnBounds() {
  return { quarter: integer({ min: -10, max: QUARTERS }), length: integer({ min: 1, max: QUARTERS + 10 }), offsetSeconds: constantFrom(0, 0, 1, 59) }
}

function drawnRun() {
  return record({
    ...drawnBounds(),
    prices: dictionary(constantFrom('m1', 'm2', 'm3'), constantFrom('0', '0.000001', '2', '12345678901234567890.5', 'no_usage')),
    unpricedOnly: constantFrom(false, false, true),
  })
}

function drawnQuestion() {
  return record({
    bounds: record(drawnBounds()),
    by: subarray(['model' as const, 'status' as const]),
    orderBy: constantFrom('cost' as const, 'calls' as const),
    unpricedOnly: constantFrom(false, true),
    filter: constantFrom({}, { models: ['m1', 'm3'] }),
  })
}

function rangeOf({ quarter, length, offsetSeconds }: { quarter: number; length: number; offsetSeconds: number }): Period {
  const from = START.add({ seconds: quarter * 900 + offsetSeconds })
  return { from, to: from.add({ seconds: length * 900 }) }
}

function plain(groups: readonly MeasuredGroup[]) {
  return groups.map(({ key, measures }) => [...key, measures.calls, measures.cost.toFixed(), measures.unpricedCalls, measures.unpricedReasons])
}
