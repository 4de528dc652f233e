import { Temporal } from '@tollgate/kernel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type EffectiveInterval, effectiveIntervals } from './effective-intervals.ts'
import type { Price } from '../../model/price.ts'
import { createPriceCatalog } from './price-catalog.ts'
import { SERVICE_TIERS } from '../../model/service-tier.ts'
import { makePrice } from '../../testing/price.ts'

const month = (number: number) => `2026-${String(number).padStart(2, '0')}-01T00:00:00Z`
const shown = ({ from, to }: EffectiveInterval) => `${from?.toString().slice(0, 7) ?? ''}..${to?.toString().slice(0, 7) ?? ''}`
const intervalsOf = (prices: readonly Price[]) => Object.fromEntries([...effectiveIntervals(prices)].map(([id, intervals]) => [id, intervals.map(shown)]))

/** Makes a price published in one month, for the months from one to another. */
const published = (id: string, at: number, months: readonly number[], fields: Parameters<typeof makePrice>[0] = {}) => {
  const [from, to] = months
  return makePrice({
    id,
    publishedAt: month(at),
    ...(from !== undefined && from > 0 && { from: month(from) }),
    ...(to !== undefined && { to: month(to) }),
    ...fields,
  })
}

describe('an earlier price', () => {
  const old = published('old', 1, [1])
  it.each([
    { name: 'ends where a later price starts', later: published('new', 2, [3]), expected: { old: ['2026-01..2026-03'], new: ['2026-03..'] } },
    {
      name: 'resumes where a later price ends',
      later: published('new', 2, [3, 5]),
      expected: { old: ['2026-01..2026-03', '2026-05..'], new: ['2026-03..2026-05'] },
    },
    { name: 'is never in effect if a later price covers it', later: published('new', 2, []), expected: { old: [], new: ['..'] } },
    { name: 'is unchanged by an adjacent price', later: published('new', 2, [0, 1]), expected: { old: ['2026-01..'], new: ['..2026-01'] } },
    {
      name: 'is unchanged by a price of another service tier',
      later: published('new', 2, [3, 5], { serviceTier: 'batch' }),
      expected: { old: ['2026-01..'], new: ['2026-03..2026-05'] },
    },
    {
      name: "is unchanged by a tenant's price",
      later: published('new', 2, [3, 5], { tenantId: 'acme' }),
      expected: { old: ['2026-01..'], new: ['2026-03..2026-05'] },
    },
    {
      name: 'is unchanged by a price of another model',
      later: published('new', 2, [3, 5], { model: 'small' }),
      expected: { old: ['2026-01..'], new: ['2026-03..2026-05'] },
    },
  ])('$name', ({ later, expected }) => {
    expect(intervalsOf([old, later])).toEqual(expected)
    expect(intervalsOf([later, old])).toEqual(expected)
  })
})

describe('effective intervals of any publications', () => {
  const start = Temporal.Instant.from(month(1)).epochMilliseconds
  const day = 86_400_000
  const instant = (at: number) => Temporal.Instant.fromEpochMilliseconds(start + at * day)
  const publication = fc.record({
    from: fc.option(fc.nat(20)),
    days: fc.option(fc.integer({ min: 1, max: 20 })),
    publishedAt: fc.nat(5),
    tenantId: fc.constantFrom(null, null, 'acme'),
    model: fc.constantFrom('large', 'small'),
    serviceTier: fc.constantFrom(...SERVICE_TIERS),
    bundled: fc.boolean(),
  })
  const prices = fc.array(publication, { maxLength: 15 }).map(drafts =>
    drafts.map(({ from, days, publishedAt, tenantId, model, serviceTier, bundled }, at): Price => {
      const { serviceTier: _none, ...price } = makePrice({ id: `price-${at}`, model, ...(bundled ? { source: 'bundled' } : { tenantId }) })
      return {
        ...price,
        ...(serviceTier !== 'standard' && { serviceTier }),
        from: from === null ? null : instant(from),
        to: days === null ? null : instant((from ?? 0) + days),
        publishedAt: instant(publishedAt),
      }
    }),
  )
  const times = fc.array(
    fc.integer({ min: -10, max: 450 }).map(tenths => Temporal.Instant.fromEpochMilliseconds(start + (tenths * day) / 10)),
    { minLength: 5, maxLength: 5 },
  )
  const has = (at: Temporal.Instant) => (interval: EffectiveInterval) =>
    (interval.from === null || Temporal.Instant.compare(interval.from, at) <= 0) && (interval.to === null || Temporal.Instant.compare(at, interval.to) < 0)

  it('never overlap, and cover exactly what was published', () => {
    fc.assert(
      fc.property(prices, times, (given, instants) => {
        const intervals = effectiveIntervals(given)
        expect(intervals.size).toBe(given.length)
        const series = Map.groupBy(given, ({ source, tenantId, model, serviceTier }) => JSON.stringify([source, tenantId, model, serviceTier ?? 'standard']))
        for (const [, ofSeries] of series) {
          for (const at of instants) {
            const effective = ofSeries.flatMap(({ id }) => (intervals.get(id) ?? []).filter(has(at)))
            expect(effective).toHaveLength(ofSeries.some(has(at)) ? 1 : 0)
          }
        }
        for (const { id } of given) for (const { from, to } of intervals.get(id) ?? []) if (from && to) expect(Temporal.Instant.compare(from, to)).toBe(-1)
      }),
    )
  })

  it('agree with the lookups of the catalogue', () => {
    fc.assert(
      fc.property(prices, times, fc.constantFrom(...SERVICE_TIERS), fc.constantFrom('large', 'small'), (given, instants, serviceTier, model) => {
        const intervals = effectiveIntervals(given)
        const catalog = createPriceCatalog(given)
        for (const at of instants) {
          const found = catalog.find({ provider: 'acme-ai', model, at, tenantId: 'acme', serviceTier })
          const effective = given.filter(
            price => price.model === model && (price.serviceTier ?? 'standard') === serviceTier && intervals.get(price.id)?.some(has(at)),
          )
          const expected = (['tenant', 'custom', 'bundled'] as const).flatMap(source => effective.filter(price => price.source === source))
          expect(found?.id).toBe(expected[0]?.id)
        }
      }),
    )
  })
})
