import type { QuotaPolicy } from './policy.ts'
import type { DimensionValues } from './quota-dimension.ts'
import type { WindowBounds } from './quota-window.ts'
import { slotOf } from './slot.ts'

/** Which count is meant: of one slot, for one combination of its dimensions' values, in one window. */
export interface Counter extends WindowBounds {
  /** Stands for all the others, unambiguously. Stored; the form must not change. */
  readonly key: string
  readonly tenantId: string
  readonly slot: string
  /** A value or null for each dimension of the policy's scope, as a JSON array. */
  readonly scopeValue: string
}

/** The counter of a policy that an amount belongs to. A dimension without a value has the value null, shared by all such. */
export function counterOf(tenantId: string, policy: QuotaPolicy, values: DimensionValues, bounds: WindowBounds): Counter {
  const slot = slotOf(policy)
  const scopeValue = JSON.stringify(policy.scope.map(dimension => values[dimension] ?? null))
  return { key: JSON.stringify([tenantId, slot, scopeValue, bounds.fromMs]), tenantId, slot, scopeValue, fromMs: bounds.fromMs, toMs: bounds.toMs }
}
