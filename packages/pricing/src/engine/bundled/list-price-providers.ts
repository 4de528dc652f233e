import { matchesModelName } from '../../model/match-model-name.ts'
import { bundledProviders } from './bundled-providers.ts'

/**
 * Returns the bundled providers whose list prices may apply to calls of a provider, in order of precedence: the provider
 * itself or, if its name is unknown, the one that the name contains ("openai-eu"), then the providers whose models it
 * resells at their list price, as Azure does OpenAI's.
 */
export function listPriceProviders(provider: string): readonly string[] {
  const known = bundledProviders().find(({ id }) => id === provider) ?? similarProvider(provider)
  return known ? [known.id, ...(known.fallback_model_providers ?? [])] : []
}

function similarProvider(provider: string) {
  // Checked first, because the package's own rules would take a name such as "azure-openai-eu" for OpenAI.
  if (provider.includes('azure')) return bundledProviders().find(({ id }) => id === 'azure')
  return bundledProviders().find(({ provider_match }) => provider_match && matchesModelName(provider_match, provider))
}
