import { FREQUENT_TOKEN_POOLS, type FrequentTokenPool, RARE_TOKEN_POOLS, type RareTokenPool, type TokenUsage } from '@tollgate/tokens'

/**
 * Tokens of any number of events, by pool, and their total. Integers of any size, because sums can exceed 2^53. Frequent
 * pools are always there; a rare pool is there only if it is not 0.
 */
export type TokenTotals = Readonly<Record<FrequentTokenPool | 'total', bigint>> & { readonly [Pool in RareTokenPool]?: bigint }

/** Adds up the tokens of events, pool by pool. */
export function sumTokens(usages: Iterable<TokenUsage>): TokenTotals {
  const sums: { -readonly [Pool in keyof TokenTotals]: TokenTotals[Pool] } = { ...NO_TOKENS }
  for (const tokens of usages) {
    for (const pool of FREQUENT_TOKEN_POOLS) {
      const count = BigInt(tokens[pool])
      sums[pool] += count
      sums.total += count
    }
    for (const pool of RARE_TOKEN_POOLS) {
      const count = BigInt(tokens[pool] ?? 0)
      if (count === 0n) continue
      sums[pool] = (sums[pool] ?? 0n) + count
      sums.total += count
    }
  }
  return sums
}

/** Removes the rare pools. The total still includes them. */
export function withoutRarePools(tokens: TokenTotals): TokenTotals {
  return Object.fromEntries(Object.entries(tokens).filter(([pool]) => pool in NO_TOKENS)) as TokenTotals
}

/** The totals of no events. */
export const NO_TOKENS: TokenTotals = {
  total: 0n,
  input: 0n,
  output: 0n,
  cacheRead: 0n,
  cacheWrite5m: 0n,
  cacheWrite1h: 0n,
  reasoning: 0n,
  audioInput: 0n,
  audioOutput: 0n,
  imageInput: 0n,
  imageOutput: 0n,
}
