import { allocate, Decimal, minorUnits, type Period, type Temporal } from '@tollgate/kernel'

/** A part of an interval, as elapsed seconds. Exact: their quotient is the share. */
export interface TimeShare {
  readonly seconds: Decimal
  readonly ofSeconds: Decimal
}

/** Returns the share of an interval that a period within it takes, by elapsed time. */
export function timeShare(within: Period, interval: Period): TimeShare {
  return { seconds: secondsBetween(within.from, within.to), ofSeconds: secondsBetween(interval.from, interval.to) }
}

/**
 * Returns what a period takes of the amount for a whole interval, in minor units of the currency, or in the decimal places
 * of the amount if it has more. Adjoining periods take together exactly what they would take as one, and all of the
 * interval takes the amount: each takes the difference between what has accrued at its end and at its start.
 */
export function shareOfAmount(amount: Decimal, currency: string, within: Period, interval: Period): Decimal {
  const scale = Math.max(minorUnits(currency), amount.decimalPlaces())
  return accruedAt(amount, scale, within.to, interval).minus(accruedAt(amount, scale, within.from, interval))
}

function accruedAt(amount: Decimal, scale: number, at: Temporal.Instant, interval: Period): Decimal {
  const weights = [secondsBetween(interval.from, at), secondsBetween(at, interval.to)]
  return allocate(amount, weights, scale)[0] as Decimal
}

function secondsBetween(from: Temporal.Instant, to: Temporal.Instant): Decimal {
  return new Decimal(String(to.epochNanoseconds - from.epochNanoseconds)).div(1_000_000_000)
}
