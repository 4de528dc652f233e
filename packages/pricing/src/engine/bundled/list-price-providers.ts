import { matchesModelName } from '../../model/match-model-name.ts'
import { bundledProviders } from './bundled-providers.ts'

/**
 * The bundled providers whose list prices may stand for a provider's own, in the order in which they are asked: itself
 * (or, where the name is unknown, the one that its name contains, as in "openai-eu"), then those whose models it resells
 * at their price, as Azure does OpenAI's.
 */
export function listPriceProviders(provider: string): readonly string[] {
  const known = bundledProviders().find(({ id }) => id === provider) ?? resembling(provider)
  return known ? [known.id, ...(known.fallback_model_providers ?? [])] : []
}

function resembling(provider: string) {
  // Before the package's own rules, by which a name such as "azure-openai-eu" would be OpenAI.
  if (provider.includes('azure')) return bundledProviders().find(({ id }) => id === 'azure')
  return bundledProviders().find(({ provider_match }) => provider_match && matchesModelName(provider_match, provider))
}
