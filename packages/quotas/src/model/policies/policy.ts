import type { Decimal, Temporal } from '@tollgate/kernel'
import type { QuotaDimension } from '../limits/dimension.ts'
import type { LeaseTerms } from '../leases/lease-terms.ts'
import { limitKeyOf } from '../limits/limit-key.ts'
import type { QuotaMetric } from '../limits/metric.ts'
import { stepMsOf } from '../limits/sliding-window.ts'
import type { QuotaWindow } from '../limits/window.ts'

/** `hard` refuses anything over the limit, `grace` anything over the limit and its grace. `soft` refuses nothing and only alerts. */
export type QuotaEnforcement = 'hard' | 'soft' | 'grace'

/** How far usage may exceed the limit under `grace`: a percentage of the limit, or an amount of the metric. */
export type Grace = { readonly percent: Decimal } | { readonly amount: Decimal }

/** The decision when something needed for one is missing: a policy, an amount, or the store. */
export type FailureMode = 'allow' | 'deny'

/** Where a policy comes from: the tenant's plan, or an override for that tenant. */
export type PolicySource = 'plan' | 'override'

/** The terms of a policy. Checked, and never changed. */
export interface PolicyTerms {
  /** `plan:<plan>:<limit key>` for a policy of a plan; the override's own id for an override. */
  readonly id: string
  readonly metric: QuotaMetric
  /** Counts only this operation. Null counts all operations. */
  readonly operation: string | null
  readonly window: QuotaWindow
  /** Whether the window always covers the last minute, hour, day or week, instead of the calendar's. */
  readonly sliding: boolean
  /** Each combination of values of these dimensions has its own counter. Empty: one counter for the tenant. */
  readonly scope: readonly QuotaDimension[]
  /** In units of the metric (USD for cost). Null is unlimited: counted, and never refused. */
  readonly limit: Decimal | null
  readonly enforcement: QuotaEnforcement
  readonly grace: Grace | null
  /** Percentages of the limit at which alerts are raised, ascending. */
  readonly alertAt: readonly Decimal[]
  /** The most that one reservation may hold. Null: as much as is free. */
  readonly largestHold: Decimal | null
  /** Whether a request with an unknown amount (a cost without a price) passes. If it does, it counts as 0. */
  readonly unknownAmount: FailureMode
  /** Lets processes take headroom in chunks and spend it without asking the store. Null: every decision asks the store. */
  readonly lease: LeaseTerms | null
  /** The decision while the store is unavailable: fail open or fail closed. */
  readonly storeFailure: FailureMode
  /** When the policy is in effect, half-open. Null is unbounded. */
  readonly validFrom: Temporal.Instant | null
  readonly validTo: Temporal.Instant | null
  readonly source: PolicySource
  /** Who set it, as given by the caller. */
  readonly setBy: string | null
}

/** A limit on a metric over a window, for a tenant or for each value of a scope: its terms, and what follows from them. */
export interface QuotaPolicy extends PolicyTerms {
  /** See `limitKeyOf`. */
  readonly limitKey: string
  /** Length of a step of a sliding window; null for a fixed window. See `sliding-window.ts`. */
  readonly stepMs: number | null
  /** The most that may be used and held together. Null where nothing is refused. */
  readonly ceiling: Decimal | null
  /** The usage at which each alert of `alertAt` is raised. Empty for an unlimited policy. */
  readonly alertAmounts: readonly Decimal[]
}

/** Completes terms with what follows from them, so that decisions need not compute it. */
export function completePolicy(terms: PolicyTerms): QuotaPolicy {
  const { limit, alertAt } = terms
  const alertAmounts = limit === null ? [] : alertAt.map(percent => limit.times(percent).div(100))
  return { ...terms, limitKey: limitKeyOf(terms), stepMs: terms.sliding ? stepMsOf(terms.window) : null, ceiling: ceilingOf(terms), alertAmounts }
}

function ceilingOf({ limit, enforcement, grace }: PolicyTerms): Decimal | null {
  if (limit === null || enforcement === 'soft') return null
  if (grace === null) return limit
  return limit.plus('percent' in grace ? limit.times(grace.percent).div(100) : grace.amount)
}

/** Percentages at which alerts are raised by default. */
export const DEFAULT_ALERTS = ['50', '80', '100'] as const
