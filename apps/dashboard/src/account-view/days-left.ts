/** How many days of consumption say how fast credits go. */
const DAYS_OBSERVED = 7

/** A day of a wallet. */
export interface CreditDay {
  readonly consumed: string
}

/** Estimates for how many days credits last, at the pace of the last days. Undefined if nothing was consumed, or nothing is left. */
export function daysLeft(available: string, days: readonly CreditDay[]): number | undefined {
  const observed = days.slice(-DAYS_OBSERVED)
  const consumed = observed.reduce((sum, { consumed: ofDay }) => sum + Number(ofDay), 0)
  const left = Number(available)
  return consumed <= 0 || left <= 0 ? undefined : left / (consumed / observed.length)
}
