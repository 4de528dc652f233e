import { Decimal, ZERO } from '@tollgate/kernel'
import { TOKEN_POOLS, type TokenPool } from '@tollgate/tokens'

/** A part of the metered quantity and its dimensions, such as 1,200 units of `{ provider, model, pool }`. */
export interface UsagePart {
  readonly quantity: Decimal
  readonly dimensions: Readonly<Record<string, string>>
}

/** Adds up the quantities of parts. */
export function sumParts(parts: readonly UsagePart[]): Decimal {
  return parts.reduce((sum, { quantity }) => sum.plus(quantity), ZERO)
}

/** Returns one part for each token pool that is not empty, with the dimension `pool` in addition to the given ones. */
export function tokenParts(tokens: { readonly [Pool in TokenPool]?: number | bigint }, dimensions: Readonly<Record<string, string>>): readonly UsagePart[] {
  return TOKEN_POOLS.flatMap(pool => {
    const quantity = new Decimal(tokens[pool] ?? 0)
    return quantity.isZero() ? [] : [{ quantity, dimensions: { ...dimensions, pool } }]
  })
}
