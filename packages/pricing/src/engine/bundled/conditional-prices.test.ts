import { calcPrice, type ConditionalPrice, type ModelInfo, type Provider } from '@pydantic/genai-prices'
import { Temporal } from '@tollgate/kernel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { priceInEffect } from '../../model/price-in-effect.ts'
import { datedPrices } from './conditional-prices.ts'

const rate = (input_mtok: number) => ({ input_mtok })
const since = (start_date: string, input_mtok: number): ConditionalPrice => ({ constraint: { type: 'start_date', start_date }, prices: rate(input_mtok) })
const daily = (start_time: string, end_time: string, input_mtok: number): ConditionalPrice => ({
  constraint: { type: 'time_of_date', start_time, end_time },
  prices: rate(input_mtok),
})

const shown = (prices: Parameters<typeof datedPrices>[0]) =>
  datedPrices(prices).map(({ from, to, timeOfDay, rates }) => [
    rates['input_mtok'],
    from?.toString() ?? null,
    to?.toString() ?? null,
    ...(timeOfDay ? [timeOfDay.from, timeOfDay.to] : []),
  ])

describe('datedPrices', () => {
  it.each<{ prices: Parameters<typeof datedPrices>[0]; expected: unknown }>([
    { prices: rate(1), expected: [[1, null, null]] },
    {
      prices: [{ prices: rate(1) }, since('2026-03-13', 2)],
      expected: [
        [1, null, '2026-03-13T00:00:00Z'],
        [2, '2026-03-13T00:00:00Z', null],
      ],
    },
    // The first has no start, whatever its constraint says: it also applies before.
    {
      prices: [since('2025-01-01', 1), since('2026-01-01', 2)],
      expected: [
        [1, null, '2026-01-01T00:00:00Z'],
        [2, '2026-01-01T00:00:00Z', null],
      ],
    },
    // The second never applies: whenever its constraint holds, that of the third does too.
    {
      prices: [{ prices: rate(1) }, since('2026-02-01', 2), since('2026-01-01', 3)],
      expected: [
        [1, null, '2026-01-01T00:00:00Z'],
        [3, '2026-01-01T00:00:00Z', null],
      ],
    },
    { prices: [{ prices: rate(1) }, { prices: rate(2) }], expected: [[2, null, null]] },
    {
      prices: [{ prices: rate(1) }, daily('00:30:00Z', '16:30:00Z', 2)],
      expected: [
        [1, null, null],
        [2, null, null, '00:30:00', '16:30:00'],
      ],
    },
    {
      prices: [{ prices: rate(1) }, daily('23:00:00+02:00', '01:30:00-01:00', 2)],
      expected: [
        [1, null, null],
        [2, null, null, '21:00:00', '02:30:00'],
      ],
    },
    { prices: [daily('01:00:00Z', '02:00:00Z', 1)], expected: [[1, null, null]] },
    // The date takes precedence over the time of day that precedes it in the list.
    {
      prices: [{ prices: rate(1) }, daily('01:00:00Z', '02:00:00Z', 2), since('2026-01-01', 3)],
      expected: [
        [1, null, '2026-01-01T00:00:00Z'],
        [2, null, '2026-01-01T00:00:00Z', '01:00:00', '02:00:00'],
        [3, '2026-01-01T00:00:00Z', null],
      ],
    },
  ])('converts $prices', ({ prices, expected }) => {
    expect(shown(prices)).toEqual(expected)
  })

  it('selects the same price as the package for any list, at any time', () => {
    const date = fc.date({ min: new Date('2026-01-01T00:00:00Z'), max: new Date('2026-01-06T00:00:00Z'), noInvalidDate: true })
    const time = fc.tuple(fc.nat({ max: 23 }), fc.constantFrom('00', '30')).map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${minute}:00Z`)
    const constraint = fc.oneof(
      fc.constant(undefined),
      date.map(day => ({ type: 'start_date' as const, start_date: day.toISOString().slice(0, 10) })),
      fc.tuple(time, time).map(([start_time, end_time]) => ({ type: 'time_of_date' as const, start_time, end_time })),
    )
    fc.assert(
      fc.property(fc.array(constraint, { minLength: 1, maxLength: 5 }), date, (constraints, timestamp) => {
        const prices = constraints.map((one, position): ConditionalPrice => ({ ...(one && { constraint: one }), prices: rate(position) }))
        const at = Temporal.Instant.fromEpochMilliseconds(timestamp.getTime())
        const ours = datedPrices(prices).findLast(price => priceInEffect(price, at))
        expect(ours?.rates).toEqual(calcPrice({ input_tokens: 1 }, 'm', { provider: providerOf(prices), timestamp })?.model_price)
      }),
      { numRuns: 1_000 },
    )
  })
})

function providerOf(prices: ConditionalPrice[]): Provider {
  const model: ModelInfo = { id: 'm', match: { equals: 'm' }, prices }
  return { id: 'p', name: 'p', api_pattern: 'p', models: [model] }
}
