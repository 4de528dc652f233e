import { InvalidInput, OPERATOR_SCOPE, Temporal, tenantScope, ZERO } from '@tollgate/kernel'
import { describe, expect, it } from 'vitest'
import type { createUsage } from './create-usage.ts'
import type { UsageEventDraft } from './model/event.ts'
import { NO_USAGE } from './model/measures.ts'
import { ACME, MARCH, NOW, usageInMemory } from './testing/builders/usage-in-memory.ts'

describe('report', () => {
  const calls = (day: string, fields: object = {}) => ({
    occurredAt: Temporal.Instant.from(`2026-03-${day}:00Z`),
    model: 'known',
    metadata: { customerId: 'c1' },
    ...fields,
  })

  it('returns totals, and zeros without usage', async () => {
    const { usage, track } = usageInMemory()
    await track(calls('05T10:00', { tokens: { input: 2 } }), calls('06T10:00', { model: 'strange' }), calls('06T10:00', { model: null, status: 'failure' }))
    const totals = await usage.report(ACME, { range: MARCH }).totals()
    expect(totals).toMatchObject({ calls: 3, successes: 2, failures: 1, unpricedCalls: 1, customers: 1, latency: null })
    expect([totals.cost.toFixed(), totals.tokens.total]).toEqual(['0.01', 2n])
    expect(await usage.report(tenantScope('globex'), { range: MARCH }).totals()).toEqual(NO_USAGE)
    expect(await usage.report(ACME, { range: MARCH, filter: { models: ['strange'] } }).totals()).toMatchObject({ calls: 1, cost: ZERO })
    expect(await usage.report(ACME, { range: MARCH, filter: { models: [] } }).totals()).toEqual(NO_USAGE)
  })

  it('returns a point for every calendar unit, also for empty ones', async () => {
    const { usage, track } = usageInMemory()
    await track(calls('03T18:29'), calls('03T18:30'), calls('05T00:00'))
    const range = { from: Temporal.Instant.from('2026-03-02T20:00:00Z'), to: Temporal.Instant.from('2026-03-06T00:00:00Z') }
    const points = await usage.report(ACME, { range }).series({ granularity: 'day', timeZone: 'Asia/Kolkata' })
    expect(points.map(({ start, measures }) => [start.toString(), measures.calls])).toEqual([
      ['2026-03-02T20:00:00Z', 1],
      ['2026-03-03T18:30:00Z', 1],
      ['2026-03-04T18:30:00Z', 1],
      ['2026-03-05T18:30:00Z', 0],
    ])
  })

  it('breaks down by any dimensions, with their names', async () => {
    const { usage, track } = usageInMemory()
    await track(calls('05T10:00'), calls('05T10:00', { metadata: null }), calls('05T11:00', { model: 'known-too', latencyMs: 8 }), calls('05T11:00'))
    const groups = await usage.report(ACME, { range: MARCH }).breakdown({ by: ['model', 'customer'], first: 2, latency: true })
    expect(
      groups.map(({ key, measures }) => [...key.map(({ dimension, value }) => `${dimension}=${value}`), measures.cost.toFixed(), measures.latency?.p95Ms]),
    ).toEqual([
      ['model=known', 'customer=c1', '0.02', undefined],
      ['model=known', 'customer=null', '0.01', undefined],
    ])
  })

  it('returns the largest groups and all others as one, in total and as series', async () => {
    const { usage, track } = usageInMemory()
    const models = ['known', 'known', 'known', 'known-too', 'known-too', 'strange', 'stranger']
    await track(...models.map((model, i) => calls(`0${(i % 2) + 3}T10:00`, { model })))
    const range = { from: Temporal.Instant.from('2026-03-03T00:00:00Z'), to: Temporal.Instant.from('2026-03-06T00:00:00Z') }
    const report = usage.report(ACME, { range })
    const request = { by: ['model'] as const, orderBy: 'calls' as const, first: 2 }
    const { groups, other, groupCount } = await report.groups(request)
    expect([groups.map(({ key, measures }) => [key[0]?.value, measures.calls]), other?.calls, groupCount]).toEqual([
      [
        ['known', 3],
        ['known-too', 2],
      ],
      2,
      4,
    ])
    const grouped = await report.groupedSeries({ ...request, granularity: 'day', timeZone: 'UTC' })
    expect(grouped.series.map(({ key, points }) => [key[0]?.value, points.map(({ measures }) => measures.calls)])).toEqual([
      ['known', [2, 1, 0]],
      ['known-too', [1, 1, 0]],
    ])
    expect(grouped.other?.map(({ measures }) => measures.calls)).toEqual([1, 1, 0])
    expect((await report.groups({ ...request, first: 4 })).other).toBeNull()
    expect(await usage.report(tenantScope('globex'), { range }).groups(request)).toEqual({ groups: [], other: null, groupCount: 0 })
    await expect(report.groups({ ...request, orderBy: 'latency_p95' })).rejects.toThrow(/^orderBy: must be a sum/)
  })

  it('breaks down several periods at once, each like on its own', async () => {
    const { usage, track } = usageInMemory()
    await track(calls('03T18:29'), calls('03T18:30'), calls('05T00:00', { model: 'known-too' }), calls('05T00:00'), calls('05T00:00'), calls('07T00:00'))
    const bounds = ['2026-03-01T00:00:00Z', '2026-03-03T18:30:00Z', '2026-03-05T00:00:00Z', '2026-03-05T00:00:00.0000001Z', '2026-03-06T00:00:00Z']
    const times = bounds.map(text => Temporal.Instant.from(text))
    const periods = times.slice(1).map((to, i) => ({ from: times[i] ?? to, to }))
    const report = usage.report(ACME, { range: MARCH })
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
    const { usage, track } = usageInMemory()
    await track({ occurredAt: Temporal.Instant.from('2026-03-05T10:00:00.000001Z') })
    const callsBetween = async (from: string, to: string) =>
      (await usage.report(ACME, { range: { from: Temporal.Instant.from(from), to: Temporal.Instant.from(to) } }).totals()).calls
    expect(await callsBetween('2026-03-05T10:00:00.000000001Z', '2026-03-05T10:00:00.000001001Z')).toBe(1)
    expect(await callsBetween('2026-03-05T10:00:00.000001001Z', '2026-03-05T11:00:00Z')).toBe(0)
    expect(await callsBetween('2026-03-05T09:00:00Z', '2026-03-05T10:00:00.000001Z')).toBe(0)
  })

  it.each<{ name: string; path: string; ask: (usage: ReturnType<typeof createUsage>) => unknown }>([
    { name: 'a range that ends before it begins', path: 'range.to', ask: usage => usage.report(ACME, { range: { from: MARCH.to, to: MARCH.from } }) },
    { name: 'an empty range', path: 'range.to', ask: usage => usage.topConsumers(ACME, { measure: 'calls', range: { from: NOW, to: NOW }, first: 1 }) },
    { name: 'an unknown zone', path: 'timeZone', ask: usage => usage.report(ACME, { range: MARCH }).series({ granularity: 'day', timeZone: 'Mars/Olympus' }) },
    {
      name: 'too many points',
      path: 'granularity',
      ask: usage =>
        usage.report(ACME, { range: { from: MARCH.from.subtract({ hours: 10_000 }), to: MARCH.to } }).series({ granularity: 'hour', timeZone: 'UTC' }),
    },
    { name: 'no dimension', path: 'by', ask: usage => usage.report(ACME, { range: MARCH }).breakdown({ by: [], first: 1 }) },
    { name: 'a dimension twice', path: 'by', ask: usage => usage.report(ACME, { range: MARCH }).breakdown({ by: ['model', 'model'], first: 1 }) },
    {
      name: 'an unknown dimension',
      path: 'by[1]',
      ask: usage => usage.report(ACME, { range: MARCH }).breakdown({ by: ['model', 'mood' as 'model'], first: 1 }),
    },
    ...[
      { name: 'periods out of the range', periods: [{ from: MARCH.from, to: MARCH.to.add({ seconds: 1 }) }], path: 'periods[0]' },
      { name: 'periods that overlap', periods: [MARCH, { from: MARCH.from, to: MARCH.to }], path: 'periods[1]' },
      { name: 'a period that ends before it begins', periods: [{ from: MARCH.to, to: MARCH.from }], path: 'periods[0]' },
      { name: 'periods without end', periods: Array.from({ length: 10_001 }, () => ({ from: MARCH.from, to: MARCH.from })), path: 'periods' },
    ].map(({ periods, ...named }) => ({
      ...named,
      ask: (usage: ReturnType<typeof createUsage>) => usage.report(ACME, { range: MARCH }).breakdowns({ periods, by: ['model'], first: 1 }),
    })),
    ...[0, 1_001, 1.5].map(first => ({
      name: `first: ${first}`,
      path: 'first',
      ask: (usage: ReturnType<typeof createUsage>) => usage.report(ACME, { range: MARCH }).breakdown({ by: ['model'], first }),
    })),
    { name: 'events without end', path: 'first', ask: usage => usage.events(ACME, { range: MARCH, first: 1_001 }) },
    { name: 'rejected events without end', path: 'first', ask: usage => usage.rejectedEvents(ACME, { first: 1_001 }) },
    {
      name: 'single events of a long range',
      path: 'range',
      ask: usage => usage.report(ACME, { range: { from: '2026-01-01T00:00:00Z', to: '2026-02-01T00:00:01Z' }, filter: { sessions: ['s'] } }).totals(),
    },
    {
      name: 'an unknown pricing state',
      path: 'filter.pricingStates[1]',
      ask: usage => usage.report(ACME, { range: MARCH, filter: { pricingStates: ['priced', 'cheap' as 'priced'] } }).totals(),
    },
    {
      name: 'a range of costs from the end to the start',
      path: 'filter.cost.atMost',
      ask: usage => usage.report(ACME, { range: MARCH, filter: { cost: { atLeast: '1', atMost: '0.5' } } }).totals(),
    },
    {
      name: 'a range of costs without a bound',
      path: 'filter.cost',
      ask: usage => usage.report(ACME, { range: MARCH, filter: { cost: {} } }).totals(),
    },
    {
      name: 'a filter without end',
      path: 'filter.models',
      ask: usage => usage.events(ACME, { range: MARCH, first: 1, filter: { models: Array.from({ length: 1_001 }, String) } }),
    },
  ])('rejects $name', async ({ path, ask }) => {
    const rejected = await Promise.resolve()
      .then(() => ask(usageInMemory().usage))
      .catch((error: unknown) => error)
    expect(rejected).toBeInstanceOf(InvalidInput)
    expect(rejected).toMatchObject({ issues: [{ path }] })
  })

  it('accepts the maximum number of points', async () => {
    const range = { from: MARCH.from, to: MARCH.from.add({ hours: 10_000 }) }
    expect(await usageInMemory().usage.report(ACME, { range }).series({ granularity: 'hour', timeZone: 'UTC' })).toHaveLength(10_000)
  })
})

describe('topConsumers and unpriced', () => {
  it('list tenants by a measure, and models without a price', async () => {
    const { usage } = usageInMemory()
    const events = (count: number, model: string) => Array.from({ length: count }, (): UsageEventDraft => ({ operation: 'chat', provider: 'p', model }))
    await usage.track({ tenantId: 'acme', events: events(3, 'strange') })
    await usage.track({ tenantId: 'globex', events: [...events(2, 'known'), ...events(1, 'odd')] })
    const keys = (groups: Awaited<ReturnType<typeof usage.unpriced>>) => groups.map(group => group.key.map(({ value }) => value).join())
    expect(keys(await usage.topConsumers(OPERATOR_SCOPE, { measure: 'cost', range: MARCH, first: 5 }))).toEqual(['globex', 'acme'])
    expect(keys(await usage.topConsumers(OPERATOR_SCOPE, { measure: 'calls', range: MARCH, first: 1 }))).toEqual(['acme'])
    expect(keys(await usage.unpriced(OPERATOR_SCOPE, { range: MARCH, first: 5 }))).toEqual(['p,strange', 'p,odd'])
    expect(keys(await usage.unpriced(tenantScope('globex'), { range: MARCH, first: 5 }))).toEqual(['p,odd'])
  })
})
