import { Decimal, Temporal } from '@tollgate/kernel'
import { describe, expect, it } from 'vitest'
import type { EffectiveEvent } from '../model/effective-event.ts'
import type { Rating } from '../model/event.ts'
import { findRatingChanges } from './find-rating-changes.ts'

const priced = (cost: string, priceId = 'p'): Rating => ({ state: 'priced', cost: new Decimal(cost), priceId, unpricedReason: null })
const reported = (cost: string): Rating => ({ state: 'reported', cost: new Decimal(cost), priceId: null, unpricedReason: null })
const unpriced: Rating = { state: 'unpriced', cost: null, priceId: null, unpricedReason: 'unknown_model' }
const notApplicable: Rating = { state: 'not_applicable', cost: null, priceId: null, unpricedReason: null }

const event = (effective: Rating, corrections = 0): EffectiveEvent => ({
  id: 'e',
  tenantId: 'acme',
  occurredAt: Temporal.Instant.from('2026-03-01T00:00:00Z'),
  operation: 'chat',
  status: 'success',
  provider: 'p',
  model: 'm',
  tokens: null,
  units: [],
  quantity: null,
  reportedCost: null,
  serviceTier: null,
  speed: null,
  region: null,
  statusCode: null,
  effective,
  corrections,
  sumsKey: 'a set',
})

describe.each([
  { from: unpriced, to: priced('0'), changes: true },
  { from: unpriced, to: unpriced, changes: false },
  { from: unpriced, to: { ...unpriced, unpricedReason: 'no_usage' }, changes: true },
  { from: { ...unpriced, unpricedReason: null }, to: unpriced, changes: true },
  { from: notApplicable, to: notApplicable, changes: false },
  { from: priced('0.5'), to: priced('0.50', 'another'), changes: false },
  { from: priced('0.5'), to: priced('0.500000000000000000000001'), changes: true },
  { from: priced('0.5'), to: unpriced, changes: true },
  { from: reported('0.5'), to: priced('0.5'), changes: true },
])('from $from.state $from.cost $from.unpricedReason to $to.state $to.cost $to.unpricedReason', ({ from, to, changes }) => {
  it(changes ? 'is a change' : 'is not a change', () => {
    const found = findRatingChanges([event(from, 2)], [to])
    expect(found).toEqual(changes ? [{ eventId: 'e', tenantId: 'acme', occurredAt: event(from).occurredAt, from, to, version: 3, sumsKey: 'a set' }] : [])
  })
})
