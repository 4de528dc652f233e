import { Decimal, Temporal, ZERO } from '@tollgate/kernel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CollectionHold } from '../../model/collections/collection-hold.ts'
import type { CollectionPolicy, LateFeeTerms } from '../../model/collections/collection-policy.ts'
import type { CollectionStep } from '../../model/collections/collection-step.ts'
import { type CollectionCase, decideSteps } from './decide-steps.ts'

const at = (text: string) => Temporal.Instant.from(text.length === 10 ? `${text}T00:00:00Z` : text)
const DUE = at('2026-03-01')
const FEE: LateFeeTerms = { kind: 'percent', value: new Decimal(1), everyDays: 30, compound: false, maximumPercent: null }
const POLICY: CollectionPolicy = { graceDays: 7, reminderDays: [-3, 0, 7, 14], lateFee: FEE, uncollectibleAfterDays: null }

type Terms = Partial<Omit<CollectionCase, 'invoice' | 'now'>> & Partial<CollectionCase['invoice']>

function caseOf({ policy = POLICY, holds = [], taken = [], paid = [], ...invoice }: Terms, now: Temporal.Instant): CollectionCase {
  const amountPaid = paid.reduce((sum, change) => (Temporal.Instant.compare(change.at, now) <= 0 ? sum.plus(change.amount) : sum), ZERO)
  const amounts = { currency: 'USD', total: new Decimal(1_000), isOfLateFees: false }
  const usual = { id: 'i1', number: 'INV-1', ...amounts, issuedAt: at('2026-02-01'), dueAt: DUE, timeZone: 'UTC' }
  return { policy, holds, taken, paid, now, invoice: { ...usual, amountPaid, ...invoice } }
}

/** Takes the steps of runs at these times, and returns them all. */
function run(terms: Terms, times: readonly Temporal.Instant[]): readonly CollectionStep[] {
  const taken: CollectionStep[] = []
  for (const now of times) {
    const steps = decideSteps(caseOf({ ...terms, taken }, now))
    taken.push(...steps.map(step => ({ ...step, tenantId: 'acme', takenAt: now })))
  }
  return taken
}

const shown = (steps: readonly Pick<CollectionStep, 'key' | 'outcome' | 'dueAt' | 'amount'>[]) =>
  steps.map(({ key, outcome, dueAt, amount }) => `${dueAt.toString().slice(0, 10)} ${key} ${outcome}${amount === null ? '' : ` ${amount.toFixed()}`}`)
const hold = (from: string, to: string | null): CollectionHold => ({
  id: from,
  tenantId: 'acme',
  kind: 'pause',
  invoiceId: null,
  from: at(from),
  to: to === null ? null : at(to),
  reason: null,
  resolution: null,
})
const days = (from: string, count: number) => Array.from({ length: count }, (_, day) => at(from).add({ hours: 24 * day }))

describe('steps of collections', () => {
  it('remind before, on and after the due date, and charge late fees after the grace period', () => {
    expect(shown(run({}, days('2026-02-20', 60)))).toEqual([
      '2026-02-26 reminder:-3 done',
      '2026-03-01 reminder:0 done',
      '2026-03-08 reminder:7 done',
      '2026-03-08 late_fee:1 done 10',
      '2026-03-15 reminder:14 done',
      '2026-04-07 late_fee:2 done 10',
    ])
  })

  it('remind of an invoice of late fees, and charge no late fees for it', () => {
    const keys = run({ isOfLateFees: true }, days('2026-02-20', 60)).map(({ key }) => key)
    expect(keys).toEqual(['reminder:-3', 'reminder:0', 'reminder:7', 'reminder:14'])
  })

  it('that were missed send the last reminder only, and charge each late fee as of its time', () => {
    const paid = [{ at: at('2026-04-01'), amount: new Decimal(400) }]
    expect(shown(run({ paid }, [at('2026-05-20')]))).toEqual([
      '2026-02-26 reminder:-3 skipped',
      '2026-03-01 reminder:0 skipped',
      '2026-03-08 reminder:7 skipped',
      '2026-03-08 late_fee:1 done 10',
      '2026-03-15 reminder:14 done',
      '2026-04-07 late_fee:2 done 6',
      '2026-05-07 late_fee:3 done 6',
    ])
  })

  it('do not remind of a day before the invoice was issued, or that has passed', () => {
    const policy = { ...POLICY, reminderDays: [-3], lateFee: null }
    expect(shown(run({ policy, issuedAt: at('2026-02-27') }, [at('2026-02-27')]))).toEqual(['2026-02-26 reminder:-3 skipped'])
    expect(shown(run({ policy }, [at('2026-03-02')]))).toEqual(['2026-02-26 reminder:-3 skipped'])
  })

  it('stop at payment', () => {
    const paid = [{ at: at('2026-03-05'), amount: new Decimal(1_000) }]
    expect(shown(run({ paid }, days('2026-03-01', 60)))).toEqual(['2026-02-26 reminder:-3 skipped', '2026-03-01 reminder:0 done'])
  })

  it('count no days of a pause or dispute', () => {
    const holds = [hold('2026-03-03', '2026-03-13'), hold('2026-03-10', '2026-03-23')]
    const policy = { ...POLICY, reminderDays: [0, 7] }
    expect(shown(run({ policy, holds }, days('2026-03-01', 60)))).toEqual([
      '2026-03-01 reminder:0 done',
      '2026-03-28 reminder:7 done',
      '2026-03-28 late_fee:1 done 10',
      '2026-04-27 late_fee:2 done 10',
    ])
    expect(run({ policy, holds: [hold('2026-03-01', null)] }, days('2026-02-27', 90))).toEqual([])
  })

  it('end when the invoice becomes uncollectible', () => {
    const policy = { ...POLICY, reminderDays: [60], uncollectibleAfterDays: 60 }
    expect(shown(run({ policy }, [at('2026-05-20'), at('2026-08-01')]))).toEqual([
      '2026-03-08 late_fee:1 done 10',
      '2026-04-07 late_fee:2 done 10',
      '2026-04-30 reminder:60 skipped',
      '2026-04-30 uncollectible done',
    ])
  })

  it.each([
    { name: 'once', terms: { everyDays: null }, fees: ['10'] },
    { name: 'simple', terms: {}, fees: ['10', '10', '10'] },
    { name: 'compound', terms: { compound: true }, fees: ['10', '10.1', '10.2'] },
    { name: 'fixed', terms: { kind: 'fixed' as const, value: new Decimal('2.5') }, fees: ['2.5', '2.5', '2.5'] },
    { name: 'capped', terms: { maximumPercent: new Decimal('2.45') }, fees: ['10', '10', '4.5'] },
  ])('charge late fees: $name', ({ terms, fees }) => {
    const policy = { ...POLICY, reminderDays: [], lateFee: { ...FEE, ...terms } }
    expect(run({ policy }, [at('2026-05-10'), at('2026-05-11')]).map(({ amount }) => amount?.toFixed())).toEqual(fees)
  })

  it('count days in the zone of the invoice, also when its clocks change', () => {
    const policy = { ...POLICY, graceDays: 0, reminderDays: [30], lateFee: null }
    const [step] = run({ policy, timeZone: 'Europe/Berlin', dueAt: at('2026-02-28T23:00:00Z') }, [at('2026-05-01')])
    expect(step?.dueAt.toString()).toBe('2026-03-30T22:00:00Z')
  })

  const policies = fc.record({
    graceDays: fc.nat({ max: 20 }),
    reminderDays: fc.uniqueArray(fc.integer({ min: -10, max: 40 }), { maxLength: 5 }).map(list => list.sort((one, other) => one - other)),
    lateFee: fc.option(
      fc.record({
        kind: fc.constantFrom('fixed' as const, 'percent' as const),
        value: fc.integer({ min: 1, max: 900 }).map(value => new Decimal(value).div(100)),
        everyDays: fc.option(fc.integer({ min: 1, max: 20 })),
        compound: fc.boolean(),
        maximumPercent: fc.option(fc.integer({ min: 1, max: 50 }).map(percent => new Decimal(percent))),
      }),
    ),
    uncollectibleAfterDays: fc.option(fc.integer({ min: 20, max: 80 })),
  })
  const hour = fc.integer({ min: -300, max: 2_000 })
  const hours = (count: number) => DUE.add({ hours: count })
  const holds = fc.array(
    fc.tuple(hour, fc.integer({ min: 1, max: 400 })).map(([from, length]) => ({ ...hold('2026-01-01', null), from: hours(from), to: hours(from + length) })),
    { maxLength: 3 },
  )
  const payments = fc.array(
    fc.tuple(hour, fc.integer({ min: 1, max: 300 })).map(([time, amount]) => ({ at: hours(time), amount: new Decimal(amount) })),
    { maxLength: 3 },
  )

  it('are each taken once, and late fees are the same, however the clock jumps', () => {
    fc.assert(
      fc.property(policies, holds, payments, fc.array(hour, { maxLength: 12 }), (policy, held, paid, jumps) => {
        const terms = { policy, holds: held, paid }
        // Nothing is taken in a hold, so both end outside of any.
        const end = 2_500
        const hourly = run(
          terms,
          Array.from({ length: (end + 300) / 4 + 1 }, (_, i) => hours(-300 + 4 * i)),
        )
        const jumping = run(terms, [...jumps.sort((one, other) => one - other).map(hours), hours(end)])
        for (const steps of [hourly, jumping]) expect(new Set(steps.map(({ key }) => key)).size).toBe(steps.length)
        const fees = (steps: readonly CollectionStep[]) => shown(steps.filter(({ kind }) => kind !== 'reminder'))
        expect(fees(jumping)).toEqual(fees(hourly))
        for (const { dueAt, takenAt, outcome } of [...hourly, ...jumping]) {
          expect(Temporal.Instant.compare(dueAt, takenAt)).toBeLessThanOrEqual(0)
          const isHeld = held.some(
            ({ from, to }) => outcome === 'done' && Temporal.Instant.compare(from, dueAt) <= 0 && Temporal.Instant.compare(dueAt, to) < 0,
          )
          expect(isHeld).toBe(false)
        }
        const sum = hourly.reduce((total, { amount }) => total.plus(amount ?? 0), ZERO)
        if (policy.lateFee?.maximumPercent) expect(sum.lte(policy.lateFee.maximumPercent.times(10))).toBe(true)
      }),
      { numRuns: 60 },
    )
  })
})
