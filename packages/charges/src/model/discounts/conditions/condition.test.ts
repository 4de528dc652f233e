import { Decimal, InvalidInput, Temporal, ZERO } from '@tollgate/kernel'
import { describe, expect, it } from 'vitest'
import { defineDiscount, type DiscountDraft } from '../discount.ts'
import type { DiscountFacts } from '../facts/discount-facts.ts'
import { type DiscountConditionDraft, unmetCondition } from './condition.ts'

interface Known extends Partial<Omit<DiscountFacts, 'at'>> {
  readonly at?: string
}

/** Returns why a condition of the discount "d" is not met; undefined if it is. */
function unmet(condition: DiscountConditionDraft, { at = '2026-11-20T12:00:00Z', ...known }: Known): string | undefined {
  const [defined] = defineDiscount({ id: 'd', effect: { kind: 'fixed', amount: 1 }, conditions: [condition] }).conditions
  const facts: DiscountFacts = {
    billingTier: undefined,
    hidesBudgets: false,
    dimensions: {},
    firstTimeCustomer: undefined,
    couponCodes: [],
    charge: { quantity: ZERO, subtotal: ZERO },
    periodToDate: undefined,
    discountStates: {},
    earlier: undefined,
    partFrom: Temporal.Instant.from(at),
    ...known,
    at: Temporal.Instant.from(at),
  }
  return defined === undefined ? 'no condition was defined' : unmetCondition(defined, facts, 'd')
}

const figures = (quantity: string, subtotal: string) => ({ quantity: new Decimal(quantity), subtotal: new Decimal(subtotal) })
const night = { kind: 'hours-of-day', from: '22:00', to: '06:00', timeZone: 'Europe/Berlin' } as const
const office = { kind: 'hours-of-day', from: '09:00', to: '17:30', timeZone: 'Asia/Kolkata' } as const
const weekend = { kind: 'weekdays', days: ['sunday', 'saturday'], timeZone: 'Pacific/Auckland' } as const
const limited = { kind: 'coupon', code: 'WELCOME', maximumRedemptions: 10, maximumRedemptionsPerCustomer: 1 } as const

describe.each<{ name: string; condition: DiscountConditionDraft; cases: readonly (readonly [Known, string | undefined])[] }>([
  {
    name: 'billing tier',
    condition: { kind: 'billing-tier', anyOf: ['pro', 'enterprise'] },
    cases: [
      [{ billingTier: 'pro' }, undefined],
      [{ billingTier: 'Pro' }, 'it is for the billing tiers pro, enterprise, not Pro'],
      [{}, "it is for the billing tiers pro, enterprise, and the customer's is unknown"],
    ],
  },
  {
    name: 'usage threshold on the charge',
    condition: { kind: 'usage-threshold', measure: 'quantity', from: 1_000, to: '2000.5' },
    cases: [
      [{ charge: figures('1000', '0') }, undefined],
      [{ charge: figures('2000.499', '0') }, undefined],
      [{ charge: figures('999.999', '5000') }, "the charge's quantity is 999.999, below 1000"],
      [{ charge: figures('2000.5', '0') }, "the charge's quantity is 2000.5, not below 2000.5"],
    ],
  },
  {
    name: 'usage threshold on the period',
    condition: { kind: 'usage-threshold', measure: 'subtotal', of: 'period', from: '50' },
    cases: [
      [{ charge: figures('0', '1'), periodToDate: figures('0', '49') }, undefined], // includes this charge
      [{ charge: figures('0', '1'), periodToDate: figures('999', '48.99') }, "the period's subtotal is 49.99, below 50"],
      [{ charge: figures('0', '100') }, "the period's subtotal is unknown"],
    ],
  },
  {
    name: 'validity',
    condition: { kind: 'validity', from: '2026-11-01T00:00:00+01:00', to: Temporal.Instant.from('2026-12-01T00:00:00Z') },
    cases: [
      [{ at: '2026-10-31T23:00:00Z' }, undefined],
      [{ at: '2026-10-31T22:59:59.999Z' }, 'it is valid from 2026-10-31T23:00:00Z'],
      [{ at: '2026-11-30T23:59:59.999999999Z' }, undefined],
      [{ at: '2026-12-01T00:00:00Z' }, 'it was valid until 2026-12-01T00:00:00Z'],
    ],
  },
  {
    name: 'hours that span midnight, when clocks change',
    condition: night,
    cases: [
      [{ at: '2026-07-01T20:00:00Z' }, undefined], // 22:00 in summer
      [{ at: '2026-07-01T19:59:59Z' }, 'it is for 22:00 to 06:00 in Europe/Berlin, where it was 21:59'],
      [{ at: '2026-12-01T20:00:00Z' }, 'it is for 22:00 to 06:00 in Europe/Berlin, where it was 21:00'],
      [{ at: '2026-03-29T03:59:59Z' }, undefined], // 05:59 after the skipped hour
      [{ at: '2026-03-29T04:00:00Z' }, 'it is for 22:00 to 06:00 in Europe/Berlin, where it was 06:00'],
      [{ at: '2026-10-25T04:59:59Z' }, undefined], // 05:59 after the repeated hour
    ],
  },
  {
    name: 'hours in a zone with a half-hour offset',
    condition: office,
    cases: [
      [{ at: '2026-11-20T03:30:00Z' }, undefined],
      [{ at: '2026-11-20T03:29:59Z' }, 'it is for 09:00 to 17:30 in Asia/Kolkata, where it was 08:59'],
      [{ at: '2026-11-20T12:00:00Z' }, 'it is for 09:00 to 17:30 in Asia/Kolkata, where it was 17:30'],
    ],
  },
  {
    name: 'weekdays in the calendar of the zone',
    condition: weekend,
    cases: [
      [{ at: '2026-11-20T11:00:00Z' }, undefined], // Friday in London is Saturday in Auckland
      [{ at: '2026-11-20T10:59:59Z' }, 'it is for saturday, sunday in Pacific/Auckland, where it was friday'],
      [{ at: '2026-11-22T10:59:59Z' }, undefined],
      [{ at: '2026-11-22T11:00:00Z' }, 'it is for saturday, sunday in Pacific/Auckland, where it was monday'],
    ],
  },
  {
    name: 'provider and model',
    condition: { kind: 'provider-model', providers: ['OpenAI', 'azure'], models: ['gpt-5'] },
    cases: [
      [{ dimensions: { provider: 'openai', model: 'GPT-5' } }, undefined],
      [{ dimensions: { provider: 'mistral', model: 'gpt-5' } }, 'it is for the provider openai or azure, not mistral'],
      [{ dimensions: { provider: 'azure', model: 'gpt-4' } }, 'it is for the model gpt-5, not gpt-4'],
      [{ dimensions: { provider: 'azure' } }, 'it is for the model gpt-5, and there is no model'],
    ],
  },
  {
    name: 'provider alone',
    condition: { kind: 'provider-model', providers: ['openai'] },
    cases: [[{ dimensions: { provider: 'openai', model: 'anything' } }, undefined]],
  },
  {
    name: 'first-time customer',
    condition: { kind: 'first-time-customer' },
    cases: [
      [{ firstTimeCustomer: true }, undefined],
      [{ firstTimeCustomer: false }, 'it is for first-time customers'],
      [{}, 'it is for first-time customers, and it is unknown whether this is one'],
    ],
  },
  {
    name: 'dimension',
    condition: { kind: 'dimension', dimension: 'feature', anyOf: ['chat', 'search'] },
    cases: [
      [{ dimensions: { feature: 'search' } }, undefined],
      [{ dimensions: { feature: 'summary' } }, 'it is for the feature chat or search, not summary'],
      [{ dimensions: { product: 'chat' } }, 'it is for the feature chat or search, and there is none'],
    ],
  },
  {
    name: 'dimension with the name of an object property',
    condition: { kind: 'dimension', dimension: 'constructor', anyOf: ['x'] },
    cases: [[{}, 'it is for the constructor x, and there is none']],
  },
  {
    name: 'coupon with limits',
    condition: limited,
    cases: [
      [{ couponCodes: ['other', ' welcome '], discountStates: { d: { redemptions: 9, customerRedemptions: 0 } } }, undefined],
      [
        { couponCodes: ['other'], discountStates: { d: { redemptions: 0, customerRedemptions: 0 } } },
        'its coupon was not redeemed, and its code was not entered',
      ],
      [{ couponCodes: ['WELCOME'], discountStates: { d: { redemptions: 10, customerRedemptions: 0 } } }, 'its coupon was redeemed 10 of 10 times'],
      [
        { couponCodes: ['WELCOME'], discountStates: { d: { redemptions: 1, customerRedemptions: 1 } } },
        'its coupon was redeemed 1 of 1 times by this customer',
      ],
      [{ couponCodes: ['WELCOME'], discountStates: { other: { redemptions: 1 } } }, 'the number of redemptions of its coupon is unknown, and the limit is 10'],
    ],
  },
  { name: 'coupon without limits', condition: { kind: 'coupon', code: 'welcome' }, cases: [[{ couponCodes: ['WELCOME'] }, undefined]] },
])('condition on $name', ({ condition, cases }) => {
  it.each(cases)('%j', (known, reason) => {
    expect(unmet(condition, known)).toBe(reason)
  })
})

describe.each<{ condition: unknown; path: string }>([
  { condition: { kind: 'moon-phase' }, path: 'kind' },
  { condition: { kind: 'billing-tier', anyOf: [] }, path: 'anyOf' },
  { condition: { kind: 'usage-threshold', measure: 'quantity' }, path: 'from' },
  { condition: { kind: 'usage-threshold', measure: 'quantity', from: 5, to: 5 }, path: 'to' },
  { condition: { kind: 'usage-threshold', measure: 'calls', from: 5 }, path: 'measure' },
  { condition: { kind: 'validity' }, path: 'from' },
  { condition: { kind: 'validity', from: 'yesterday' }, path: 'from' },
  { condition: { kind: 'validity', from: '2026-11-20T00:00:00Z', to: '2026-11-20T00:00:00Z' }, path: 'to' },
  { condition: { kind: 'hours-of-day', from: '9:00', to: '17:00', timeZone: 'UTC' }, path: 'from' },
  { condition: { kind: 'hours-of-day', from: '09:00', to: '24:00', timeZone: 'UTC' }, path: 'to' },
  { condition: { kind: 'hours-of-day', from: '09:00', to: '09:00', timeZone: 'UTC' }, path: 'to' },
  { condition: { kind: 'hours-of-day', from: '09:00', to: '10:00', timeZone: '+05:30' }, path: 'timeZone' },
  { condition: { kind: 'weekdays', days: ['friday', 'caturday'], timeZone: 'UTC' }, path: 'days' },
  { condition: { kind: 'provider-model' }, path: 'providers' },
  { condition: { kind: 'dimension', dimension: ' ', anyOf: ['x'] }, path: 'dimension' },
  { condition: { kind: 'coupon', code: 'X', maximumRedemptions: 0 }, path: 'maximumRedemptions' },
  { condition: { kind: 'coupon', code: 'X', maximumRedemption: 1 }, path: 'maximumRedemption' },
])('the condition $condition', ({ condition, path }) => {
  it(`is rejected for ${path}`, () => {
    const error = catchError(() => defineDiscount({ id: 'd', effect: { kind: 'fixed', amount: 1 }, conditions: [condition] } as DiscountDraft))
    expect(error instanceof InvalidInput && error.issues.map(issue => issue.path)).toContain(`conditions.0.${path}`)
  })
})

function catchError(run: () => unknown): unknown {
  try {
    return run()
  } catch (error) {
    return error
  }
}
