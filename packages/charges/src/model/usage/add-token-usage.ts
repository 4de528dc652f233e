import { TOKEN_POOLS, type TokenUsage } from '@tollgate/tokens'

/** Adds token counts up, pool by pool. */
export function addTokenUsage(usages: readonly TokenUsage[]): TokenUsage {
  return Object.fromEntries(TOKEN_POOLS.map(pool => [pool, usages.reduce((sum, tokens) => sum + tokens[pool], 0)])) as TokenUsage
}
