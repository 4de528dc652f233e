import type { Decimal, Temporal } from '@tollgate/kernel'
import type { LeaseTerms } from '../leases/lease-terms.ts'
import type { QuotaMetric } from './metric.ts'
import type { QuotaDimension } from './quota-dimension.ts'
import type { QuotaWindow } from '../windows/quota-window.ts'
import { stepMsOf } from '../windows/sliding-steps.ts'
import { limitKeyOf } from './limit-key.ts'

/** `hard` refuses what is over the limit, `grace` what is over the limit and its grace, `soft` nothing: it only alerts. */
export type QuotaEnforcement = 'hard' | 'soft' | 'grace'

/** How far over the limit `grace` lets usage go: percent of the limit, or an amount of the metric. */
export type Grace = { readonly percent: Decimal } | { readonly amount: Decimal }

/** What is done where a decision cannot be made on what is known. */
export type FailureMode = 'allow' | 'deny'

/** Where a policy comes from: the tenant's plan, or an override for that tenant alone. */
export type PolicySource = 'plan' | 'override'

/** What a policy says. Checked; never changed. */
export interface PolicyTerms {
  /** Of a plan's policy: `plan:<plan>:<limitKey>`; of an override: its own. */
  readonly id: string
  readonly metric: QuotaMetric
  /** Counts only what this operation does; null counts everything. */
  readonly operation: string | null
  readonly window: QuotaWindow
  /** Whether the window is the last minute, hour, day or week at any moment. */
  readonly sliding: boolean
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
  readonly unknownAmount: FailureMode
  /** Whether processes may take headroom in chunks, and spend it without asking; null: every decision asks the store. */
  readonly lease: LeaseTerms | null
  /** Fail open or closed: the decision while the store does not answer. */
  readonly storeFailure: FailureMode
  /** When it holds, half-open; null is unbounded. */
  readonly validFrom: Temporal.Instant | null
  readonly validTo: Temporal.Instant | null
  readonly source: PolicySource
  /** Who set it, as the caller said; null where nobody did. */
  readonly setBy: string | null
}

/** A limit on a metric over a window, for a tenant or for each value of a dimension in it, with what follows from its terms. */
export interface QuotaPolicy extends PolicyTerms {
  /** See `limitKeyOf`. */
  readonly limitKey: string
  /** The length of a step, where the window slides; see `sliding-steps.ts`. */
  readonly stepMs: number | null
  /** The most that may be used and held together; null where nothing is refused. */
  readonly ceiling: Decimal | null
  /** The usage at which each alert of `alertAt` is raised; empty where there is no limit. */
  readonly alertAmounts: readonly Decimal[]
}

/** Works out what follows from terms: once, not at every decision. */
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

/** Percentages at which alerts are raised where a policy does not say. */
export const DEFAULT_ALERTS = ['50', '80', '100'] as const
