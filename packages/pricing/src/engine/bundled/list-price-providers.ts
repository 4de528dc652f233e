import { canonicalProvider } from '../../model/names/canonical-provider.ts'
import { matchesModelName } from '../../model/names/match-model-name.ts'
import { BUNDLED_PROVIDER_IDS, bundledProviders } from './bundled-providers.ts'

/**
 * Providers that charge the list price of a model's maker where they list none, by the makers' and their own documents. The bundled
 * package also names DeepSeek, xAI and Moonshot for Azure, which charges prices of its own for their models.
 */
const RESELLERS: Readonly<Record<string, readonly string[]>> = {
  // https://azure.microsoft.com/pricing/details/cognitive-services/openai-service/ for global deployments;
  // "billed in Claude Consumption Units" at list prices: https://platform.claude.com/docs/en/build-with-claude/claude-in-microsoft-foundry
  azure: ['openai', 'anthropic'],
  // For global endpoints: https://platform.claude.com/docs/en/build-with-claude/claude-on-vertex-ai
  google: ['anthropic'],
}

/** Words of names that mean a server with the API of a provider, and not the provider: "openai-compatible", "openai_like". */
const LOOKALIKE = /compat|like|custom|proxy|local|self|clone/

const CLOUDS = ['azure', 'aws', 'google']

/**
 * Returns the bundled providers whose list prices may apply to calls of a provider, in order of precedence: the provider
 * itself or, if its name is unknown, the one that the name contains ("openai-eu"), then those whose prices it charges.
 */
export function listPriceProviders(provider: string): readonly string[] {
  const known = isBundled(provider) ? provider : similarProvider(provider)
  return known === undefined ? [] : [known, ...(RESELLERS[known] ?? [])]
}

/** The provider that is a part of a name. A cloud before a maker: "anthropic-on-bedrock" is Bedrock. */
function similarProvider(name: string): string | undefined {
  if (LOOKALIKE.test(name)) return undefined
  if (name.includes('huggingface')) return bundledProviders().find(({ provider_match }) => provider_match && matchesModelName(provider_match, name))?.id
  const parts = name
    .split(/[^a-z0-9]+/)
    .map(canonicalProvider)
    .filter(isBundled)
  return CLOUDS.find(cloud => parts.includes(cloud)) ?? parts[0]
}

function isBundled(provider: string): boolean {
  return BUNDLED_PROVIDER_IDS.some(id => id === provider)
}
