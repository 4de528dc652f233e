import { Temporal } from '@tollgate/kernel'
import type { DimensionValues } from '../limits/dimension.ts'
import type { QuotaPolicy } from '../policies/policy.ts'
import type { WindowBounds } from '../limits/window.ts'

/** Identifies a counter: one limit key, one combination of scope values, one window. */
export interface Counter extends WindowBounds {
  /** Unique text of all the rest. Stored: the format must not change. */
  readonly key: string
  readonly tenantId: string
  readonly limitKey: string
  /** A value or null for each dimension of the policy's scope. */
  readonly scopeValues: readonly (string | null)[]
  /** `scopeValues` as JSON. */
  readonly scopeValue: string
  /** The end of the window; null for a sliding window. */
  readonly resetsAt: Temporal.Instant | null
  /** As in the policy. */
  readonly stepMs: number | null
}

/** Returns the counter of a policy for an amount with these dimension values. All amounts without a value in a dimension share a counter. */
export function counterOf(tenantId: string, { limitKey, scope, stepMs }: QuotaPolicy, values: DimensionValues, { fromMs, toMs }: WindowBounds): Counter {
  const scopeValues = scope.map(dimension => values[dimension] ?? null)
  const scopeValue = JSON.stringify(scopeValues)
  const key = JSON.stringify([tenantId, limitKey, scopeValue, fromMs])
  const resetsAt = stepMs === null ? Temporal.Instant.fromEpochMilliseconds(toMs) : null
  return { key, tenantId, limitKey, scopeValues, scopeValue, fromMs, toMs, resetsAt, stepMs }
}
