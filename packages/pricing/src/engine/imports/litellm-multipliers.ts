import { Decimal } from '@tollgate/kernel'
import type { ExactPriceDraft } from '../../model/drafts/price-draft.ts'
import type { RateTable } from './rate-table.ts'

/** Key of multipliers of all rates, under names of the provider's own: `{ us: 1.1, fast: 6 }`. */
const MULTIPLIERS_KEY = 'provider_specific_entry'
/** Names of multipliers, and how a call with them is served. */
const SERVED: Readonly<Record<string, Pick<ExactPriceDraft, 'speed' | 'region'>>> = { fast: { speed: 'fast' }, us: { region: 'us' } }

/** A multiplier of all token rates, for calls that are served in some way. */
export interface Multiplier {
  readonly name: string
  readonly factor: Decimal
  readonly served: Pick<ExactPriceDraft, 'speed' | 'region'>
}

/** Reads the multipliers of an entry, and their products, because they stack. Undefined if it has some that are unknown. */
export function readLiteLlmMultipliers(entry: Readonly<Record<string, unknown>>): readonly Multiplier[] | undefined {
  const listed = entry[MULTIPLIERS_KEY]
  if (typeof listed !== 'object' || listed === null) return []
  const factors = Object.entries(listed).filter((pair): pair is [string, Decimal] => pair[1] instanceof Decimal)
  if (factors.some(([name]) => !Object.hasOwn(SERVED, name))) return undefined
  const multipliers: Multiplier[] = []
  for (const [name, factor] of factors) {
    const served = SERVED[name] ?? {}
    const stacked = multipliers.map(other => ({ name: `${other.name}, ${name}`, factor: other.factor.times(factor), served: { ...other.served, ...served } }))
    multipliers.push({ name, factor, served }, ...stacked)
  }
  return multipliers
}

/** Multiplies all rates of a table. */
export function multiply({ base, steps }: RateTable, factor: Decimal): RateTable {
  const times = (rates: RateTable['base']) => new Map([...rates].map(([pool, rate]) => [pool, rate.times(factor)]))
  return { base: times(base), steps: new Map([...steps].map(([above, rates]) => [above, times(rates)])) }
}
