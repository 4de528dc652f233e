import { Decimal, type DomainError, Temporal } from '@tollgate/kernel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Subscription } from '../../model/subscriptions/subscription.ts'
import { billingPlanOf } from '../../testing/builders/billing-plan.ts'
import { subscriptionOf } from '../../testing/builders/subscription.ts'
import { feePartsOf } from '../fees/fee-parts.ts'
import { feeIntervalContaining } from '../fees/fee-interval.ts'
import { cancel } from './cancel.ts'
import { changePlan, changeSeats } from './change-plan.ts'
import type { ChangeContext, ChangeTime } from './change-time.ts'
import { pause, resume } from './pause.ts'
import { startSubscription } from './start-subscription.ts'
import { statusAt } from './status-at.ts'
import { convertTrial, expireTrial, extendTrial } from './trial.ts'

const at = (text: string) => Temporal.Instant.from(text)
const seats = { included: 1, unitPrice: new Decimal(10) }
const pro = billingPlanOf({ seats })
const business = billingPlanOf({ name: 'business', recurringFee: new Decimal(310), seats })
const yearly = billingPlanOf({ name: 'yearly', feeInterval: 'year' })
const plans = [pro, business, yearly]
const on = (date: string): ChangeContext => ({ now: at(`2026-11-${date}T00:00:00Z`), plans })

const active = subscriptionOf([{ from: '2026-11-01T00:00:00Z', plan: pro, seats: 3 }])
const trial = (converts = false) =>
  startSubscription(
    {
      id: active.id,
      tenantId: 'acme',
      currency: 'USD',
      anchorDay: 1,
      timeZone: 'UTC',
      previousTier: null,
      plan: pro,
      seats: 3,
      from: at('2026-11-01T00:00:00Z'),
      trial: { endsAt: at('2026-11-15T00:00:00Z'), converts },
    },
    at('2026-11-01T00:00:00Z'),
  )

/** Describes the phases of November and December 2026: "1 active pro×3" starts on the first. */
function phasesOf({ phases }: Subscription): string[] {
  return phases.map(({ from, to, state, plan, seats: count }) => `${day(from)}–${to === null ? '' : day(to)} ${state} ${plan.key}×${count}`)
}

function day(instant: Temporal.Instant): string {
  return instant.toZonedDateTimeISO('UTC').toPlainDate().toString().slice(5)
}

function codeOf(run: () => unknown): string | undefined {
  try {
    run()
    return undefined
  } catch (error) {
    return (error as DomainError).code
  }
}

describe('a change of the plan', () => {
  it('takes effect now', () => {
    expect(phasesOf(changePlan(active, { plan: business, at: 'now' }, on('11')))).toEqual(['11-01–11-11 active pro×3', '11-11– active business×3'])
  })

  it('takes effect at the end of the period', () => {
    expect(phasesOf(changePlan(active, { plan: business, seats: 5, at: 'period_end' }, on('11')))).toEqual([
      '11-01–12-01 active pro×3',
      '12-01– active business×5',
    ])
  })

  it('takes effect at the end of the year of a yearly plan', () => {
    const subscription = subscriptionOf([{ from: '2026-03-01T00:00:00Z', plan: yearly }])
    expect(changePlan(subscription, { plan: pro, at: 'period_end' }, on('11')).phases[1]?.from.toString()).toBe('2027-03-01T00:00:00Z')
  })

  it('replaces one that was scheduled', () => {
    const scheduled = changePlan(active, { plan: business, at: 'period_end' }, on('11'))
    expect(phasesOf(changePlan(scheduled, { plan: yearly, at: 'now' }, on('12')))).toEqual(['11-01–11-12 active pro×3', '11-12– active yearly×1'])
    expect(phasesOf(changePlan(scheduled, { plan: pro, at: 'now' }, on('12')))).toEqual(['11-01– active pro×3'])
  })

  it('keeps the end of a subscription that will be cancelled', () => {
    const ending = cancel(active, 'period_end', on('11'))
    expect(phasesOf(changePlan(ending, { plan: business, at: 'now' }, on('12')))).toEqual(['11-01–11-12 active pro×3', '11-12–12-01 active business×3'])
  })

  it('applies to a trial and to what follows it', () => {
    expect(phasesOf(changePlan(trial(true), { plan: business, at: 'now' }, on('05')))).toEqual([
      '11-01–11-05 trial pro×3',
      '11-05–11-15 trial business×3',
      '11-15– active business×3',
    ])
  })
})

describe('seats', () => {
  it('change in the current phase and in those that are scheduled', () => {
    const scheduled = changePlan(active, { plan: business, at: 'period_end' }, on('11'))
    expect(phasesOf(changeSeats(scheduled, { seats: 7, at: 'now' }, on('12')))).toEqual([
      '11-01–11-12 active pro×3',
      '11-12–12-01 active pro×7',
      '12-01– active business×7',
    ])
  })
})

describe('a trial', () => {
  it.each<[string, Subscription, string[], string]>([
    ['expires at its end', trial(), ['11-01–11-15 trial pro×3'], 'expired'],
    ['goes on as an active subscription if it says so', trial(true), ['11-01–11-15 trial pro×3', '11-15– active pro×3'], 'active'],
    [
      'is extended, with what follows it',
      extendTrial(trial(true), at('2026-11-22T00:00:00Z'), on('05')),
      ['11-01–11-22 trial pro×3', '11-22– active pro×3'],
      'trialing',
    ],
    ['is converted now', convertTrial(trial(), { at: 'now' }, on('05')), ['11-01–11-05 trial pro×3', '11-05– active pro×3'], 'active'],
    [
      'is converted to another plan at its end',
      convertTrial(trial(), { at: 'trial_end', plan: business, seats: 4 }, on('05')),
      ['11-01–11-15 trial pro×3', '11-15– active business×4'],
      'active',
    ],
    [
      'that would be cancelled is converted at its old end',
      convertTrial(cancel(trial(true), 'period_end', on('05')), { at: 'trial_end' }, on('06')),
      ['11-01–11-15 trial pro×3', '11-15– active pro×3'],
      'active',
    ],
    ['is ended', expireTrial(trial(true), on('05')), ['11-01–11-05 trial pro×3'], 'expired'],
    ['is cancelled', cancel(trial(true), 'period_end', on('05')), ['11-01–11-15 trial pro×3'], 'cancelled'],
  ])('%s', (_title, subscription, phases, later) => {
    expect(phasesOf(subscription)).toEqual(phases)
    expect(statusAt(subscription, at('2026-11-20T00:00:00Z'))).toBe(later)
  })
})

describe('a pause', () => {
  it('lasts until the subscription is resumed', () => {
    const paused = pause(active, { resumesAt: null }, on('10'))
    expect(paused.status).toBe('paused')
    expect(phasesOf(resume(paused, on('20')))).toEqual(['11-01–11-10 active pro×3', '11-10–11-20 paused pro×3', '11-20– active pro×3'])
  })

  it('ends by itself at the time that it names', () => {
    const paused = pause(active, { resumesAt: at('2026-11-20T00:00:00Z') }, on('10'))
    expect(statusAt(paused, at('2026-11-19T23:59:59Z'))).toBe('paused')
    expect(statusAt(paused, at('2026-11-20T00:00:00Z'))).toBe('active')
  })
})

describe('a cancellation', () => {
  it('ends the subscription now', () => {
    const ended = cancel(active, 'now', on('11'))
    expect([ended.status, ended.endedAt?.toString(), phasesOf(ended)]).toEqual(['cancelled', '2026-11-11T00:00:00Z', ['11-01–11-11 active pro×3']])
  })

  it('ends it at the end of the period, and can be withdrawn until then', () => {
    const ending = cancel(active, 'period_end', on('11'))
    expect([ending.status, ending.cancelsAt?.toString()]).toEqual(['active', '2026-12-01T00:00:00Z'])
    expect(phasesOf(resume(ending, on('12')))).toEqual(['11-01– active pro×3'])
  })

  it('of a subscription that has not started leaves nothing to bill', () => {
    const future = subscriptionOf([{ from: '2026-12-01T00:00:00Z' }], { status: 'scheduled', advancedTo: at('2026-11-01T00:00:00Z') })
    const ended = cancel(future, 'now', on('11'))
    expect([ended.status, ended.phases, ended.endedAt?.toString()]).toEqual(['cancelled', [], '2026-11-11T00:00:00Z'])
  })
})

it.each<[string, string, () => unknown]>([
  ['a plan change in the past', 'CHANGE_IN_THE_PAST', () => changePlan(active, { plan: business, at: at('2026-11-10T00:00:00Z') }, on('11'))],
  ['a pause that ends in the past', 'CHANGE_IN_THE_PAST', () => pause(active, { resumesAt: at('2026-11-10T00:00:00Z') }, on('11'))],
  [
    'a change of a subscription that has ended',
    'SUBSCRIPTION_NOT_CHANGEABLE',
    () => changePlan(cancel(active, 'now', on('10')), { plan: business, at: 'now' }, on('11')),
  ],
  [
    'a plan change after the end',
    'SUBSCRIPTION_NOT_CHANGEABLE',
    () => changePlan(cancel(active, 'period_end', on('10')), { plan: business, at: 'period_end' }, on('11')),
  ],
  ['a pause of a trial', 'SUBSCRIPTION_NOT_CHANGEABLE', () => pause(trial(), { resumesAt: null }, on('02'))],
  ['a conversion without a trial', 'SUBSCRIPTION_NOT_CHANGEABLE', () => convertTrial(active, { at: 'now' }, on('02'))],
  ['a trial that is extended to an earlier time', 'INVALID_INPUT', () => extendTrial(trial(), at('2026-11-10T00:00:00Z'), on('02'))],
  ['resuming what is not paused', 'SUBSCRIPTION_NOT_CHANGEABLE', () => resume(active, on('02'))],
  ['no seats', 'INVALID_INPUT', () => changeSeats(active, { seats: 0, at: 'now' }, on('02'))],
  ['seats of a plan without seats', 'INVALID_INPUT', () => changePlan(active, { plan: yearly, seats: 2, at: 'now' }, on('02'))],
])('rejects %s', (_title, code, run) => {
  expect(codeOf(run)).toBe(code)
})

describe('any sequence of changes', () => {
  const time = fc.constantFrom<ChangeTime>('now', 'period_end')
  const step = fc.record({
    hours: fc.integer({ min: 0, max: 24 * 40 }),
    time,
    plan: fc.constantFrom(...plans),
    seats: fc.integer({ min: 1, max: 9 }),
    kind: fc.constantFrom('plan', 'seats', 'pause', 'pause-until', 'resume', 'cancel', 'extend', 'convert'),
  })

  it('leaves phases that adjoin, keeps what has been in effect, and bills each instant of the interval once', () => {
    fc.assert(
      fc.property(fc.boolean(), fc.array(step, { maxLength: 15 }), fc.integer({ min: 1, max: 31 }), (converts, steps, anchorDay) => {
        let subscription: Subscription = { ...trial(converts), anchorDay }
        let now = subscription.startedAt
        for (const { hours, ...change } of steps) {
          now = now.add({ hours })
          const before = subscription
          subscription = changed(before, change, { now, plans })
          expect(history(subscription, now)).toEqual(history(before, now))
          expect(subscription.revision - before.revision).toBe(subscription === before ? 0 : 1)
        }
        const { phases, startedAt } = subscription
        phases.forEach(({ from, to }, position) => {
          expect(from.toString()).toBe((position === 0 ? startedAt : phases[position - 1]?.to)?.toString())
          if (to !== null) expect(Temporal.Instant.compare(from, to)).toBe(-1)
        })
        // Fees of one unit per second: what is billed is the time in active phases.
        const interval = feeIntervalContaining(subscription, 'month', now)
        const seconds = interval.to.since(interval.from).total('seconds')
        const priced = plans.map(plan => ({ ...plan, recurringFee: new Decimal(seconds), feeInterval: 'month' as const, seats: null }))
        const billed = feePartsOf({ subscription, plans: priced }, 'month', now).reduce((sum, { amount }) => sum.plus(amount), new Decimal(0))
        const activeSeconds = phases
          .filter(({ state }) => state === 'active')
          .map(({ from, to }) => Math.max(0, overlap(interval, { from, to: to ?? interval.to })))
          .reduce((sum, part) => sum + part, 0)
        expect(billed.toFixed()).toBe(String(activeSeconds))
      }),
    )
  })

  type Step = Omit<typeof step extends fc.Arbitrary<infer Value> ? Value : never, 'hours'>

  function changed(subscription: Subscription, { kind, time: when, plan, seats: count }: Step, context: ChangeContext): Subscription {
    try {
      if (kind === 'plan') return changePlan(subscription, { plan, at: when }, context)
      if (kind === 'seats') return changeSeats(subscription, { seats: count, at: when }, context)
      if (kind === 'pause') return pause(subscription, { resumesAt: null }, context)
      if (kind === 'pause-until') return pause(subscription, { resumesAt: context.now.add({ hours: count * 50 }) }, context)
      if (kind === 'resume') return resume(subscription, context)
      if (kind === 'cancel') return cancel(subscription, when, context)
      if (kind === 'extend') return extendTrial(subscription, context.now.add({ hours: count * 100 }), context)
      return convertTrial(subscription, { at: when === 'now' ? 'now' : 'trial_end' }, context)
    } catch (error) {
      expect((error as DomainError).code).toMatch(/^(SUBSCRIPTION_NOT_CHANGEABLE|CHANGE_IN_THE_PAST|INVALID_INPUT)$/)
      return subscription
    }
  }

  /** What was in effect before a time, with phases that differ in nothing joined. */
  function history({ phases }: Subscription, until: Temporal.Instant): string[] {
    const past = phases.flatMap(({ from, to, state, plan, seats: count }) => {
      if (Temporal.Instant.compare(from, until) >= 0) return []
      const end = to === null || Temporal.Instant.compare(to, until) > 0 ? until : to
      return [{ end, text: `${state} ${plan.key}×${count}` }]
    })
    return past.filter(({ text }, position) => text !== past[position + 1]?.text).map(({ end, text }) => `${text} until ${end.toString()}`)
  }

  function overlap(one: { from: Temporal.Instant; to: Temporal.Instant }, other: { from: Temporal.Instant; to: Temporal.Instant }): number {
    const from = Math.max(one.from.epochMilliseconds, other.from.epochMilliseconds)
    return (Math.min(one.to.epochMilliseconds, other.to.epochMilliseconds) - from) / 1000
  }
})
