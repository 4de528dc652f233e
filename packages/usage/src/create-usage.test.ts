import { countingIds, Decimal, InvalidInput, OPERATOR_SCOPE, settableClock, Temporal, tenantScope, ZERO } from '@tollgate/kernel'
import { totalTokens } from '@tollgate/tokens'
import { describe, expect, it } from 'vitest'
import { createUsage, type UsageDependencies } from './create-usage.ts'
import { memoryRejectedEventStore } from './memory/rejected-event-store.ts'
import { memoryUsageStore } from './memory/usage-store.ts'
import type { CheckedEvent, Rating, UsageEventDraft } from './model/event.ts'
import { NO_USAGE } from './model/measures.ts'

const NOW = Temporal.Instant.from('2026-03-10T12:00:00Z')
const acme = tenantScope('acme')
const march = { from: Temporal.Instant.from('2026-03-01T00:00:00Z'), to: Temporal.Instant.from('2026-04-01T00:00:00Z') }

/** A rater with a price of one cent per call of a known model. */
const rater = {
  rate: async (events: readonly CheckedEvent[]) =>
    events.map(({ model }): Rating => {
      if (model === null) return { state: 'not_applicable', cost: null, priceId: null }
      return model.startsWith('known') ? { state: 'priced', cost: new Decimal('0.01'), priceId: 'p1' } : { state: 'unpriced', cost: null, priceId: null }
    }),
}

function setUp(dependencies: Partial<UsageDependencies> = {}) {
  const clock = settableClock(NOW)
  const rejected = memoryRejectedEventStore()
  const usage = createUsage({ store: memoryUsageStore(), rejected, rater, clock, ids: countingIds(), ...dependencies })
  const track = (...events: Record<string, unknown>[]) =>
    usage.track({ tenantId: 'acme', events: events.map(event => ({ operation: 'chat', ...event })) as UsageEventDraft[] })
  return { usage, clock, rejected, track }
}

describe('track', () => {
  it('returns results in the order of the drafts, valid and invalid', async () => {
    const { track } = setUp()
    const results = await track(
      { idempotencyKey: 'a' },
      { idempotencyKey: 'b', latencyMs: -1 },
      { idempotencyKey: 'a' },
      { idempotencyKey: 'a', model: 'x' },
      { operation: '' },
      { idempotencyKey: 'c' },
    )
    expect(results.map(result => [result.outcome, result.idempotencyKey])).toEqual([
      ['accepted', 'a'],
      ['rejected', 'b'],
      ['duplicate', 'a'],
      ['conflict', 'a'],
      ['rejected', expect.stringMatching(/^[0-9a-f-]{36}$/)],
      ['accepted', 'c'],
    ])
    expect(results.map(result => result.reason)).toEqual([
      null,
      'latencyMs: must be a whole number from 0 to 86,400,000, not -1',
      expect.stringContaining('recorded before'),
      expect.stringContaining('used before'),
      'operation: must not be empty',
      null,
    ])
  })

  it('stores times in microseconds', async () => {
    const { usage, clock, track } = setUp()
    clock.set('2026-03-10T12:00:00.123456789Z')
    await track({}, { operation: '' })
    const { items: events } = await usage.events(acme, { range: march, first: 1 })
    const { items: rejected } = await usage.rejectedEvents(acme, { first: 1 })
    const times = [events[0]?.occurredAt, events[0]?.recordedAt, rejected[0]?.rejectedAt].map(String)
    expect(times).toEqual(['2026-03-10T12:00:00.123456Z', '2026-03-10T12:00:00.123456Z', '2026-03-10T12:00:00.123456Z'])
  })

  it('records 999 valid events beside an invalid one', async () => {
    const { usage, track } = setUp()
    const results = await track(...Array.from({ length: 1_000 }, (_, i) => (i === 500 ? { tokens: { input: 0.5 } } : { model: 'known' })))
    expect(results.filter(result => result.outcome === 'accepted')).toHaveLength(999)
    expect(await usage.report(acme, { range: march }).totals()).toMatchObject({ calls: 999 })
  })

  it('generates a missing key, with which the event can be sent again', async () => {
    const { track } = setUp()
    const [first] = await track({})
    expect(await track({ idempotencyKey: first?.idempotencyKey })).toMatchObject([{ outcome: 'duplicate' }])
  })

  it.each([0, 1_001])('rejects a batch of %i events', async count => {
    const { track, usage } = setUp()
    await expect(track(...Array.from({ length: count }, () => ({})))).rejects.toMatchObject({ code: 'INVALID_INPUT', issues: [{ path: 'events' }] })
    expect(await usage.report(acme, { range: march }).totals()).toEqual(NO_USAGE)
  })

  it('runs commit hooks with the accepted events, once per commit', async () => {
    const consumed: string[][] = []
    const { track } = setUp({ commitHooks: [async (_, accepted) => void consumed.push(accepted.map(event => event.idempotencyKey))] })
    await Promise.all([track({ idempotencyKey: 'a' }, { operation: '' }), track({ idempotencyKey: 'b' }, { idempotencyKey: 'a' })])
    expect(consumed).toEqual([['a', 'b']])
  })

  it('stores nothing of a call that fails', async () => {
    const failure = new Error('no credit')
    const { track, usage } = setUp({ commitHooks: [() => Promise.reject(failure)] })
    await expect(track({}, { operation: '' })).rejects.toBe(failure)
    expect((await usage.rejectedEvents(acme, { first: 10 })).items).toEqual([])
  })

  it('returns results even if rejected events cannot be stored, and reports that', async () => {
    const failure = new Error('disk full')
    const lost: unknown[] = []
    const { track } = setUp({
      rejected: { ...memoryRejectedEventStore(), add: () => Promise.reject(failure) },
      onRejectedEventsLost: (error, entries) => lost.push([error, entries.map(entry => entry.reason)]),
    })
    expect((await track({}, { operation: '' })).map(result => result.outcome)).toEqual(['accepted', 'rejected'])
    expect(lost).toEqual([[failure, ['operation: must not be empty']]])
  })

  it('accepts no events after stop', async () => {
    const { usage, track } = setUp()
    await usage.stop()
    await expect(track({})).rejects.toMatchObject({ code: 'USAGE_STOPPED' })
  })

  it('rejects a queue limit that is smaller than a full batch', () => {
    expect(() => setUp({ limits: { queuedEvents: 999 } })).toThrow(RangeError)
    expect(setUp({ limits: { queuedEvents: 1_000 } }).usage.queue()).toEqual({ waiting: 0, limit: 1_000 })
  })
})

describe('report', () => {
  const calls = (day: string, fields: object = {}) => ({
    occurredAt: Temporal.Instant.from(`2026-03-${day}:00Z`),
    model: 'known',
    metadata: { customerId: 'c1' },
    ...fields,
  })

  it('returns totals, and zeros without usage', async () => {
    const { usage, track } = setUp()
    await track(calls('05T10:00', { tokens: { input: 2 } }), calls('06T10:00', { model: 'strange' }), calls('06T10:00', { model: null, status: 'failure' }))
    const totals = await usage.report(acme, { range: march }).totals()
    expect(totals).toMatchObject({ calls: 3, successes: 2, failures: 1, unpricedCalls: 1, customers: 1, latency: null })
    expect([totals.cost.toFixed(), totalTokens(totals.tokens)]).toEqual(['0.01', 2])
    expect(await usage.report(tenantScope('globex'), { range: march }).totals()).toEqual(NO_USAGE)
    expect(await usage.report(acme, { range: march, filter: { models: ['strange'] } }).totals()).toMatchObject({ calls: 1, cost: ZERO })
    expect(await usage.report(acme, { range: march, filter: { models: [] } }).totals()).toEqual(NO_USAGE)
  })

  it('returns a point for every calendar unit, also for empty ones', async () => {
    const { usage, track } = setUp()
    await track(calls('03T18:29'), calls('03T18:30'), calls('05T00:00'))
    const range = { from: Temporal.Instant.from('2026-03-02T20:00:00Z'), to: Temporal.Instant.from('2026-03-06T00:00:00Z') }
    const points = await usage.report(acme, { range }).series({ granularity: 'day', timeZone: 'Asia/Kolkata' })
    expect(points.map(({ start, measures }) => [start.toString(), measures.calls])).toEqual([
      ['2026-03-02T20:00:00Z', 1],
      ['2026-03-03T18:30:00Z', 1],
      ['2026-03-04T18:30:00Z', 1],
      ['2026-03-05T18:30:00Z', 0],
    ])
  })

  it('breaks down by any dimensions, with their names', async () => {
    const { usage, track } = setUp()
    await track(calls('05T10:00'), calls('05T10:00', { metadata: null }), calls('05T11:00', { model: 'known-too', latencyMs: 8 }), calls('05T11:00'))
    const groups = await usage.report(acme, { range: march }).breakdown({ by: ['model', 'customer'], first: 2, latency: true })
    expect(
      groups.map(({ key, measures }) => [...key.map(({ dimension, value }) => `${dimension}=${value}`), measures.cost.toFixed(), measures.latency?.p95Ms]),
    ).toEqual([
      ['model=known', 'customer=c1', '0.02', undefined],
      ['model=known', 'customer=null', '0.01', undefined],
    ])
  })

  it('breaks down several periods at once, each like on its own', async () => {
    const { usage, track } = setUp()
    await track(calls('03T18:29'), calls('03T18:30'), calls('05T00:00', { model: 'known-too' }), calls('05T00:00'), calls('05T00:00'), calls('07T00:00'))
    const bounds = ['2026-03-01T00:00:00Z', '2026-03-03T18:30:00Z', '2026-03-05T00:00:00Z', '2026-03-05T00:00:00.0000001Z', '2026-03-06T00:00:00Z']
    const times = bounds.map(text => Temporal.Instant.from(text))
    const periods = times.slice(1).map((to, i) => ({ from: times[i] ?? to, to }))
    const report = usage.report(acme, { range: march })
    const found = await report.breakdowns({ periods, by: ['model'], first: 1 })
    expect(found.map(groups => groups.map(({ key, measures }) => [key[0]?.dimension, key[0]?.value, measures.calls]))).toEqual([
      [['model', 'known', 1]],
      [['model', 'known', 1]],
      [['model', 'known', 2]],
      [],
    ])
    expect(await report.breakdowns({ periods: [], by: ['model'], first: 1 })).toEqual([])
  })

  it('handles bounds finer than a microsecond exactly', async () => {
    const { usage, track } = setUp()
    await track({ occurredAt: Temporal.Instant.from('2026-03-05T10:00:00.000001Z') })
    const callsBetween = async (from: string, to: string) =>
      (await usage.report(acme, { range: { from: Temporal.Instant.from(from), to: Temporal.Instant.from(to) } }).totals()).calls
    expect(await callsBetween('2026-03-05T10:00:00.000000001Z', '2026-03-05T10:00:00.000001001Z')).toBe(1)
    expect(await callsBetween('2026-03-05T10:00:00.000001001Z', '2026-03-05T11:00:00Z')).toBe(0)
    expect(await callsBetween('2026-03-05T09:00:00Z', '2026-03-05T10:00:00.000001Z')).toBe(0)
  })

  it.each<{ name: string; path: string; ask: (usage: ReturnType<typeof createUsage>) => unknown }>([
    { name: 'a range that ends before it begins', path: 'range.to', ask: usage => usage.report(acme, { range: { from: march.to, to: march.from } }) },
    { name: 'an empty range', path: 'range.to', ask: usage => usage.topConsumers(acme, { measure: 'calls', range: { from: NOW, to: NOW }, first: 1 }) },
    { name: 'an unknown zone', path: 'timeZone', ask: usage => usage.report(acme, { range: march }).series({ granularity: 'day', timeZone: 'Mars/Olympus' }) },
    {
      name: 'too many points',
      path: 'granularity',
      ask: usage =>
        usage.report(acme, { range: { from: march.from.subtract({ hours: 10_000 }), to: march.to } }).series({ granularity: 'hour', timeZone: 'UTC' }),
    },
    { name: 'no dimension', path: 'by', ask: usage => usage.report(acme, { range: march }).breakdown({ by: [], first: 1 }) },
    { name: 'a dimension twice', path: 'by', ask: usage => usage.report(acme, { range: march }).breakdown({ by: ['model', 'model'], first: 1 }) },
    {
      name: 'an unknown dimension',
      path: 'by[1]',
      ask: usage => usage.report(acme, { range: march }).breakdown({ by: ['model', 'mood' as 'model'], first: 1 }),
    },
    ...[
      { name: 'periods out of the range', periods: [{ from: march.from, to: march.to.add({ seconds: 1 }) }], path: 'periods[0]' },
      { name: 'periods that overlap', periods: [march, { from: march.from, to: march.to }], path: 'periods[1]' },
      { name: 'a period that ends before it begins', periods: [{ from: march.to, to: march.from }], path: 'periods[0]' },
      { name: 'periods without end', periods: Array.from({ length: 10_001 }, () => ({ from: march.from, to: march.from })), path: 'periods' },
    ].map(({ periods, ...named }) => ({
      ...named,
      ask: (usage: ReturnType<typeof createUsage>) => usage.report(acme, { range: march }).breakdowns({ periods, by: ['model'], first: 1 }),
    })),
    ...[0, 1_001, 1.5].map(first => ({
      name: `first: ${first}`,
      path: 'first',
      ask: (usage: ReturnType<typeof createUsage>) => usage.report(acme, { range: march }).breakdown({ by: ['model'], first }),
    })),
    { name: 'events without end', path: 'first', ask: usage => usage.events(acme, { range: march, first: 1_001 }) },
    { name: 'rejected events without end', path: 'first', ask: usage => usage.rejectedEvents(acme, { first: 1_001 }) },
    {
      name: 'a filter without end',
      path: 'filter.models',
      ask: usage => usage.events(acme, { range: march, first: 1, filter: { models: Array.from({ length: 1_001 }, String) } }),
    },
  ])('rejects $name', async ({ path, ask }) => {
    const refused = await Promise.resolve()
      .then(() => ask(setUp().usage))
      .catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(InvalidInput)
    expect(refused).toMatchObject({ issues: [{ path }] })
  })

  it('accepts the maximum number of points', async () => {
    const range = { from: march.from, to: march.from.add({ hours: 10_000 }) }
    expect(await setUp().usage.report(acme, { range }).series({ granularity: 'hour', timeZone: 'UTC' })).toHaveLength(10_000)
  })
})

describe('topConsumers and unpriced', () => {
  it('list tenants by a measure, and models without a price', async () => {
    const { usage } = setUp()
    const events = (count: number, model: string) => Array.from({ length: count }, (): UsageEventDraft => ({ operation: 'chat', provider: 'p', model }))
    await usage.track({ tenantId: 'acme', events: events(3, 'strange') })
    await usage.track({ tenantId: 'globex', events: [...events(2, 'known'), ...events(1, 'odd')] })
    const keys = (groups: Awaited<ReturnType<typeof usage.unpriced>>) => groups.map(group => group.key.map(({ value }) => value).join())
    expect(keys(await usage.topConsumers(OPERATOR_SCOPE, { measure: 'cost', range: march, first: 5 }))).toEqual(['globex', 'acme'])
    expect(keys(await usage.topConsumers(OPERATOR_SCOPE, { measure: 'calls', range: march, first: 1 }))).toEqual(['acme'])
    expect(keys(await usage.unpriced(OPERATOR_SCOPE, { range: march, first: 5 }))).toEqual(['p,strange', 'p,odd'])
    expect(keys(await usage.unpriced(tenantScope('globex'), { range: march, first: 5 }))).toEqual(['p,odd'])
  })
})

describe('resendRejected', () => {
  async function refuseOne(fields: Record<string, unknown>) {
    const test = setUp()
    await test.track(fields)
    const { items: rejected } = await test.usage.rejectedEvents(acme, { first: 10 })
    const id = rejected[0]?.id ?? ''
    return {
      ...test,
      id,
      entry: async () => (await test.usage.rejectedEvents(acme, { first: 10, includeResolved: true })).items.find(entry => entry.id === id),
    }
  }
  const tooEarly = { occurredAt: NOW.add({ minutes: 11 }), quantity: new Decimal('2.50'), idempotencyKey: 'k' }

  it('records a rejected event once it is valid, with the values that were sent', async () => {
    const { usage, clock, id, entry } = await refuseOne(tooEarly)
    clock.advance({ hours: 1 })
    expect(await usage.resendRejected(acme, { id })).toMatchObject({ outcome: 'accepted', idempotencyKey: 'k' })
    const { items: events } = await usage.events(acme, { range: march, first: 10 })
    expect(events.map(event => [event.occurredAt.toString(), event.quantity?.toFixed()])).toEqual([['2026-03-10T12:11:00Z', '2.5']])
    expect((await entry())?.resolvedAt?.toString()).toBe('2026-03-10T13:00:00Z')
    expect((await usage.rejectedEvents(acme, { first: 10 })).items).toEqual([])
  })

  it('counts another attempt if it is rejected again', async () => {
    const { usage, id, entry } = await refuseOne(tooEarly)
    expect(await usage.resendRejected(acme, { id })).toMatchObject({ outcome: 'rejected', issues: [{ path: 'occurredAt' }] })
    expect(await entry()).toMatchObject({ attempts: 2, resolvedAt: null })
    expect((await usage.rejectedEvents(acme, { first: 10 })).items).toHaveLength(1)
  })

  it('accepts a replacement, with the same key and time of receipt', async () => {
    const { usage, clock, id, entry } = await refuseOne({ idempotencyKey: 'k', latencyMs: -5 })
    clock.advance({ hours: 1 })
    expect(await usage.resendRejected(acme, { id, event: { operation: 'chat', latencyMs: -6 } })).toMatchObject({ outcome: 'rejected' })
    expect(await entry()).toMatchObject({ attempts: 1, resolvedAt: null })
    expect(await usage.resendRejected(acme, { id, event: { operation: 'chat', latencyMs: 5 } })).toMatchObject({ outcome: 'accepted', idempotencyKey: 'k' })
    const { items: events } = await usage.events(acme, { range: march, first: 10 })
    expect(events.map(event => [event.latencyMs, event.occurredAt.toString(), event.recordedAt.toString()])).toEqual([
      [5, NOW.toString(), '2026-03-10T13:00:00Z'],
    ])
  })

  it('records an event once if it is sent again twice at the same time, with or without a key', async () => {
    const { usage, id } = await refuseOne({ latencyMs: -5 })
    const results = await Promise.all([1, 2].map(() => usage.resendRejected(acme, { id, event: { operation: 'chat' } })))
    expect(results.map(result => String(result?.outcome)).toSorted()).toEqual(['accepted', 'duplicate'])
    expect(await usage.report(acme, { range: march }).totals()).toMatchObject({ calls: 1 })
  })

  it('resolves an event that was recorded meanwhile, and leaves a conflict unresolved', async () => {
    const duplicate = await refuseOne({ idempotencyKey: 'k', latencyMs: -5 })
    await duplicate.track({ idempotencyKey: 'k' })
    expect(await duplicate.usage.resendRejected(acme, { id: duplicate.id, event: { operation: 'chat', latencyMs: 9 } })).toMatchObject({ outcome: 'conflict' })
    expect(await duplicate.entry()).toMatchObject({ resolvedAt: null })
    expect(await duplicate.usage.resendRejected(acme, { id: duplicate.id, event: { operation: 'chat' } })).toMatchObject({ outcome: 'duplicate' })
    expect((await duplicate.entry())?.resolvedAt?.toString()).toBe(NOW.toString())
  })

  it('rejects a resolved event, and returns undefined outside the scope', async () => {
    const { usage, clock, id } = await refuseOne(tooEarly)
    expect(await usage.resendRejected(tenantScope('globex'), { id })).toBeUndefined()
    clock.advance({ hours: 1 })
    await usage.resendRejected(acme, { id })
    await expect(usage.resendRejected(acme, { id })).rejects.toMatchObject({ code: 'INVALID_INPUT', issues: [{ path: 'id' }] })
  })

  it('requires a replacement if the event was too large to store', async () => {
    const { usage, id, entry } = await refuseOne({ operation: 'x'.repeat(70_000) })
    expect(await entry()).toMatchObject({ payload: null, reason: 'operation: must be at most 128 characters' })
    await expect(usage.resendRejected(acme, { id })).rejects.toMatchObject({ issues: [{ path: 'event' }] })
    expect(await usage.resendRejected(acme, { id, event: { operation: 'chat' } })).toMatchObject({ outcome: 'accepted', idempotencyKey: id })
  })
})
