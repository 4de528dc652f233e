import type { Decimal } from '@tollgate/kernel'
import type { PoolRates } from '@tollgate/pricing'
import { TOKEN_POOLS, type TokenPool } from '@tollgate/tokens'
import { builder } from '../../../graphql/builder.ts'
import { POOL_DESCRIPTIONS } from '../../usage/graphql/token-totals.ts'

/** USD per million tokens of each pool. */
export type PlainRates = { readonly [Pool in TokenPool]?: Decimal | null | undefined }

/** Rates by token pool, as output. */
export const PoolRatesRef = builder.objectRef<PlainRates>('PoolRates').implement({
  description: 'Rates in USD per million tokens, by token pool. Null for a pool without a rate of its own.',
  fields: t =>
    Object.fromEntries(
      TOKEN_POOLS.map(pool => [pool, t.field({ type: 'Decimal', nullable: true, description: POOL_DESCRIPTIONS[pool], resolve: rates => rates[pool] })]),
    ),
})

/** Rates by token pool, as input. */
export const PoolRatesInputRef = builder.inputRef<PlainRates>('PoolRatesInput').implement({
  description: 'Rates in USD per million tokens, by token pool.',
  fields: t => Object.fromEntries(TOKEN_POOLS.map(pool => [pool, t.field({ type: 'Decimal', description: POOL_DESCRIPTIONS[pool] })])),
})

/** Returns the base rate of each pool: the rate for contexts below every step. */
export function baseRates(rates: PoolRates): PlainRates {
  return Object.fromEntries(TOKEN_POOLS.map(pool => [pool, rates[pool]?.base]))
}
