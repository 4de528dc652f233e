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
  // Written out: every usage has the same shape to the engine, and this runs for every event.
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

/** The sum of all pools. */
export function totalTokens(tokens: TokenUsageInput): number {
  return TOKEN_POOLS.reduce((total, pool) => total + (tokens[pool] ?? 0), 0)
}
