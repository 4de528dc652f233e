import { type Decimal, ZERO } from '@tollgate/kernel'
import { addTokenSums, type TokenSums } from './token-sums.ts'

/** Sums over some usage. */
export interface UsageTotals {
  readonly calls: number
  /** Calls without a price. They add nothing to `cost`. */
  readonly unpricedCalls: number
  readonly tokens: TokenSums
  /** Units of compute operations. */
  readonly quantity: Decimal
  /** USD. */
  readonly cost: Decimal
}

/** Adds totals up. */
export function sumUsage(totals: readonly UsageTotals[]): UsageTotals {
  return {
    calls: totals.reduce((sum, { calls }) => sum + calls, 0),
    unpricedCalls: totals.reduce((sum, { unpricedCalls }) => sum + unpricedCalls, 0),
    tokens: addTokenSums(totals.map(({ tokens }) => tokens)),
    quantity: totals.reduce((sum, { quantity }) => sum.plus(quantity), ZERO),
    cost: totals.reduce((sum, { cost }) => sum.plus(cost), ZERO),
  }
}
