import { InvalidInput } from '@tollgate/kernel'
import type { PriceCatalog } from '@tollgate/pricing'
import type { ModelName } from '../../model/simulation/charge-scenario.ts'
import type { SimulationRequest } from '../../model/simulation/charge-simulation.ts'
import type { ChargedEvent } from '../../model/usage/charged-event.ts'
import { canonicalModel } from '../rules/canonical-model.ts'

const MAX_MODELS = 1_000

/** Finds the model that replaces the one of an event. Undefined if the model stays. */
export type ModelReplacement = (event: Pick<ChargedEvent, 'provider' | 'model'>) => ModelName | undefined

/**
 * Returns the model replacements of a scenario. A replacement also applies to dated versions and aliases of the model.
 * Throws `InvalidInput` for too many models, or a model that is replaced twice.
 */
export function replacedModels(
  catalog: PriceCatalog,
  { scenario: { models = [] }, range, tenantId }: Pick<SimulationRequest, 'scenario' | 'range' | 'tenantId'>,
): ModelReplacement {
  if (models.length > MAX_MODELS) throw new InvalidInput([{ path: 'scenario.models', message: `must be at most ${MAX_MODELS}` }])
  const nameOf = (name: ModelName) => JSON.stringify(Object.values(canonicalModel(catalog, { ...name, at: range.from, tenantId })))
  const targets = new Map(models.map(({ from, to }) => [nameOf(from), to]))
  if (targets.size < models.length) throw new InvalidInput([{ path: 'scenario.models', message: 'must not replace a model twice' }])
  const known = new Map<string, ModelName | undefined>()
  return ({ provider, model }) => {
    if (provider === null || model === null || targets.size === 0) return undefined
    const key = `${provider}\n${model}`
    if (!known.has(key)) known.set(key, targets.get(nameOf({ provider, model })))
    return known.get(key)
  }
}
