import type { Decimal } from '@tollgate/kernel'
import type { PoolRates } from '@tollgate/pricing'
import { TOKEN_POOLS, type TokenPool } from '@tollgate/tokens'
import { builder } from '../../../graphql/builder.ts'
import { POOL_DESCRIPTIONS } from '../../usage/graphql/token-totals.ts'

/** USD for a million tokens of each pool. */
export type PlainRates = { readonly [Pool in TokenPool]?: Decimal | null | undefined }

/** What a million tokens of each pool cost. */
export const PoolRatesRef = builder.objectRef<PlainRates>('PoolRates').implement({
  description: 'USD for a million tokens, by pool; null where the pool has no rate of its own.',
  fields: t =>
    Object.fromEntries(
      TOKEN_POOLS.map(pool => [pool, t.field({ type: 'Decimal', nullable: true, description: POOL_DESCRIPTIONS[pool], resolve: rates => rates[pool] })]),
    ),
})

/** What a million tokens of each pool are to cost. */
export const PoolRatesInputRef = builder.inputRef<PlainRates>('PoolRatesInput').implement({
  description: 'USD for a million tokens, by pool. At least one must be given.',
  fields: t => Object.fromEntries(TOKEN_POOLS.map(pool => [pool, t.field({ type: 'Decimal', description: POOL_DESCRIPTIONS[pool] })])),
})

/** The rates that hold where no step of the context length does. */
export function baseRates(rates: PoolRates): PlainRates {
  return Object.fromEntries(TOKEN_POOLS.map(pool => [pool, rates[pool]?.base]))
}
