import { Temporal } from '@tollgate/kernel'
import type { QuotaPolicy } from '../policies/policy.ts'
import type { DimensionValues } from '../policies/quota-dimension.ts'
import type { WindowBounds } from '../windows/quota-window.ts'

/** Which count is meant: of one limit key, for one combination of its dimensions' values, in one window. */
export interface Counter extends WindowBounds {
  /** Stands for all the others, unambiguously. Stored; the form must not change. */
  readonly key: string
  readonly tenantId: string
  readonly limitKey: string
  /** A value or null for each dimension of the policy's scope. */
  readonly scopeValues: readonly (string | null)[]
  /** The same, as JSON. */
  readonly scopeValue: string
  /** The end of the window; null where it slides. */
  readonly resetsAt: Temporal.Instant | null
  /** As of the policy. */
  readonly stepMs: number | null
}

/** The counter of a policy that an amount belongs to. A dimension without a value has the value null, shared by all such. */
export function counterOf(tenantId: string, { limitKey, scope, stepMs }: QuotaPolicy, values: DimensionValues, { fromMs, toMs }: WindowBounds): Counter {
  const scopeValues = scope.map(dimension => values[dimension] ?? null)
  const scopeValue = JSON.stringify(scopeValues)
  const key = JSON.stringify([tenantId, limitKey, scopeValue, fromMs])
  const resetsAt = stepMs === null ? Temporal.Instant.fromEpochMilliseconds(toMs) : null
  return { key, tenantId, limitKey, scopeValues, scopeValue, fromMs, toMs, resetsAt, stepMs }
}

const MAX_REMEMBERED = 10_000

/** `counterOf` that remembers the counters of tenants as a whole: nearly every decision asks for one that was asked for before. */
export function rememberCounters(): typeof counterOf {
  const last = new Map<string, Map<string, Counter>>()
  return (tenantId, policy, values, bounds) => {
    if (policy.scope.length > 0) return counterOf(tenantId, policy, values, bounds)
    let ofTenant = last.get(tenantId)
    if (ofTenant === undefined) {
      if (last.size >= MAX_REMEMBERED) last.clear()
      ofTenant = new Map<string, Counter>()
      last.set(tenantId, ofTenant)
    }
    const known = ofTenant.get(policy.limitKey)
    if (known?.fromMs === bounds.fromMs && known.toMs === bounds.toMs) return known
    const counter = counterOf(tenantId, policy, values, bounds)
    ofTenant.set(policy.limitKey, counter)
    return counter
  }
}
