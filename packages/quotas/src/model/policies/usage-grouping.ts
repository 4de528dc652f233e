import type { QuotaDimension } from '../limits/dimension.ts'
import type { QuotaMetric } from '../limits/metric.ts'
import type { QuotaPolicy } from './policy.ts'

/**
 * What distinguishes usage for a tenant's counters. Usage that agrees in all of it is added up before counters are locked:
 * a thousand events become a few amounts.
 */
export interface UsageGrouping {
  /** Metrics of the policies. Other usage is not counted. */
  readonly metrics: ReadonlySet<QuotaMetric>
  /** Dimensions that a policy is scoped by, except the operation. */
  readonly dimensions: readonly QuotaDimension[]
  /** Whether a policy distinguishes operations. */
  readonly byOperation: boolean
  /** Every window and step starts at a multiple of this. */
  readonly unitMs: number
  /** Times at which a policy becomes valid or stops being valid, ascending. */
  readonly edgesMs: readonly number[]
}

// Time zones differ by whole minutes, so windows start at whole minutes. Only the steps of a sliding minute are shorter.
const MINUTE_MS = 60_000

/** Returns the grouping for all policies that a tenant has at any time. */
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

/** Returns a text that is the same for all times between which no window, step or validity starts or ends. */
export function timeGroup({ unitMs, edgesMs }: UsageGrouping, atMs: number): string {
  const unit = Math.floor(atMs / unitMs)
  return edgesMs.length === 0 ? String(unit) : `${unit}/${edgesMs.filter(edge => edge <= atMs).length}`
}
