import type { ChargeViewer } from '../promotions/charge-viewer.ts'
import type { Period, Temporal } from '@tollgate/kernel'
import type { RangeInput, TimeInput } from '@tollgate/kernel/input'
import type { UsageFilter } from './usage-filter.ts'

/** A tenant's usage that is charged together. Its range counts as one period. */
export interface UsageSelection {
  readonly tenantId: string
  readonly range: Period
  readonly filter?: UsageFilter | undefined
  /** Applies the rules of this time to the whole range. By default, each part of the range has the rules of its own time. */
  readonly at?: Temporal.Instant | null | undefined
  /** Coupon codes to try, in addition to the redeemed ones. At most 10. */
  readonly couponCodes?: readonly string[] | null | undefined
  /** Defaults to an operator. */
  readonly viewer?: ChargeViewer | undefined
}

/** A request for some usage as callers give it: its range and time can have any of their forms. */
export type Requested<Request extends UsageSelection> = Omit<Request, 'range' | 'at'> & {
  readonly range: RangeInput
  readonly at?: TimeInput | null | undefined
}
