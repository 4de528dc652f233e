/**
 * The pools that tokens are counted in. Pools are exclusive, so they sum to the total: a cached input token is in
 * `cacheRead` and not in `input`, a reasoning token is in `reasoning` and not in `output`.
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

/** Name of a pool. */
export type TokenPool = (typeof TOKEN_POOLS)[number]

/** Number of tokens in every pool: whole numbers from 0 to 2^53 - 1. */
export type TokenUsage = Readonly<Record<TokenPool, number>>

/** Number of tokens by pool, as a caller gives it. Omitted pools have none. */
export type TokenUsageInput = { readonly [Pool in TokenPool]?: number | null | undefined }

/** Sets omitted pools to 0. */
export function completeTokenUsage(tokens: TokenUsageInput): TokenUsage {
  // Written out, so that JavaScript engines see one object shape: this runs for every event.
  return {
    input: tokens.input ?? 0,
    output: tokens.output ?? 0,
    cacheRead: tokens.cacheRead ?? 0,
    cacheWrite5m: tokens.cacheWrite5m ?? 0,
    cacheWrite1h: tokens.cacheWrite1h ?? 0,
    reasoning: tokens.reasoning ?? 0,
    audioInput: tokens.audioInput ?? 0,
    audioOutput: tokens.audioOutput ?? 0,
    imageInput: tokens.imageInput ?? 0,
    imageOutput: tokens.imageOutput ?? 0,
  }
}

/** Returns the sum of all pools. */
export function totalTokens(tokens: TokenUsageInput): number {
  return TOKEN_POOLS.reduce((total, pool) => total + (tokens[pool] ?? 0), 0)
}
