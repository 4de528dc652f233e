import { Decimal, Temporal } from '@tollgate/kernel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Subscription } from '../../model/subscriptions/subscription.ts'
import { billingPlanOf } from '../../testing/builders/billing-plan.ts'
import { type PhaseOfTest, subscriptionOf } from '../../testing/builders/subscription.ts'
import { revenueMovements, sumRecurringRevenue } from './recurring-revenue.ts'

const at = (text: string) => Temporal.Instant.from(text)
const free = billingPlanOf({ name: 'free', recurringFee: new Decimal(0) })
const pro = billingPlanOf({ seats: { included: 1, unitPrice: new Decimal(10) } })
const yearly = billingPlanOf({ name: 'yearly', feeInterval: 'year', recurringFee: new Decimal(1000) })
const euro = billingPlanOf({ name: 'euro', currency: 'EUR' })
const plans = [free, pro, yearly, euro]

function movementsOf(...subscriptions: readonly Subscription[]): string[] {
  return revenueMovements(subscriptions, plans, 'USD').map(movement => `${movement.at.toString().slice(5, 10)} ${movement.kind} ${movement.amount.toFixed()}`)
}

describe('movements of recurring revenue', () => {
  it('are new, expansion and contraction as plan and seats change', () => {
    const subscription = subscriptionOf([
      { from: '2026-01-01T00:00:00Z', plan: pro, state: 'trial' },
      { from: '2026-01-15T00:00:00Z', plan: pro },
      { from: '2026-02-01T00:00:00Z', plan: pro, seats: 4 },
      { from: '2026-03-01T00:00:00Z', plan: yearly },
    ])
    expect(movementsOf(subscription)).toEqual(['01-15 new 100', '02-01 expansion 30', '03-01 contraction -46.666667'])
  })

  it('are churn when revenue ends, and reactivation when it comes back', () => {
    const first = subscriptionOf([{ from: '2026-01-01T00:00:00Z', plan: pro }], { endedAt: at('2026-03-01T00:00:00Z') })
    const second = subscriptionOf([
      { from: '2026-05-01T00:00:00Z', plan: free },
      { from: '2026-06-01T00:00:00Z', plan: pro },
      { from: '2026-07-01T00:00:00Z', plan: pro, state: 'paused' },
    ])
    expect(movementsOf(first, second)).toEqual(['01-01 new 100', '03-01 churn -100', '06-01 reactivation 100', '07-01 churn -100'])
  })

  it('are none between subscriptions that adjoin with the same revenue', () => {
    const first = subscriptionOf([{ from: '2026-01-01T00:00:00Z', plan: pro }], { endedAt: at('2026-03-01T00:00:00Z') })
    expect(movementsOf(first, subscriptionOf([{ from: '2026-03-01T00:00:00Z', plan: pro }]))).toEqual(['01-01 new 100'])
  })
})

it('counts the movements since a time, and the tenants that pay', () => {
  const sum = sumRecurringRevenue({ at: at('2026-02-15T00:00:00Z'), since: at('2026-02-01T00:00:00Z'), currency: 'USD' })
  sum.add(
    [
      subscriptionOf([
        { from: '2026-01-01T00:00:00Z', plan: pro },
        { from: '2026-02-01T00:00:00Z', plan: pro, seats: 3 },
      ]),
    ],
    plans,
  )
  sum.add([subscriptionOf([{ from: '2026-01-01T00:00:00Z', plan: euro }], { tenantId: 'globex' })], plans)
  const { mrr, arr, movements, payingTenants } = sum.total()
  expect([mrr.toFixed(), arr.toFixed(), movements.new.toFixed(), movements.expansion.toFixed(), payingTenants]).toEqual(['120', '1440', '0', '20', 1])
})

it('is at any time the sum of all movements until then', () => {
  const phase = fc.record({
    hours: fc.integer({ min: 1, max: 2_000 }),
    plan: fc.constantFrom(...plans),
    seats: fc.integer({ min: 1, max: 5 }),
    state: fc.constantFrom('trial', 'active', 'paused'),
  })
  const tenant = fc.record({ phases: fc.array(phase, { minLength: 1, maxLength: 12 }), endsAfter: fc.nat(11) })
  fc.assert(
    fc.property(fc.array(tenant, { maxLength: 4 }), fc.integer({ min: 0, max: 10_000 }), (tenants, hours) => {
      const query = { at: at('2026-01-01T00:00:00Z').add({ hours }), since: null, currency: 'USD' }
      const sum = sumRecurringRevenue(query)
      for (const { phases, endsAfter } of tenants) sum.add(subscriptionsOf(phases, endsAfter), plans)
      const { mrr, movements } = sum.total()
      const moved = Object.values(movements).reduce((total, amount) => total.plus(amount))
      expect(moved.toFixed()).toBe(mrr.toFixed())
    }),
  )
})

/** Two subscriptions: the second one starts an hour after the end of the first. */
function subscriptionsOf(phases: readonly { hours: number; plan: PhaseOfTest['plan']; seats: number; state: string }[], endsAfter: number): Subscription[] {
  let start = at('2026-01-01T00:00:00Z')
  const starting = phases.map(({ hours, plan, seats, state }) => {
    const from = start
    start = start.add({ hours })
    return { from: from.toString(), seats, state: state as 'active', ...(plan && { plan }) }
  })
  const second = starting.slice(endsAfter + 1)
  const [next] = second
  const first = subscriptionOf(starting.slice(0, endsAfter + 1), next === undefined ? {} : { endedAt: at(next.from).subtract({ minutes: 30 }) })
  return next === undefined ? [first] : [first, subscriptionOf(second)]
}
