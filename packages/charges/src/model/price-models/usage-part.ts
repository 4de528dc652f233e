import { Decimal, ZERO } from '@tollgate/kernel'
import { TOKEN_POOLS, type TokenUsageInput } from '@tollgate/tokens'

/** A part of what was metered, and what it is of: 1,200 units of `{ provider, model, pool }`. */
export interface UsagePart {
  readonly quantity: Decimal
  readonly dimensions: Readonly<Record<string, string>>
}

/** What all parts come to. */
export function sumParts(parts: readonly UsagePart[]): Decimal {
  return parts.reduce((sum, { quantity }) => sum.plus(quantity), ZERO)
}

/** A call's tokens as parts, one for each pool that has some, with `pool` beside the dimensions given. */
export function tokenParts(tokens: TokenUsageInput, dimensions: Readonly<Record<string, string>>): readonly UsagePart[] {
  return TOKEN_POOLS.flatMap(pool => {
    const quantity = tokens[pool] ?? 0
    return quantity === 0 ? [] : [{ quantity: new Decimal(quantity), dimensions: { ...dimensions, pool } }]
  })
}
