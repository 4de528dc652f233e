import type { PoolRates } from '@tollgate/pricing'
import { TOKEN_POOLS } from '@tollgate/tokens'
import { builder } from '../../../graphql/builder.ts'
import { type PlainRates, PoolRatesInputRef, PoolRatesRef } from './pool-rates.ts'

/** The rates of one step of the context length. */
export interface ContextStep {
  readonly above: number
  readonly perMillionTokens: PlainRates
}

/** Rates for long contexts. */
export const ContextStepRef = builder.objectRef<ContextStep>('ContextStep').implement({
  description: 'Rates for long contexts. They price the whole event, not only what is above.',
  fields: t => ({
    above: t.expose('above', { type: 'SafeInt', description: 'They count where the input has more tokens than this, all pools of input together.' }),
    perMillionTokens: t.expose('perMillionTokens', {
      type: PoolRatesRef,
      description: "USD for a million tokens, by pool; null where the pool's rate has no step here.",
    }),
  }),
})

/** Rates for long contexts, to be published. */
export const ContextStepInputRef = builder.inputRef<ContextStep>('ContextStepInput').implement({
  description: 'Rates for long contexts. They price the whole event, not only what is above.',
  fields: t => ({
    above: t.field({ type: 'SafeInt', required: true, description: 'They count where the input has more tokens than this, all pools of input together.' }),
    perMillionTokens: t.field({
      type: PoolRatesInputRef,
      required: true,
      description: 'USD for a million tokens, by pool. A pool that is left out keeps its rate.',
    }),
  }),
})

/** Turns the steps of each pool into the pools of each step. */
export function contextSteps(rates: PoolRates): ContextStep[] {
  const lengths = new Set(TOKEN_POOLS.flatMap(pool => rates[pool]?.steps.map(({ above }) => above) ?? []))
  return [...lengths]
    .toSorted((a, b) => a - b)
    .map(above => ({
      above,
      perMillionTokens: Object.fromEntries(TOKEN_POOLS.map(pool => [pool, rates[pool]?.steps.find(step => step.above === above)?.rate])),
    }))
}
