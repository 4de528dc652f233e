import type { QuotaPolicy } from '../policies/policy.ts'
import type { QuotaMetric } from '../policies/metric.ts'
import type { QuotaDimension } from '../policies/quota-dimension.ts'

/**
 * What of usage can make a difference to a tenant's counters. What agrees in all of it is the same to them, and is added
 * up before they are locked: a thousand events are a few amounts.
 */
export interface UsageGrouping {
  /** Of the policies: all other usage counts nothing. */
  readonly metrics: ReadonlySet<QuotaMetric>
  /** That some policy is scoped by, but for the operation. */
  readonly dimensions: readonly QuotaDimension[]
  /** Whether some policy tells operations apart. */
  readonly byOperation: boolean
  /** Every window and step starts at a multiple of this. */
  readonly unitMs: number
  /** When the validity of some policy begins or ends, ascending. */
  readonly edgesMs: readonly number[]
}

// Zones differ by whole minutes, so that windows start at full ones; of the steps of sliding windows, only those of a
// minute are shorter, and the others are full minutes.
const MINUTE_MS = 60_000

/** What of usage these policies look at: all that a tenant has, whenever they hold. */
export function usageGrouping(policies: readonly QuotaPolicy[]): UsageGrouping {
  const scopes = new Set(policies.flatMap(({ scope }) => scope))
  const byOperation = scopes.delete('operation') || policies.some(({ operation }) => operation !== null)
  const edges = policies.flatMap(({ validFrom, validTo }) => [validFrom, validTo].flatMap(edge => (edge === null ? [] : [edge.epochMilliseconds])))
  return {
    metrics: new Set(policies.map(({ metric }) => metric)),
    dimensions: [...scopes],
    byOperation,
    unitMs: Math.min(MINUTE_MS, ...policies.flatMap(({ stepMs }) => stepMs ?? [])),
    edgesMs: [...new Set(edges)].sort((a, b) => a - b),
  }
}

/** The same for all times between which no window, step or validity begins or ends. */
export function timeMark({ unitMs, edgesMs }: UsageGrouping, atMs: number): string {
  const unit = Math.floor(atMs / unitMs)
  return edgesMs.length === 0 ? String(unit) : `${unit}/${edgesMs.filter(edge => edge <= atMs).length}`
}
