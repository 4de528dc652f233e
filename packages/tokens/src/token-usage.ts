/**
 * The pools that tokens are counted in. They are exclusive: a cached input token is in `cacheRead` and not in `input`,
 * a reasoning token is in `reasoning` and not in `output`, so that the pools sum to the total.
 */
export const TOKEN_POOLS = [
  'input',
  'output',
  'cacheRead',
  'cacheWrite5m',
  'cacheWrite1h',
  'reasoning',
  'audioInput',
  'audioOutput',
  'imageInput',
  'imageOutput',
] as const

/** The name of one pool. */
export type TokenPool = (typeof TOKEN_POOLS)[number]

/** Tokens in every pool: whole numbers from 0 to 2^53 - 1. */
export type TokenUsage = Readonly<Record<TokenPool, number>>

/** Tokens as a caller names them; a pool that is left out has none. */
export type TokenUsageInput = { readonly [Pool in TokenPool]?: number | null | undefined }

/** Fills in the pools that were left out. */
export function completeTokenUsage(tokens: TokenUsageInput): TokenUsage {
  return Object.fromEntries(TOKEN_POOLS.map(pool => [pool, tokens[pool] ?? 0])) as TokenUsage
}

/** The sum of all pools. */
export function totalTokens(tokens: TokenUsageInput): number {
  return TOKEN_POOLS.reduce((total, pool) => total + (tokens[pool] ?? 0), 0)
}
