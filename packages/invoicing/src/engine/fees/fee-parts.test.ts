import { Decimal, Temporal } from '@tollgate/kernel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { BillingPlan } from '../../model/plans/billing-plan.ts'
import type { Subscription } from '../../model/subscriptions/subscription.ts'
import { billingPlanOf } from '../../testing/builders/billing-plan.ts'
import { subscriptionOf } from '../../testing/builders/subscription.ts'
import { feeIntervalContaining } from './fee-interval.ts'
import { type FeePart, feePartsDue, feePartsOf } from './fee-parts.ts'
import { minimumCommitments } from './minimum-commitments.ts'

const at = (text: string) => Temporal.Instant.from(text)
const pro = billingPlanOf()
const business = billingPlanOf({ name: 'business', recurringFee: new Decimal(310) })
const yearly = billingPlanOf({ name: 'yearly', feeInterval: 'year', recurringFee: new Decimal(1200) })
const arrears = billingPlanOf({ name: 'arrears', feeTiming: 'in_arrears' })

describe('an interval of fees', () => {
  it.each([
    {
      title: 'starts on the last day of shorter months for an anchor of 31',
      instant: '2027-02-10T00:00:00Z',
      expected: ['2027-01-31T00:00:00Z', '2027-02-28T00:00:00Z'],
    },
    { title: 'starts on the leap day if there is one', instant: '2028-03-01T00:00:00Z', expected: ['2028-02-29T00:00:00Z', '2028-03-31T00:00:00Z'] },
    {
      title: 'has an hour less when clocks go forward',
      anchorDay: 1,
      timeZone: 'Europe/Berlin',
      instant: '2027-03-28T12:00:00Z',
      expected: ['2027-02-28T23:00:00Z', '2027-03-31T22:00:00Z'],
    },
  ])('$title', ({ anchorDay = 31, timeZone = 'UTC', instant, expected }) => {
    const subscription = subscriptionOf([{ from: '2026-01-31T12:00:00Z' }], { anchorDay, timeZone })
    const interval = feeIntervalContaining(subscription, 'month', at(instant))
    expect([interval.from.toString(), interval.to.toString()]).toEqual(expected)
  })

  it.each([
    { start: 'the day of the start', anchorDay: 26, instant: '2026-11-26T15:00:00Z', expected: ['2026-11-26T15:00:00Z', '2027-11-26T00:00:00Z'] },
    { start: 'the anniversary', anchorDay: 26, instant: '2028-01-01T00:00:00Z', expected: ['2027-11-26T00:00:00Z', '2028-11-26T00:00:00Z'] },
    { start: 'the billing period of the start', anchorDay: 1, instant: '2027-10-31T23:59:59Z', expected: ['2026-11-01T00:00:00Z', '2027-11-01T00:00:00Z'] },
    {
      start: '29 February in leap years only',
      from: '2024-02-29T00:00:00Z',
      anchorDay: 31,
      instant: '2027-03-01T00:00:00Z',
      expected: ['2027-02-28T00:00:00Z', '2028-02-29T00:00:00Z'],
    },
  ])('of a year starts on $start', ({ from = '2026-11-26T15:00:00Z', anchorDay, instant, expected }) => {
    const interval = feeIntervalContaining(subscriptionOf([{ from, plan: yearly }], { anchorDay }), 'year', at(instant))
    expect([interval.from.toString(), interval.to.toString()]).toEqual(expected)
  })
})

describe('the parts of a fee', () => {
  it.each<{ title: string; subscription: Subscription; expected: [string, string][] }>([
    {
      title: 'are the whole fee for a whole month',
      subscription: subscriptionOf([{ from: '2026-11-01T00:00:00Z' }]),
      expected: [['recurring_fee 2026-11-01T00:00:00Z', '100']],
    },
    {
      title: 'are the whole fee for the first month of a subscription that starts on its anchor day',
      subscription: subscriptionOf([{ from: '2026-11-01T15:42:00Z' }]),
      expected: [['recurring_fee 2026-11-01T15:42:00Z', '100']],
    },
    {
      title: 'are prorated by elapsed time for a subscription that starts on another day',
      subscription: subscriptionOf([{ from: '2026-11-16T00:00:00Z' }]),
      expected: [['recurring_fee 2026-11-16T00:00:00Z', '50']],
    },
    {
      title: 'split a month between two plans',
      subscription: subscriptionOf([{ from: '2026-11-01T00:00:00Z' }, { from: '2026-11-11T00:00:00Z', plan: business }]),
      expected: [
        ['recurring_fee 2026-11-01T00:00:00Z', '33.33'],
        ['recurring_fee 2026-11-11T00:00:00Z', '206.67'],
      ],
    },
    {
      title: 'are nothing for trials and pauses',
      subscription: subscriptionOf([
        { from: '2026-11-01T00:00:00Z', state: 'trial' },
        { from: '2026-11-16T00:00:00Z' },
        { from: '2026-11-22T00:00:00Z', state: 'paused' },
        { from: '2026-11-25T00:00:00Z' },
      ]),
      expected: [
        ['recurring_fee 2026-11-16T00:00:00Z', '20'],
        ['recurring_fee 2026-11-25T00:00:00Z', '20'],
      ],
    },
    {
      title: 'are nothing after a cancellation',
      subscription: subscriptionOf([{ from: '2026-11-01T00:00:00Z' }], { cancelsAt: at('2026-11-16T00:00:00Z') }),
      expected: [['recurring_fee 2026-11-01T00:00:00Z', '50']],
    },
    {
      title: 'charge seats above those in the fee',
      subscription: subscriptionOf([
        { from: '2026-11-01T00:00:00Z', seats: 2, plan: billingPlanOf({ seats: { included: 2, unitPrice: new Decimal(9) } }) },
        { from: '2026-11-16T00:00:00Z', seats: 5, plan: billingPlanOf({ seats: { included: 2, unitPrice: new Decimal(9) } }) },
      ]),
      expected: [
        ['recurring_fee 2026-11-01T00:00:00Z', '50'],
        ['recurring_fee 2026-11-16T00:00:00Z', '50'],
        ['seats 2026-11-16T00:00:00Z', '13.5'],
      ],
    },
  ])('$title', ({ subscription, expected }) => {
    const parts = feePartsOf({ subscription, plans: [...plansOf(subscription)] }, 'month', at('2026-11-20T00:00:00Z'))
    expect(parts.map(part => [`${part.kind} ${part.period.from.toString()}`, part.amount.toFixed()])).toEqual(expected)
  })

  it('of a day with a clock change are shares of the hours that it has', () => {
    // October 2026 has 745 hours in Berlin; the clocks go back on the 25th.
    const subscription = subscriptionOf([{ from: '2026-09-30T22:00:00Z' }, { from: '2026-10-25T23:00:00Z', plan: business }], { timeZone: 'Europe/Berlin' })
    const [before] = feePartsOf({ subscription, plans: [pro, business] }, 'month', at('2026-10-10T00:00:00Z'))
    expect(before?.share.seconds.toFixed()).toBe(String(601 * 3600))
    expect(before?.share.ofSeconds.toFixed()).toBe(String(745 * 3600))
  })
})

describe('fees that can be billed', () => {
  const due = (subscription: Subscription, plans: readonly BillingPlan[], through: string) =>
    feePartsDue({ subscription, plans }, at(through)).map(({ plan, amount, billableAt }) => `${plan.name} ${amount.toFixed()} ${billableAt.toString()}`)

  it('in advance are those of the interval that has started', () => {
    const subscription = subscriptionOf([{ from: '2026-10-01T00:00:00Z' }])
    expect(due(subscription, [pro], '2026-11-01T00:00:00Z')).toEqual(['pro 100 2026-10-01T00:00:00Z', 'pro 100 2026-11-01T00:00:00Z'])
  })

  it('in arrears are those of the interval that has ended', () => {
    const subscription = subscriptionOf([{ from: '2026-10-01T00:00:00Z', plan: arrears }])
    expect(due(subscription, [arrears], '2026-11-30T00:00:00Z')).toEqual(['arrears 100 2026-11-01T00:00:00Z'])
  })

  it('in arrears are those of the last interval when the subscription ends', () => {
    const subscription = subscriptionOf([{ from: '2026-11-01T00:00:00Z', plan: arrears }], { endedAt: at('2026-11-16T00:00:00Z') })
    expect(due(subscription, [arrears], '2026-11-16T00:00:00Z')).toEqual(['arrears 50 2026-11-16T00:00:00Z'])
  })

  it('do not include a scheduled plan before it starts', () => {
    const subscription = subscriptionOf([{ from: '2026-11-01T00:00:00Z' }, { from: '2026-11-16T00:00:00Z', plan: business }])
    expect(due(subscription, [pro, business], '2026-11-15T00:00:00Z')).toEqual(['pro 50 2026-11-01T00:00:00Z'])
    expect(due(subscription, [pro, business], '2026-11-16T00:00:00Z')).toEqual(['pro 50 2026-11-01T00:00:00Z', 'business 155 2026-11-16T00:00:00Z'])
  })

  it('of a yearly plan are the rest of its year when it replaces a monthly one', () => {
    const subscription = subscriptionOf([{ from: '2026-01-01T00:00:00Z' }, { from: '2026-02-01T00:00:00Z', plan: yearly }])
    expect(due(subscription, [pro, yearly], '2027-01-01T00:00:00Z')).toEqual([
      'pro 100 2026-01-01T00:00:00Z',
      'yearly 1098.08 2026-02-01T00:00:00Z',
      'yearly 1200 2027-01-01T00:00:00Z',
    ])
  })
})

it('prorates the minimum commitment of a month by the time that each plan was active', () => {
  const committed = billingPlanOf({ minimumCommitment: new Decimal(300) })
  const subscription = subscriptionOf([
    { from: '2026-11-01T00:00:00Z', plan: committed },
    { from: '2026-11-11T00:00:00Z', plan: committed, state: 'paused' },
    { from: '2026-11-21T00:00:00Z', plan: business },
  ])
  const parts = minimumCommitments({ subscription, plans: [committed, business] }, at('2026-11-15T00:00:00Z'))
  expect(parts.map(({ plan, amount }) => `${plan.name} ${amount.toFixed()}`)).toEqual(['pro 100'])
})

describe('any sequence of phases', () => {
  const phases = fc
    .uniqueArray(fc.integer({ min: 0, max: 365 * 24 * 3600 - 1 }), { minLength: 1, maxLength: 12 })
    .chain(starts =>
      fc.tuple(fc.constant(starts.toSorted((a, b) => a - b)), fc.array(fc.record({ plan: fc.nat(2), seats: fc.nat(4) }), { minLength: 12, maxLength: 12 })),
    )
  const terms = fc.record({
    fee: fc.bigInt({ min: 1n, max: 10_000_000n }).map(cents => new Decimal(String(cents)).div(100)),
    anchorDay: fc.integer({ min: 1, max: 31 }),
    timeZone: fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Pacific/Apia', 'Australia/Lord_Howe'),
    currency: fc.constantFrom('USD', 'KWD'),
  })

  it('conserves the time of its intervals, and the money of a plan whose fee is the same in all of them', () => {
    fc.assert(
      fc.property(phases, terms, ([starts, choices], { fee, anchorDay, timeZone, currency }) => {
        const plans = [0, 1, 2].map(position => billingPlanOf({ name: `plan-${position}`, recurringFee: fee, currency }))
        const day0 = at('2027-03-01T00:00:00Z')
        const subscription = subscriptionOf(
          starts.map((seconds, position) => ({
            from: day0.add({ seconds }).toString(),
            ...(choices[position] && { plan: plans[choices[position].plan] as BillingPlan, seats: choices[position].seats }),
          })),
          { anchorDay, timeZone },
        )
        // The second interval is whole.
        const first = feeIntervalContaining(subscription, 'month', subscription.startedAt)
        const parts = feePartsOf({ subscription, plans }, 'month', first.to)
        expect(sum(parts.map(({ share }) => share.seconds)).toFixed()).toBe(parts[0]?.share.ofSeconds.toFixed())
        expect(sum(parts.map(({ amount }) => amount)).toFixed()).toBe(fee.toFixed())
      }),
    )
  })

  it('owes for adjoining phases of one plan what it owes for one phase, whatever changes around them', () => {
    fc.assert(
      fc.property(phases, terms, ([starts, choices], { fee, anchorDay, timeZone, currency }) => {
        const plans = [0, 1, 2].map(position => billingPlanOf({ name: `plan-${position}`, recurringFee: fee.times(position + 1), currency }))
        const planAt = (position: number) => plans[choices[position]?.plan ?? 0] as BillingPlan
        const day0 = at('2027-03-01T00:00:00Z')
        const all = starts.map((seconds, position) => ({ from: day0.add({ seconds }).toString(), plan: planAt(position) }))
        const merged = all.filter(({ plan }, position) => position === 0 || plan !== all[position - 1]?.plan)
        const through = day0.add({ hours: 24 * 400 })
        const total = (list: typeof all) => totalsByPlan(feePartsDue({ subscription: subscriptionOf(list, { anchorDay, timeZone }), plans }, through))
        expect(total(all)).toEqual(total(merged))
      }),
    )
  })
})

function sum(amounts: readonly Decimal[]): Decimal {
  return amounts.reduce((total, amount) => total.plus(amount), new Decimal(0))
}

function totalsByPlan(parts: readonly FeePart[]): Record<string, string> {
  const names = [...new Set(parts.map(({ plan }) => plan.name))].toSorted()
  return Object.fromEntries(names.map(name => [name, sum(parts.filter(part => part.plan.name === name).map(({ amount }) => amount)).toFixed()]))
}

function plansOf(subscription: Subscription): readonly BillingPlan[] {
  const seats = { included: 2, unitPrice: new Decimal(9) }
  return [subscription.phases.some(phase => phase.seats > 1) ? billingPlanOf({ seats }) : pro, business]
}
