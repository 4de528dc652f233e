import type { Decimal } from '@tollgate/kernel'
import { TOKEN_POOLS, type TokenPool } from '@tollgate/tokens'
import type { PoolRates, TokenRate } from '../price.ts'
import type { CachePool, ContextStepDraft, ExactPriceDraft } from './price-draft.ts'

/** The pools whose rate may be a multiple of the input rate. */
export const CACHE_POOLS = ['cacheRead', 'cacheWrite5m', 'cacheWrite1h'] as const satisfies readonly CachePool[]

/** Returns the rates of a valid draft: its steps regrouped by pool, shortest context first, and its multipliers applied to every step. */
export function draftRates({
  perMillionTokens,
  contextSteps,
  cacheMultipliers,
}: Pick<ExactPriceDraft, 'perMillionTokens' | 'contextSteps' | 'cacheMultipliers'>): PoolRates {
  const steps = (contextSteps ?? []).toSorted((a, b) => a.above - b.above)
  const listed = Object.fromEntries(
    TOKEN_POOLS.flatMap(pool => {
      const base = perMillionTokens[pool]
      return base ? [[pool, { base, steps: stepsOf(pool, steps) }]] : []
    }),
  ) as PoolRates
  const { input } = listed
  if (!input || !cacheMultipliers) return listed
  const multiplied = CACHE_POOLS.flatMap(pool => {
    const multiplier = cacheMultipliers[pool]
    return multiplier ? [[pool, times(input, multiplier)]] : []
  })
  return { ...listed, ...(Object.fromEntries(multiplied) as PoolRates) }
}

function stepsOf(pool: TokenPool, steps: readonly ContextStepDraft<Decimal>[]): TokenRate['steps'] {
  return steps.flatMap(({ above, perMillionTokens }) => {
    const rate = perMillionTokens[pool]
    return rate ? [{ above, rate }] : []
  })
}

function times({ base, steps }: TokenRate, multiplier: Decimal): TokenRate {
  return { base: base.times(multiplier), steps: steps.map(({ above, rate }) => ({ above, rate: rate.times(multiplier) })) }
}
