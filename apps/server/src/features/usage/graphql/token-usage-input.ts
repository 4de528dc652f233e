import { TOKEN_POOLS, type TokenUsageInput } from '@tollgate/tokens'
import { builder } from '../../../graphql/builder.ts'
import { POOL_DESCRIPTIONS } from './token-totals.ts'

/** The tokens of an event to track. */
export const TokenUsageInputRef = builder.inputRef<TokenUsageInput>('TokenUsageInput').implement({
  description: 'Tokens in exclusive pools, which add up to the total: a cached input token counts in `cacheRead`, not in `input`. An omitted pool is 0.',
  fields: t => Object.fromEntries(TOKEN_POOLS.map(pool => [pool, t.field({ type: 'SafeInt', description: POOL_DESCRIPTIONS[pool] })])),
})
