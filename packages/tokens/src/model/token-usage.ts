import { type FrequentTokenPool, RARE_TOKEN_POOLS, type RareTokenPool, TOKEN_POOLS, type TokenPool } from './token-pools.ts'

/**
 * Number of tokens in every pool: whole numbers from 0 to 2^53 - 1. Frequent pools are always there, and 0 if unused. A rare
 * pool is there only if it is not 0.
 */
export type TokenUsage = Readonly<Record<FrequentTokenPool, number>> & { readonly [Pool in RareTokenPool]?: number }

/** Number of tokens by pool, as a caller gives it. Omitted pools have none. */
export type TokenUsageInput = { readonly [Pool in TokenPool]?: number | null | undefined }

/** Sets omitted frequent pools to 0 and removes rare pools that are 0. */
export function completeTokenUsage(tokens: TokenUsageInput): TokenUsage {
  // Written out, so that JavaScript engines see one object shape: this runs for every event.
  const usage: { -readonly [Pool in keyof TokenUsage]: TokenUsage[Pool] } = {
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
  if (!hasRareTokens(tokens)) return usage
  for (const pool of RARE_TOKEN_POOLS) {
    const count = tokens[pool]
    if (count !== undefined && count !== null && count !== 0) usage[pool] = count
  }
  return usage
}

/** Returns whether any rare pool is given. Hot paths go through the rare pools only if so. */
export function hasRareTokens(tokens: TokenUsageInput): boolean {
  // Written out for the same reason: a pool that is absent then takes no search of the object.
  return (
    tokens.cacheWrite30m !== undefined ||
    tokens.cacheWrite12h !== undefined ||
    tokens.cacheReadAudio !== undefined ||
    tokens.cacheReadImage !== undefined ||
    tokens.cacheReadVideo !== undefined ||
    tokens.videoInput !== undefined ||
    tokens.videoOutput !== undefined
  )
}

/** Returns the sum of all pools. */
export function totalTokens(tokens: TokenUsageInput): number {
  let total =
    (tokens.input ?? 0) +
    (tokens.output ?? 0) +
    (tokens.cacheRead ?? 0) +
    (tokens.cacheWrite5m ?? 0) +
    (tokens.cacheWrite1h ?? 0) +
    (tokens.reasoning ?? 0) +
    (tokens.audioInput ?? 0) +
    (tokens.audioOutput ?? 0) +
    (tokens.imageInput ?? 0) +
    (tokens.imageOutput ?? 0)
  if (hasRareTokens(tokens)) for (const pool of RARE_TOKEN_POOLS) total += tokens[pool] ?? 0
  return total
}

/** Returns the sum of several usages, pool by pool. */
export function addTokenUsage(usages: readonly TokenUsageInput[]): TokenUsage {
  const sums: { [Pool in TokenPool]?: number } = {}
  for (const tokens of usages) {
    for (const pool of TOKEN_POOLS) sums[pool] = (sums[pool] ?? 0) + (tokens[pool] ?? 0)
  }
  return completeTokenUsage(sums)
}
