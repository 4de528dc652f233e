import { Decimal, type Period, round, Temporal, ZERO } from '@tollgate/kernel'
import type { BillingPeriod } from '../../model/billing/billed-period.ts'
import { type BilledCharge, convert, convertedNet, type DueCharge, netOf, NOT_FROM_USAGE, sumOf } from '../../model/billing/due-charge.ts'
import type { AppliedRate } from '../../model/billing/exchange-rate.ts'
import type { BillingPlan } from '../../model/plans/billing-plan.ts'
import type { Subscription } from '../../model/subscriptions/subscription.ts'
import type { RateTable } from '../currency/rate-table.ts'
import { type FeePart, feePartsDue } from '../fees/fee-parts.ts'
import { findPlan } from '../fees/find-plan.ts'
import { minimumCommitments } from '../fees/minimum-commitments.ts'
import { phasesWithin } from '../fees/phases-within.ts'
import { shareOfAmount, timeShare } from '../fees/time-share.ts'
import { feeDues } from './fee-dues.ts'
import { share } from './usage-charge.ts'
import { type PeriodUsage, usageDues } from './usage-dues.ts'

/** A billing period with what was used in it. */
export interface PeriodToCharge extends BillingPeriod {
  readonly usage: PeriodUsage
  /** Credits that were consumed in it. */
  readonly consumedCredits: Decimal
}

/** What the charges of a subscription depend on. */
export interface ChargesInput {
  readonly subscription: Pick<Subscription, 'currency' | 'timeZone' | 'anchorDay' | 'startedAt' | 'phases'>
  /** Every plan version that a phase names. */
  readonly plans: readonly BillingPlan[]
  /** Periods to charge, in order. */
  readonly periods: readonly PeriodToCharge[]
  readonly rates: RateTable
  /** What was billed before. Its exchange rates are used again. */
  readonly billed: readonly BilledCharge[]
  /** Fees and commitments that can be billed at this time are due. */
  readonly through: Temporal.Instant
  /** Charges of intervals that end by then are settled for good. */
  readonly since: Temporal.Instant
}

/** Returns everything that is due for a subscription at a time, as it is known now. Exact: nothing is rounded. */
export function dueCharges(input: ChargesInput): readonly DueCharge[] {
  const { subscription, plans, through, since, periods } = input
  const convertFor = conversions(input)
  const fees = feeDues(
    feePartsDue({ subscription, plans }, through).filter(({ interval }) => isAfter(interval.to, since)),
    plans,
  ).map(fee => {
    const date = fee.details['timing'] === 'in_advance' ? dateAt(fee.period.from, subscription) : lastDate(fee.basis, through, subscription)
    return { ...fee, conversion: convertFor(fee.currency, fee, date) }
  })
  return [
    ...fees,
    ...periods.flatMap(charged => {
      const date = lastDate(charged.period, through, subscription)
      const used = usageDuesOf(input, charged, { convertFor, date })
      const isOver = Temporal.Instant.compare(charged.period.to, through) <= 0
      return isOver ? [...used, ...commitmentDue(input, { period: charged.period, used, convertFor, date })] : used
    }),
  ]
}

/**
 * Returns what a subscription costs in any range: its usage, and the shares of the fees that fall in it. Without minimum
 * commitments, which are for whole billing periods.
 */
export function rangeCharges(input: ChargesInput, charged: PeriodToCharge): readonly DueCharge[] {
  const { subscription, plans } = input
  const { period } = charged
  const convertFor = conversions(input)
  const date = dateAt(period.to.subtract({ nanoseconds: 1 }), subscription)
  const parts = feePartsDue({ subscription, plans }, period.to.add({ hours: LONGEST_INTERVAL_HOURS })).flatMap(part => cutPart(part, period))
  const fees = feeDues(parts, plans).map(fee => ({ ...fee, conversion: convertFor(fee.currency, { basis: period }, date) }))
  return [...fees, ...usageDuesOf(input, charged, { convertFor, date })]
}

/** A fee in arrears can be billed a year after it starts. */
const LONGEST_INTERVAL_HOURS = 24 * 400

/** Cuts a part of a fee to a range. The cuts of adjoining ranges add up to the part. */
function cutPart(part: FeePart, range: Period): readonly FeePart[] {
  const from = isAfter(part.period.from, range.from) ? part.period.from : range.from
  const to = isAfter(part.period.to, range.to) ? range.to : part.period.to
  if (!isAfter(to, from)) return []
  const period = { from, to }
  return [{ ...part, period, share: timeShare(period, part.interval), amount: shareOfAmount(part.amount, part.currency, period, part.period) }]
}

/** A fee, by its key, or the usage of a period. */
interface ChargeToConvert {
  readonly basis: Period
  readonly key?: string
}

type Conversions = (currency: string, at: ChargeToConvert, date: Temporal.PlainDate) => AppliedRate | null

/** Finds the rate of a charge: the one that it was billed with, or the one of its day. All usage of a period has one rate, and each fee its own. */
function conversions({ billed, rates, subscription }: ChargesInput): Conversions {
  const used = new Map<string, AppliedRate>()
  for (const { kind, key, currency, basis, conversion } of billed) {
    if (conversion !== null) used.set(rateKey(currency, kind === 'usage' ? { basis } : { basis, key }), conversion)
  }
  return (currency, at, date) => {
    if (currency === subscription.currency) return null
    return used.get(rateKey(currency, at)) ?? rates.rate(currency, subscription.currency, date)
  }
}

function rateKey(currency: string, { basis: { from, to }, key = 'usage' }: ChargeToConvert): string {
  return JSON.stringify([currency, from.toString(), to.toString(), key])
}

/** Returns what is due for the usage of a period, after what credits pay. */
function usageDuesOf(input: ChargesInput, charged: PeriodToCharge, { convertFor, date }: PeriodConversion): readonly DueCharge[] {
  const { period, usage } = charged
  const hasUsage = usage.stretches.some(({ charges }) => charges.length > 0)
  const conversion = hasUsage ? convertFor(usage.currency, { basis: period }, date) : null
  return withCredits(input, { charged, used: usageDues(charged, usage, conversion), conversion, convertFor, date })
}

interface PeriodConversion {
  readonly convertFor: Conversions
  readonly date: Temporal.PlainDate
}

/** Returns what usage falls short of the minimum commitment. */
function commitmentDue(
  { subscription, plans }: ChargesInput,
  { period, used, convertFor, date }: PeriodConversion & { readonly period: Period; readonly used: readonly DueCharge[] },
): readonly DueCharge[] {
  const parts = minimumCommitments({ subscription, plans }, period.from)
  if (parts.length === 0) return []
  const committed = sumOf(parts.map(({ amount, currency }) => convert(amount, { conversion: convertFor(currency, { basis: period }, date) })))
  const charged = sumOf(used.map(charge => convertedNet({ ...charge, credits: ZERO })))
  const missing = Decimal.max(ZERO, committed.minus(charged))
  return [
    {
      key: JSON.stringify(['minimum_commitment', period.from.toString()]),
      kind: 'minimum_commitment',
      description: 'Minimum commitment, not used',
      basis: period,
      period,
      quantity: new Decimal(1),
      unit: 'month',
      currency: subscription.currency,
      amount: missing,
      ...NOT_FROM_USAGE,
      details: {
        committed: committed.toFixed(),
        charged: charged.toFixed(),
        commitments: parts.map(part => ({
          plan: part.plan.key,
          from: part.period.from.toString(),
          to: part.period.to.toString(),
          seconds: part.share.seconds.toFixed(),
          ofSeconds: part.share.ofSeconds.toFixed(),
          monthAmount: part.monthAmount.toFixed(),
          amount: part.amount.toFixed(),
          currency: part.currency,
        })),
      },
    },
  ]
}

/** Decimal places of what credits pay, where it is converted. */
const CREDIT_SCALE = 24

/** Lets consumed credits pay usage, in proportion to what it costs, and never more than that. */
function withCredits(
  { subscription, plans }: ChargesInput,
  {
    charged: { period, consumedCredits, usage },
    used,
    conversion,
    convertFor,
    date,
  }: PeriodConversion & { readonly charged: PeriodToCharge; readonly used: readonly DueCharge[]; readonly conversion: AppliedRate | null },
): readonly DueCharge[] {
  const phase = phasesWithin(subscription, period).findLast(within => within.phase.state === 'active')?.phase
  if (phase === undefined || consumedCredits.lte(0)) return used
  const { creditValue, currency } = findPlan(plans, phase.plan)
  const nets = used.map(charge => Decimal.max(ZERO, netOf(charge)))
  const total = sumOf(nets)
  if (creditValue === null || total.isZero()) return used
  const value = valueIn(usage.currency, consumedCredits.times(creditValue), { currency, conversion, own: convertFor(currency, { basis: period }, date) })
  const shares = share(Decimal.min(total, value), nets)
  return used.map((charge, i) => ({
    ...charge,
    credits: shares[i] ?? ZERO,
    details: { ...charge.details, credits: { consumed: consumedCredits.toFixed(), value: creditValue.toFixed(), currency, plan: phase.plan.key } },
  }))
}

/** Converts the value of credits, in the currency of the plan, into the currency of usage. */
function valueIn(
  usageCurrency: string,
  value: Decimal,
  { currency, conversion, own }: { readonly currency: string; readonly conversion: AppliedRate | null; readonly own: AppliedRate | null },
): Decimal {
  if (currency === usageCurrency) return value
  const inInvoiceCurrency = convert(value, { conversion: own })
  return conversion === null ? inInvoiceCurrency : round(inInvoiceCurrency.div(conversion.rate), { scale: CREDIT_SCALE, mode: 'half-even' })
}

/** Returns the last day of a period in the zone of the subscription; for a period that goes on, the day of `through`. */
function lastDate(period: Period, through: Temporal.Instant, subscription: Pick<Subscription, 'timeZone'>): Temporal.PlainDate {
  const end = isAfter(period.to, through) ? through : period.to
  return dateAt(end.subtract({ nanoseconds: 1 }), subscription)
}

function dateAt(instant: Temporal.Instant, { timeZone }: Pick<Subscription, 'timeZone'>): Temporal.PlainDate {
  return instant.toZonedDateTimeISO(timeZone).toPlainDate()
}

function isAfter(a: Temporal.Instant, b: Temporal.Instant): boolean {
  return Temporal.Instant.compare(a, b) > 0
}
