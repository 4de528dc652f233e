import type { AmountInput, TimeInput } from '@tollgate/kernel/input'
import type { QuotaDimension } from '../limits/dimension.ts'
import type { LeaseTerms } from '../leases/lease-terms.ts'
import type { QuotaMetric } from '../limits/metric.ts'
import type { FailureMode, QuotaEnforcement } from './policy.ts'
import type { QuotaWindow } from '../limits/window.ts'

/** An exact number: text, a Decimal or a safe integer. */
export type Amount = AmountInput

/** A policy as written by a person or program, before it is checked. */
export interface PolicyDraft {
  readonly metric: QuotaMetric
  /** Counts only this operation. Defaults to all. */
  readonly operation?: string | null | undefined
  readonly window: QuotaWindow
  /** Counts the last minute, hour, day or week at any moment, instead of the calendar's. Defaults to false. */
  readonly sliding?: boolean | null | undefined
  /** Defaults to the tenant as a whole. */
  readonly scope?: readonly QuotaDimension[] | null | undefined
  /** Required. Null is unlimited. */
  readonly limit: Amount | null
  /** Defaults to `hard`. */
  readonly enforcement?: QuotaEnforcement | null | undefined
  /** Required for `grace`, and not allowed otherwise. */
  readonly grace?: { readonly percent: Amount } | { readonly amount: Amount } | null | undefined
  /** Percentages of the limit. Defaults to 50, 80 and 100. */
  readonly alertAt?: readonly Amount[] | null | undefined
  /** The most that one reservation may hold. Unlimited by default. */
  readonly largestHold?: Amount | null | undefined
  /** Defaults to `allow` for soft enforcement, and to `deny` otherwise. */
  readonly unknownAmount?: FailureMode | null | undefined
  /** Defaults to `allow` for soft enforcement, and to `deny` otherwise. */
  readonly storeFailure?: FailureMode | null | undefined
  /** Lets processes take headroom in chunks and spend it without asking the store. Not for sliding windows. Defaults to false. */
  readonly lease?: boolean | LeaseTerms | null | undefined
  readonly validFrom?: TimeInput | null | undefined
  readonly validTo?: TimeInput | null | undefined
}
