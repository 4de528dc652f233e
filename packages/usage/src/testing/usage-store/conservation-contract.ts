import { type Scope, Temporal, tenantScope } from '@tollgate/kernel'
import { array, asyncProperty, assert, boolean, constantFrom, integer, option, record, subarray } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { classifyDuplicate } from '../../engine/classify-duplicate.ts'
import { measureEvents } from '../../memory/measure-events.ts'
import type { Committed } from '../../model/committed.ts'
import { type Dimension, DIMENSIONS } from '../../model/dimension.ts'
import type { RatedEvent } from '../../model/event.ts'
import type { MeasuredGroup, MeasureQuery, UsageStore } from '../../usage-store.ts'
import { freshTenant } from '../builders/fresh-tenant.ts'
import { usageEvent } from '../builders/usage-event.ts'

const RUNS = 30
const START = Temporal.Instant.from('2026-02-28T22:00:00Z')
const HOURS = 40

/** Nothing is lost or counted twice, in any order. */
export function conservationContract(store: () => UsageStore): void {
  describe('conservation', () => {
    it('sums match the accepted events, for any interleaving of batches, duplicates and writers', async () => {
      await assert(
        asyncProperty(drawnRounds(), drawnQuestions(), async (rounds, questions) => {
          const tenants = [freshTenant('a').tenantId, freshTenant('b').tenantId]
          const committed: { event: RatedEvent; result: Committed }[] = []
          for (const writers of rounds) {
            // The batches of a round are written concurrently, the rounds one after the other.
            const batches = writers.map(batch => batch.map(fields => drawnEvent(fields, tenants)))
            const results = await Promise.all(batches.map(batch => store().commit(batch)))
            batches.forEach((batch, b) => batch.forEach((event, i) => committed.push({ event, result: results[b]?.[i] as Committed })))
          }
          const accepted = expectOneAcceptedForEachKey(committed)
          for (const { tenantsSeen, ...query } of questions) {
            const scope: Scope = tenantScope(...tenants.slice(0, tenantsSeen))
            const visible = accepted.filter(event => tenants.slice(0, tenantsSeen).includes(event.tenantId))
            expect(plain(await store().measure(scope, query))).toEqual(plain(measureEvents(visible, query)))
          }
        }),
        { numRuns: RUNS },
      )
    })
  })
}

function expectOneAcceptedForEachKey(committed: readonly { event: RatedEvent; result: Committed }[]): RatedEvent[] {
  const accepted = committed.filter(({ result }) => result.outcome === 'accepted').map(({ event }) => event)
  const keyOf = ({ tenantId, idempotencyKey }: RatedEvent) => JSON.stringify([tenantId, idempotencyKey])
  const firsts = new Map(accepted.map(event => [keyOf(event), event]))
  expect(firsts.size).toBe(accepted.length)
  for (const { event, result } of committed) {
    const first = firsts.get(keyOf(event))
    expect(result).toMatchObject({ eventId: first?.id, outcome: first === event ? 'accepted' : first && classifyDuplicate(first, event) })
    expect(result.occurredAt.toString()).toBe(first?.occurredAt.toString())
  }
  return accepted
}

interface DrawnEvent {
  readonly key: number
  readonly tenant: number
  readonly second: number
  readonly timeSent: boolean
  readonly model: string | null
  readonly customer: string | null
  readonly status: RatedEvent['status']
  readonly input: number
  readonly cost: string | null
  readonly latencyMs: number | null
  readonly videoInput: number
  readonly units: RatedEvent['units']
  readonly reason: string | null
}

/** Rounds of batches that are written concurrently. There are few keys, so that many repeat. */
function drawnRounds() {
  const event = record<DrawnEvent>({
    key: integer({ min: 0, max: 25 }),
    tenant: integer({ min: 0, max: 1 }),
    second: integer({ min: 0, max: HOURS * 3600 - 1 }),
    timeSent: boolean(),
    model: constantFrom('m1', 'm2', null),
    customer: constantFrom('c1', 'c2', 'c3', null),
    status: constantFrom('success', 'failure', 'rate_limited'),
    input: constantFrom(0, 1, 1_000_000),
    cost: constantFrom('0', '0.000001', '1.5', null),
    latencyMs: option(constantFrom(0, 1, 250, 90_000)),
    videoInput: constantFrom(0, 0, 3, Number.MAX_SAFE_INTEGER - 1_000_000),
    units: constantFrom(
      [],
      [],
      [{ kind: 'web_search', quantity: '2' }],
      [
        { kind: 'image', quantity: '0.5', variant: 'hd' },
        { kind: 'web_search', quantity: '99999999999999999999' },
      ],
    ),
    reason: constantFrom('no_usage', 'unknown_model', null),
  })
  return array(array(array(event, { minLength: 1, maxLength: 15 }), { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 3 })
}

function drawnEvent({ key, tenant, second, timeSent, customer, input, videoInput, reason, ...fields }: DrawnEvent, tenants: readonly string[]): RatedEvent {
  const { model, status, cost, latencyMs, units } = fields
  return usageEvent({
    tenantId: tenants[tenant] ?? '',
    idempotencyKey: `key-${key}`,
    occurredAt: START.add({ seconds: second }),
    occurredAtSent: timeSent,
    model,
    status,
    cost,
    ...(cost === null && { rating: { state: 'unpriced', cost: null, priceId: null, unpricedReason: reason } }),
    latencyMs,
    tokens: { input, videoInput },
    units,
    metadata: customer === null ? {} : { customerId: customer },
  })
}

/** Queries with arbitrary buckets, on full hours and days or not. */
function drawnQuestions() {
  const bounds = array(integer({ min: -4, max: HOURS * 4 }), { minLength: 2, maxLength: 6 })
  const question = record({
    quarters: bounds,
    unit: constantFrom('quarters', 'quarters', 'hours', 'days'),
    offsetSeconds: constantFrom(0, 0, 1, 59),
    by: subarray([...DIMENSIONS], { maxLength: 4 }),
    orderBy: constantFrom('calls', 'tokens', 'cost', 'errors', 'latency_p95', undefined),
    limit: constantFrom(1, 3, undefined),
    keep: constantFrom(1, 2, undefined),
    latency: boolean(),
    details: boolean(),
    customers: boolean(),
    unpricedOnly: boolean(),
    models: constantFrom(['m1'], ['m1', 'm2'], [], undefined),
    missing: constantFrom([], [], ['customer'] as const),
    tenantsSeen: integer({ min: 1, max: 2 }),
  })
  return array(question.map(toQuery), { minLength: 2, maxLength: 5 })
}

interface DrawnQuestion extends Pick<MeasureQuery, 'by'> {
  readonly quarters: readonly number[]
  /** Of the buckets: between the drawn quarters of an hour, or each full hour or day of UTC. */
  readonly unit: 'quarters' | 'hours' | 'days'
  readonly offsetSeconds: number
  readonly orderBy: MeasureQuery['orderBy'] | undefined
  readonly limit: number | undefined
  readonly keep: number | undefined
  readonly latency: boolean
  readonly details: boolean
  readonly customers: boolean
  readonly unpricedOnly: boolean
  readonly models: readonly string[] | undefined
  readonly missing: readonly Dimension[]
  readonly tenantsSeen: number
}

/** Quarters of an hour after the start at which hours, and days, begin. */
const FULL_UNITS = { hours: Array.from({ length: HOURS + 1 }, (_, hour) => hour * 4), days: [-88, 8, 104, 200] } as const

function toQuery({ quarters, unit, offsetSeconds, orderBy, limit, keep, models, missing, ...query }: DrawnQuestion): MeasureQuery & { tenantsSeen: number } {
  const at = (quarter: number) => START.add({ seconds: quarter * 15 * 60 + (unit === 'quarters' ? offsetSeconds : 0) })
  const bounds = unit === 'quarters' ? [...new Set(quarters)].sort((a, b) => a - b) : FULL_UNITS[unit]
  const buckets = bounds.slice(1).map((to, i) => ({ from: at(bounds[i] ?? 0), to: at(to) }))
  const filter = { ...(models && { models }), ...(missing.length > 0 && { missing }) }
  const asked = { ...query, buckets, filter, ...(orderBy && { orderBy }) }
  // Others can be summed if there are groups, in the order of a sum.
  if (keep !== undefined && query.by !== undefined && query.by.length > 0 && orderBy !== 'latency_p95') return { ...asked, keep, unpricedOnly: false }
  return { ...asked, ...(limit !== undefined && { limit }) }
}

function plain(groups: readonly MeasuredGroup[]) {
  return groups.map(({ bucket, key, groupCount, measures: { cost, latency, units, ...measures } }) => ({
    bucket,
    groupCount,
    key: [...key],
    ...measures,
    cost: cost.toFixed(),
    units: units.map(({ quantity, ...unit }) => ({ ...unit, quantity: quantity.toFixed() })),
    latency: latency && [latency.averageMs, latency.p50Ms, latency.p95Ms, latency.p99Ms].map(ms => ms.toPrecision(10)),
  }))
}
