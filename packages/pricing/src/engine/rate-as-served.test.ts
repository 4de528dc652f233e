import { Temporal } from '@tollgate/kernel'
import { describe, expect, it } from 'vitest'
import type { Price } from '../model/price.ts'
import { makePrice } from '../testing/price.ts'
import { createPriceCatalog } from './catalog/price-catalog.ts'
import { rateUsage, type RateUsageInput } from './rate-usage.ts'

const AT = '2026-06-01T00:00:00Z'
const outcome = (prices: readonly Price[], call: Partial<RateUsageInput>) => {
  const rated = rateUsage({ catalog: createPriceCatalog(prices), provider: 'acme-ai', model: 'large', tokens: { input: 1 }, at: AT, ...call })
  return rated.state === 'unpriced' ? rated.reason : rated.price?.id
}

const usual = makePrice({ id: 'usual' })
const fast = makePrice({ id: 'fast', speed: 'fast' })
const eu = makePrice({ id: 'eu', region: 'eu' })
const fastEu = makePrice({ id: 'fast eu', speed: 'fast', region: 'eu' })
const batchEu = makePrice({ id: 'batch eu', serviceTier: 'batch', region: 'eu' })
const listed = (id: string, more: Parameters<typeof makePrice>[0]) => makePrice({ id, source: 'bundled', provider: 'google', ...more })

describe('a call', () => {
  it.each<{ name: string; prices: Price[]; call: Partial<RateUsageInput>; expected: string }>([
    { name: 'of a speed has its price', prices: [usual, fast], call: { speed: 'fast' }, expected: 'fast' },
    { name: 'of a speed in any case has its price', prices: [usual, fast], call: { speed: 'FAST' }, expected: 'fast' },
    { name: 'of a speed without a price is unpriced', prices: [usual], call: { speed: 'fast' }, expected: 'no_price_as_served' },
    { name: 'of the usual speed has the usual price', prices: [fast, usual], call: { speed: 'standard' }, expected: 'usual' },
    { name: 'without a speed never has the price of one', prices: [fast], call: {}, expected: 'no_price_as_served' },
    { name: 'in a region has its price', prices: [usual, eu], call: { region: 'EU' }, expected: 'eu' },
    { name: 'in a region has its price, even if another one was published later', prices: [eu, usual], call: { region: 'eu' }, expected: 'eu' },
    { name: 'in any region never has the price of one', prices: [usual, eu], call: { region: 'global' }, expected: 'usual' },
    { name: 'without a region never has the price of one', prices: [eu], call: {}, expected: 'no_price_as_served' },
    { name: 'in a region never has the price of another', prices: [eu], call: { region: 'us' }, expected: 'no_price_as_served' },
    { name: 'in a region has the price that an operator published for all regions', prices: [usual, eu], call: { region: 'us' }, expected: 'usual' },
    { name: 'needs a price for all conditions together', prices: [usual, fast, eu], call: { speed: 'fast', region: 'eu' }, expected: 'fast' },
    { name: 'has the price for all conditions together', prices: [usual, fast, eu, fastEu], call: { speed: 'fast', region: 'eu' }, expected: 'fast eu' },
    { name: 'of a tier in a region has the price of both', prices: [usual, eu, batchEu], call: { serviceTier: 'batch', region: 'eu' }, expected: 'batch eu' },
    {
      name: 'of another tier in a region is unpriced',
      prices: [usual, eu, batchEu],
      call: { serviceTier: 'flex', region: 'eu' },
      expected: 'no_price_as_served',
    },
    {
      name: 'before the price of its speed starts has no price at that time',
      prices: [makePrice({ id: 'later', speed: 'fast', from: '2026-07-01T00:00:00Z' })],
      call: { speed: 'fast' },
      expected: 'no_price_at_time',
    },
    { name: 'of an unknown model is unpriced', prices: [usual], call: { model: 'small' }, expected: 'unknown_model' },
    { name: 'without a provider is unpriced', prices: [usual], call: { provider: null }, expected: 'no_model' },
    { name: 'without a model is unpriced', prices: [usual], call: { model: null }, expected: 'no_model' },
  ])('$name', ({ prices, call, expected }) => {
    expect(outcome(prices, call)).toBe(expected)
  })

  it.each<{ region: string; expected: string }>([
    { region: 'us-gov-west-1', expected: 'gov' },
    { region: 'us-gov-east-1', expected: 'gov east' },
    { region: 'europe-west1', expected: 'any region' },
    { region: 'global', expected: 'usual' },
  ])('in $region has the closest of several patterns', ({ region, expected }) => {
    const patterns = [
      usual,
      makePrice({ id: 'gov', region: 'us-gov-*' }),
      makePrice({ id: 'gov east', region: 'us-gov-east-1' }),
      makePrice({ id: 'any region', region: '*' }),
    ]
    for (const prices of [patterns, patterns.toReversed()]) expect(outcome(prices, { region })).toBe(expected)
  })

  it('in a region has the price of its tenant before a closer one of all tenants', () => {
    const ofAcme = makePrice({ id: 'of acme', tenantId: 'acme' })
    expect(outcome([usual, eu, ofAcme], { region: 'eu', tenantId: 'acme' })).toBe('of acme')
    expect(outcome([usual, eu, ofAcme], { region: 'eu' })).toBe('eu')
  })

  it.each<{ name: string; prices: Price[]; call: Partial<RateUsageInput>; expected: string }>([
    { name: 'that charges by region', prices: [listed('list', {})], call: { region: 'europe-west1' }, expected: 'no_price_as_served' },
    {
      name: 'that charges by region and has a price for it',
      prices: [listed('list', {}), listed('regional', { region: '*' })],
      call: { region: 'europe-west1' },
      expected: 'regional',
    },
    { name: 'that charges by region, from any region', prices: [listed('list', {})], call: { region: 'global' }, expected: 'list' },
    {
      name: 'that charges by region, from the region of the list',
      prices: [listed('list', { provider: 'aws' })],
      call: { provider: 'bedrock', region: 'us-east-1' },
      expected: 'list',
    },
    {
      name: 'that charges the same everywhere',
      prices: [listed('list', { provider: 'mistral' })],
      call: { provider: 'mistral', region: 'eu' },
      expected: 'list',
    },
  ])('has the list price of a provider $name', ({ prices, call, expected }) => {
    expect(outcome(prices, { provider: 'google', ...call })).toBe(expected)
  })

  it('is unpriced with a message that says how it was served', () => {
    const rated = rateUsage({
      catalog: createPriceCatalog([usual]),
      provider: 'acme-ai',
      model: 'large',
      tokens: { input: 1 },
      at: AT,
      serviceTier: 'flex',
      speed: 'fast',
      region: 'eu',
    })
    expect(rated).toMatchObject({ message: 'there is no flex fast eu price for the model "large" of acme-ai at 2026-06-01T00:00:00Z' })
  })
})

describe('a price for a part of the week', () => {
  // DeepSeek's peak hours of working days: 1 June 2026 is a Monday.
  const peak = makePrice({ id: 'peak', timeOfDay: { from: '01:00:00', to: '04:00:00', weekdays: [1, 2, 3, 4, 5] } })
  const weekendNight = makePrice({ id: 'weekend night', timeOfDay: { from: '22:00:00', to: '02:00:00', weekdays: [6] } })
  const sunday = makePrice({ id: 'sunday', timeOfDay: { from: '00:00:00', to: '24:00:00', weekdays: [7] } })

  it.each<{ prices: Price[]; at: string; expected: string }>([
    { prices: [usual, peak], at: '2026-06-01T00:59:59.999Z', expected: 'usual' },
    { prices: [usual, peak], at: '2026-06-01T01:00:00Z', expected: 'peak' },
    { prices: [usual, peak], at: '2026-06-05T03:59:59Z', expected: 'peak' },
    { prices: [usual, peak], at: '2026-06-05T04:00:00Z', expected: 'usual' },
    { prices: [usual, peak], at: '2026-06-06T02:00:00Z', expected: 'usual' },
    { prices: [peak], at: '2026-06-07T02:00:00Z', expected: 'no_price_at_time' },
    { prices: [usual, weekendNight], at: '2026-06-06T22:00:00Z', expected: 'weekend night' },
    { prices: [usual, weekendNight], at: '2026-06-07T01:59:59Z', expected: 'weekend night' },
    { prices: [usual, weekendNight], at: '2026-06-06T01:59:59Z', expected: 'usual' },
    { prices: [usual, weekendNight], at: '2026-06-07T22:00:00Z', expected: 'usual' },
    { prices: [usual, sunday], at: '2026-06-07T23:59:59.999Z', expected: 'sunday' },
    { prices: [usual, sunday], at: '2026-06-08T00:00:00Z', expected: 'usual' },
    { prices: [usual, sunday], at: '1969-12-28T12:00:00Z', expected: 'sunday' },
  ])('at $at is $expected', ({ prices, at, expected }) => {
    expect(outcome(prices, { at })).toBe(expected)
  })

  it('applies from its start date on', () => {
    const fromJuly = makePrice({ id: 'from July', from: '2026-07-01T00:00:00Z', timeOfDay: { from: '01:00:00', to: '04:00:00' } })
    expect(outcome([usual, fromJuly], { at: Temporal.Instant.from('2026-06-30T02:00:00Z') })).toBe('usual')
    expect(outcome([usual, fromJuly], { at: Temporal.Instant.from('2026-07-01T02:00:00Z') })).toBe('from July')
  })
})
