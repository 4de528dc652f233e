import type { PoolRates } from '@tollgate/pricing'
import { TOKEN_POOLS } from '@tollgate/tokens'
import { builder } from '../../../graphql/builder.ts'
import { type PlainRates, PoolRatesInputRef, PoolRatesRef } from './pool-rates.ts'

/** Rates for contexts above a length. */
export interface ContextStep {
  readonly above: number
  readonly perMillionTokens: PlainRates
}

const STEP_DESCRIPTION = 'Rates for long contexts. They apply to all tokens of the call, or with `marginalSteps` only to those of the pool above the threshold.'
const ABOVE_DESCRIPTION =
  'The rates apply to calls with more input tokens than this, counting every input pool. With `marginalSteps`, to the tokens of each pool above this.'

/** Rates for long contexts, as output. */
export const ContextStepRef = builder.objectRef<ContextStep>('ContextStep').implement({
  description: STEP_DESCRIPTION,
  fields: t => ({
    above: t.expose('above', { type: 'SafeInt', description: ABOVE_DESCRIPTION }),
    perMillionTokens: t.expose('perMillionTokens', {
      type: PoolRatesRef,
      description: 'Rates in USD per million tokens. Null for a pool whose rate does not change at this step.',
    }),
  }),
})

/** Rates for long contexts, as input. */
export const ContextStepInputRef = builder.inputRef<ContextStep>('ContextStepInput').implement({
  description: STEP_DESCRIPTION,
  fields: t => ({
    above: t.field({ type: 'SafeInt', required: true, description: ABOVE_DESCRIPTION }),
    perMillionTokens: t.field({
      type: PoolRatesInputRef,
      required: true,
      description: 'Rates in USD per million tokens. Omitted pools keep their rate.',
    }),
  }),
})

/** Regroups the steps of each pool as steps with the pools that change there. */
export function contextSteps(rates: PoolRates): ContextStep[] {
  const thresholds = new Set(TOKEN_POOLS.flatMap(pool => rates[pool]?.steps.map(({ above }) => above) ?? []))
  return [...thresholds]
    .toSorted((a, b) => a - b)
    .map(above => ({
      above,
      perMillionTokens: Object.fromEntries(TOKEN_POOLS.map(pool => [pool, rates[pool]?.steps.find(step => step.above === above)?.rate])),
    }))
}
