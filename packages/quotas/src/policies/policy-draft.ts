import type { Decimal, Temporal } from '@tollgate/kernel'
import type { FailureMode, QuotaEnforcement } from './policy.ts'
import type { LeaseTerms } from '../leases/lease-terms.ts'
import type { QuotaMetric } from './metric.ts'
import type { QuotaDimension } from './quota-dimension.ts'
import type { QuotaWindow } from '../windows/quota-window.ts'

/** An exact number, as text or already read. Never a `number`: 0.1 is not a tenth. */
export type Amount = Decimal | string

/** A policy as it is written down, not yet checked. What is left out has the value named. */
export interface PolicyDraft {
  readonly metric: QuotaMetric
  readonly operation?: string | null | undefined
  readonly window: QuotaWindow
  /** Counts the last minute, hour, day or week at any moment, in place of those of the calendar. False. */
  readonly sliding?: boolean | null | undefined
  /** The tenant as a whole. */
  readonly scope?: readonly QuotaDimension[] | null | undefined
  /** Null is unlimited; it cannot be left out. */
  readonly limit: Amount | null
  /** `hard` */
  readonly enforcement?: QuotaEnforcement | null | undefined
  /** Needed for `grace`, and only there. */
  readonly grace?: { readonly percent: Amount } | { readonly amount: Amount } | null | undefined
  /** 50, 80 and 100 percent. */
  readonly alertAt?: readonly Amount[] | null | undefined
  /** As much as there is. */
  readonly largestHold?: Amount | null | undefined
  /** `deny` where enforcement is hard or grace, `allow` where it is soft. */
  readonly unknownAmount?: FailureMode | null | undefined
  /** `deny` where enforcement is hard or grace, `allow` where it is soft. */
  readonly storeFailure?: FailureMode | null | undefined
  /** Lets processes take headroom in chunks, and spend it without asking the store; not for sliding windows. False. */
  readonly lease?: boolean | LeaseTerms | null | undefined
  readonly validFrom?: Temporal.Instant | null | undefined
  readonly validTo?: Temporal.Instant | null | undefined
}
