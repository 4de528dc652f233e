import type { UsageTotals } from './usage-totals.ts'

/** The usage of one model in one group. */
export interface UsageCell extends UsageTotals {
  /** One value for each dimension that the usage is grouped by. */
  readonly key: readonly (string | null)[]
  /** As the client sent them, or the replacement in a simulation. */
  readonly provider: string | null
  readonly model: string | null
  /** Null unless a price list counts quantities, which depend on the operation. */
  readonly operation: string | null
}

/** Returns the key of a cell's charge line. It is the same in every part of a period. */
export function lineKey({ provider, model, operation }: Pick<UsageCell, 'provider' | 'model' | 'operation'>): string {
  return JSON.stringify([provider, model, operation])
}
