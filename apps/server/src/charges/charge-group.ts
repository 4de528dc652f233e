import type { ChargeRounding } from '@tollgate/charges'
import type { Period, Temporal } from '@tollgate/kernel'
import type { UsageFilter } from '@tollgate/usage'

/** A tenant's use that is charged together. */
export interface ChargeGroup {
  readonly tenantId: string
  readonly range: Period
  readonly filter?: UsageFilter | undefined
  /** The rules of this time for all of it; those of each time, where they change in the range, where it is left out. */
  readonly at?: Temporal.Instant | null | undefined
  readonly couponCodes?: readonly string[] | null | undefined
  /** Of the whole, once; exact where it is left out. */
  readonly rounding?: ChargeRounding | undefined
}
