import type { Decimal, Temporal } from '@tollgate/kernel'
import type { QuotaMetric } from './metric.ts'
import type { QuotaDimension } from './quota-dimension.ts'
import type { QuotaWindow } from './quota-window.ts'

/** `hard` refuses what is over the limit, `grace` what is over the limit and its grace, `soft` nothing: it only alerts. */
export type QuotaEnforcement = 'hard' | 'soft' | 'grace'

/** How far over the limit `grace` lets usage go: percent of the limit, or an amount of the metric. */
export type Grace = { readonly percent: Decimal } | { readonly amount: Decimal }

/** What is done where a decision cannot be made on what is known. */
export type Otherwise = 'allow' | 'deny'

/** Where a policy comes from: the tenant's plan, or an override for that tenant alone. */
export type PolicySource = 'plan' | 'override'

/** A limit on a metric over a window, for a tenant or for each value of a dimension in it. Checked; never changed. */
export interface QuotaPolicy {
  /** Of a plan's policy: `plan:<plan>:<slot>`; of an override: its own. */
  readonly id: string
  readonly metric: QuotaMetric
  /** Counts only what this operation does; null counts everything. */
  readonly operation: string | null
  readonly window: QuotaWindow
  /** One counter for each combination of these dimensions' values; empty: one for the tenant. */
  readonly scope: readonly QuotaDimension[]
  /** In units of the metric (USD for cost); null is unlimited: counted, and never refused. */
  readonly limit: Decimal | null
  readonly enforcement: QuotaEnforcement
  readonly grace: Grace | null
  /** Percent of the limit at which an alert is raised, ascending. */
  readonly alertAt: readonly Decimal[]
  /** The most that one reservation may hold; null: as much as there is. */
  readonly largestHold: Decimal | null
  /** Whether a request for an unknown amount (null: no price is known) may pass; if so, it counts as 0. */
  readonly unknownAmount: Otherwise
  /** Fail open or closed: the decision while the store does not answer. */
  readonly storeFailure: Otherwise
  /** When it holds, half-open; null is unbounded. */
  readonly validFrom: Temporal.Instant | null
  readonly validTo: Temporal.Instant | null
  readonly source: PolicySource
  /** Who set it, as the caller said; null where nobody did. */
  readonly setBy: string | null
  /** The most that may be used and held together; null where nothing is refused. Follows from limit, enforcement and grace. */
  readonly ceiling: Decimal | null
}

/** Percentages at which alerts are raised where a policy does not say. */
export const DEFAULT_ALERTS = ['50', '80', '100'] as const
