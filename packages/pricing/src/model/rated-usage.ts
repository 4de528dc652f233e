import type { Decimal } from '@tollgate/kernel'
import type { TokenPool } from '@tollgate/tokens'
import type { Price } from './price.ts'

/** Share of one pool in a cost: `amount` = `quantity` × `unitPrice`, exactly. */
export interface RatedLine {
  readonly pool: TokenPool | 'request'
  readonly quantity: number
  /** USD per token, or per request. */
  readonly unitPrice: Decimal
  readonly amount: Decimal
}

/** A cost with its lines and price, or the reason why there is none. */
export type RatedUsage =
  | { readonly state: 'priced'; readonly cost: Decimal; readonly lines: readonly RatedLine[]; readonly price: Price }
  | { readonly state: 'unpriced'; readonly cost: null; readonly lines: readonly []; readonly price: null; readonly reason: string }

/** Returns an unpriced result with its reason. */
export function unpriced(reason: string): RatedUsage {
  return { state: 'unpriced', cost: null, lines: [], price: null, reason }
}
