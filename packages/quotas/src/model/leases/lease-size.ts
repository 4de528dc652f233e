import { Decimal, ZERO } from '@tollgate/kernel'

/** Leases are reported and renewed at least this often, in milliseconds. */
export const LEASE_REPORT_MS = 250

const FIRST_REQUESTS = 32
const MAX_GROWTH = 8
const MAX_UNITS = 2 ** 50
/** A lease of less than 8 requests, or a hundredth of the size requested, is spent too soon to be worth asking the store for. */
const MIN_REQUESTS = 8
const MIN_FRACTION = 100
/** One lease gets at most a quarter of what is free, so that leases shrink as usage nears the limit. */
const FREE_FRACTION = 4

/** What a lease was last requested with, and how fast it was spent since. */
export interface LeaseSpending {
  /** Amount of one request. */
  readonly amount: Decimal
  readonly spent: Decimal
  readonly elapsedMs: number
  /** Size that was last requested. */
  readonly requested: number
}

/** Returns the size to request for a counter's first lease: enough for 32 requests of this amount. */
export function firstLeaseSize(amount: Decimal): Decimal {
  return Decimal.min(MAX_UNITS, Decimal.max(1, amount.times(FIRST_REQUESTS).ceil()))
}

/** Returns the size to request on renewal: enough for two report intervals at the current rate, at most 8 times the previous size. */
export function nextLeaseSize({ amount, spent, elapsedMs, requested }: LeaseSpending): Decimal {
  const pace = Decimal.min(
    MAX_UNITS,
    spent
      .times(2 * LEASE_REPORT_MS)
      .div(elapsedMs)
      .ceil(),
  )
  const min = firstLeaseSize(amount)
  const max = Decimal.max(min, Decimal.min(requested * MAX_GROWTH, MAX_UNITS))
  return Decimal.min(max, Decimal.max(min, pace))
}

/** Returns the smallest lease that is worth granting to a request for `requested` units. */
export function minLeaseSize(amount: Decimal, requested: Decimal): Decimal {
  return Decimal.max(amount.times(MIN_REQUESTS), requested.div(MIN_FRACTION))
}

/** Returns the size that a counter grants: at most a quarter of what is free, in whole units. 0 if that is less than `min`. */
export function grantedLeaseSize(free: Decimal, { requested, min }: { readonly requested: Decimal; readonly min: Decimal }): Decimal {
  const share = free.div(FREE_FRACTION).floor()
  return share.lt(min) ? ZERO : Decimal.min(share, requested)
}
