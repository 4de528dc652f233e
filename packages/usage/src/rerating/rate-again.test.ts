import { Decimal, Temporal } from '@tollgate/kernel'
import { describe, expect, it } from 'vitest'
import type { Rating } from '../event.ts'
import { rateAgain } from './rate-again.ts'
import type { EffectiveEvent } from './rerating-store.ts'

const priced = (cost: string, priceId = 'p'): Rating => ({ state: 'priced', cost: new Decimal(cost), priceId })
const reported = (cost: string): Rating => ({ state: 'reported', cost: new Decimal(cost), priceId: null })
const unpriced: Rating = { state: 'unpriced', cost: null, priceId: null }
const notApplicable: Rating = { state: 'not_applicable', cost: null, priceId: null }

const event = (effective: Rating, corrections = 0): EffectiveEvent => ({
  id: 'e',
  tenantId: 'acme',
  occurredAt: Temporal.Instant.from('2026-03-01T00:00:00Z'),
  operation: 'chat',
  status: 'success',
  provider: 'p',
  model: 'm',
  tokens: null,
  quantity: null,
  reportedCost: null,
  serviceTier: null,
  effective,
  corrections,
  place: 'somewhere',
})

describe.each([
  { from: unpriced, to: priced('0'), changes: true },
  { from: unpriced, to: unpriced, changes: false },
  { from: notApplicable, to: notApplicable, changes: false },
  { from: priced('0.5'), to: priced('0.50', 'another'), changes: false },
  { from: priced('0.5'), to: priced('0.500000000000000000000001'), changes: true },
  { from: priced('0.5'), to: unpriced, changes: true },
  { from: reported('0.5'), to: priced('0.5'), changes: true },
])('from $from.state $from.cost to $to.state $to.cost', ({ from, to, changes }) => {
  it(changes ? 'is a change' : 'is none', async () => {
    const found = await rateAgain([event(from, 2)], { rate: async () => [to] })
    expect(found).toEqual(changes ? [{ eventId: 'e', tenantId: 'acme', occurredAt: event(from).occurredAt, from, to, version: 3, place: 'somewhere' }] : [])
  })
})

it('refuses ratings that are not one for each event', async () => {
  await expect(rateAgain([event(unpriced), event(unpriced)], { rate: async () => [unpriced] })).rejects.toThrow('1 ratings came back for 2 events')
})
