import {
  FREQUENT_TOKEN_POOLS,
  type FrequentTokenPool,
  RARE_TOKEN_POOLS,
  type RareTokenPool,
  TOKEN_POOL_TRAITS,
  type TokenPool,
  type TokenPoolTraits,
  TOKEN_POOLS,
} from '@tollgate/tokens'
import { builder } from '../../../graphql/builder.ts'

/** The descriptions of the token pools. */
export const POOL_DESCRIPTIONS: Readonly<Record<TokenPool, string>> = {
  input: 'Input tokens that were neither read from a cache nor written to one.',
  output: 'Output tokens without reasoning tokens.',
  cacheRead: "Input tokens read from the provider's cache.",
  cacheWrite5m: 'Input tokens written to a cache that is kept for 5 minutes, or for as long as the provider decides.',
  cacheWrite1h: 'Input tokens written to a cache that is kept for an hour.',
  reasoning: 'Tokens that the model used for reasoning.',
  audioInput: 'Audio input tokens.',
  audioOutput: 'Audio output tokens.',
  imageInput: 'Image input tokens.',
  imageOutput: 'Image output tokens.',
  ...(Object.fromEntries(RARE_TOKEN_POOLS.map(pool => [pool, describeRarePool(TOKEN_POOL_TRAITS[pool])])) as Record<RareTokenPool, string>),
}

function describeRarePool({ kind, modality, lifetime }: TokenPoolTraits): string {
  const name = modality === 'text' ? '' : `${modality} `
  const texts = {
    input: `${name}input tokens.`,
    output: `${name}output tokens.`,
    reasoning: `${name}tokens that the model used for reasoning.`,
    cacheRead: `${name}input tokens read from the provider's cache.`,
    cacheWrite: `${name}input tokens written to a cache that is kept for ${lifetime?.replace('m', ' minutes').replace('h', ' hours')}.`,
  }
  return texts[kind].charAt(0).toUpperCase() + texts[kind].slice(1)
}

/** Tokens of an event or sums over events. */
type TokenCounts = { readonly [Pool in TokenPool]?: number | bigint }

/** Tokens of each pool, and their total. */
export const TokenTotalsRef = builder.objectRef<TokenCounts & Required<Pick<TokenCounts, FrequentTokenPool>>>('TokenTotals').implement({
  description: 'Tokens in exclusive pools, which add up to the total.',
  fields: t => ({
    total: t.field({ type: 'BigInt', description: 'The sum of all pools.', resolve: tokens => totalOf(tokens) }),
    ...Object.fromEntries(FREQUENT_TOKEN_POOLS.map(pool => [pool, t.expose(pool, { type: 'BigInt', description: POOL_DESCRIPTIONS[pool] })])),
    ...Object.fromEntries(
      RARE_TOKEN_POOLS.map(pool => [pool, t.field({ type: 'BigInt', description: POOL_DESCRIPTIONS[pool], resolve: tokens => tokens[pool] ?? 0 })]),
    ),
  }),
})

/** Sums over events have a total of their own: it includes pools that were not read. */
function totalOf(tokens: TokenCounts & { readonly total?: bigint }): bigint {
  return tokens.total ?? TOKEN_POOLS.reduce((total, pool) => total + BigInt(tokens[pool] ?? 0), 0n)
}
