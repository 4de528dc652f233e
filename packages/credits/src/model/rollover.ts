import { type Decimal, ZERO } from '@tollgate/kernel'

/** What stays of a grant when it expires, and for how long. The rest expires. */
export type Rollover =
  | { readonly kind: 'none' }
  | { readonly kind: 'all' }
  | { readonly kind: 'up_to_amount'; readonly max: Decimal }
  /** Up to a percentage of the amount of the grant, from 0 to 100. */
  | { readonly kind: 'up_to_percentage'; readonly max: Decimal }

/** Nothing stays. */
export const NO_ROLLOVER: Rollover = { kind: 'none' }

/** Returns how much of the remaining credits of a grant stays when it expires. */
export function rolledOver(rollover: Rollover, amount: Decimal, remaining: Decimal): Decimal {
  switch (rollover.kind) {
    case 'none':
      return ZERO
    case 'all':
      return remaining
    case 'up_to_amount':
      return smaller(rollover.max, remaining)
    case 'up_to_percentage':
      return smaller(amount.times(rollover.max).div(100), remaining)
  }
}

function smaller(one: Decimal, other: Decimal): Decimal {
  return one.lt(other) ? one : other
}
