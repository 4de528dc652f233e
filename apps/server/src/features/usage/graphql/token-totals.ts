import { TOKEN_POOLS, type TokenPool, totalTokens, type TokenUsage } from '@tollgate/tokens'
import { builder } from '../../../graphql/builder.ts'

/** What each pool of tokens holds, for GraphiQL. */
export const POOL_DESCRIPTIONS: Record<TokenPool, string> = {
  input: 'Input tokens that were neither read from nor written to a cache.',
  output: 'Output tokens, without reasoning.',
  cacheRead: "Input tokens read from the provider's cache.",
  cacheWrite5m: 'Input tokens written to a cache that is kept for 5 minutes, or as long as the provider chooses.',
  cacheWrite1h: 'Input tokens written to a cache that is kept for an hour.',
  reasoning: 'Tokens the model thought with before its output.',
  audioInput: 'Input tokens of audio.',
  audioOutput: 'Output tokens of audio.',
  imageInput: 'Input tokens of images.',
  imageOutput: 'Output tokens of images.',
}

/** Tokens in every pool, and their sum. */
export const TokenTotalsRef = builder.objectRef<TokenUsage>('TokenTotals').implement({
  description: 'Tokens in exclusive pools: their sum is the total.',
  fields: t => ({
    total: t.field({ type: 'SafeInt', description: 'The sum of all pools.', resolve: tokens => totalTokens(tokens) }),
    ...Object.fromEntries(TOKEN_POOLS.map(pool => [pool, t.expose(pool, { type: 'SafeInt', description: POOL_DESCRIPTIONS[pool] })])),
  }),
})
