import { ZERO, type Decimal } from '@tollgate/kernel'
import { FREQUENT_TOKEN_POOLS, type FrequentTokenPool, RARE_TOKEN_POOLS, type RareTokenPool, TOKEN_POOLS } from '@tollgate/tokens'

/** A whole number of any size: a bigint if it is more than 2^53 - 1. */
export type TokenCount = number | bigint

/** Tokens of any number of events by pool. A rare pool may be omitted if it is empty. */
export type TokenSums = Readonly<Record<FrequentTokenPool, TokenCount>> & { readonly [Pool in RareTokenPool]?: TokenCount }

/** Adds up tokens, pool by pool. */
export function addTokenSums(sums: readonly TokenSums[]): TokenSums {
  const total: { -readonly [Pool in keyof TokenSums]: TokenSums[Pool] } = {
    input: 0,
    output: 0,
    cacheRead: 0,
    cacheWrite5m: 0,
    cacheWrite1h: 0,
    reasoning: 0,
    audioInput: 0,
    audioOutput: 0,
    imageInput: 0,
    imageOutput: 0,
  }
  for (const tokens of sums) {
    for (const pool of FREQUENT_TOKEN_POOLS) total[pool] = add(total[pool], tokens[pool])
    for (const pool of RARE_TOKEN_POOLS) {
      const count = tokens[pool]
      if (count !== undefined) total[pool] = add(total[pool] ?? 0, count)
    }
  }
  return total
}

/** Returns the sum of all pools. */
export function totalOfPools(tokens: TokenSums): Decimal {
  return TOKEN_POOLS.reduce((total, pool) => total.plus(tokens[pool] ?? 0), ZERO)
}

function add(a: TokenCount, b: TokenCount): TokenCount {
  const sum = Number(a) + Number(b)
  return Number.isSafeInteger(sum) ? sum : BigInt(a) + BigInt(b)
}
