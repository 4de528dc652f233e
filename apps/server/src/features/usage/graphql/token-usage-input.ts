import { TOKEN_POOLS, type TokenUsageInput } from '@tollgate/tokens'
import { builder } from '../../../graphql/builder.ts'
import { POOL_DESCRIPTIONS } from './token-totals.ts'

/** Tokens of one event. */
export const TokenUsageInputRef = builder.inputRef<TokenUsageInput>('TokenUsageInput').implement({
  description: 'Tokens in exclusive pools: a cached input token is in `cacheRead` and not in `input`. A pool that is left out has none.',
  fields: t => Object.fromEntries(TOKEN_POOLS.map(pool => [pool, t.field({ type: 'SafeInt', description: POOL_DESCRIPTIONS[pool] })])),
})
