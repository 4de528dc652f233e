import { bundledProviders } from '../bundled/providers.ts'
import { matchesModelName } from './match-model-name.ts'

/** Other names of the same provider: SDKs', gateways', and those of OpenTelemetry's `gen_ai.provider.name`. */
const ALIASES: Readonly<Record<string, string>> = {
  amazon: 'aws',
  'amazon-bedrock': 'aws',
  amazon_bedrock: 'aws',
  'aws-bedrock': 'aws',
  'aws.bedrock': 'aws',
  aws_bedrock: 'aws',
  bedrock: 'aws',
  bedrock_converse: 'aws',
  'azure-ai': 'azure',
  'azure-openai': 'azure',
  'azure.ai.inference': 'azure',
  'azure.ai.openai': 'azure',
  azure_ai: 'azure',
  azure_openai: 'azure',
  'fireworks-ai': 'fireworks',
  fireworks_ai: 'fireworks',
  copilot: 'github-copilot',
  github_copilot: 'github-copilot',
  'gcp.gemini': 'google',
  'gcp.gen_ai': 'google',
  'gcp.vertex_ai': 'google',
  gemini: 'google',
  'google-vertex': 'google',
  vertex: 'google',
  'vertex-ai': 'google',
  vertex_ai: 'google',
  vertexai: 'google',
  mistral_ai: 'mistral',
  mistralai: 'mistral',
  moonshot: 'moonshotai',
  'novita-ai': 'novita',
  'together-ai': 'together',
  together_ai: 'together',
  togetherai: 'together',
  voyage: 'voyageai',
  grok: 'x-ai',
  x_ai: 'x-ai',
  xai: 'x-ai',
  'z-ai': 'zai',
  'z.ai': 'zai',
  zhipu: 'zhipuai',
}

/** The name that a provider's prices are kept under: lower case, without aliases. Unknown names stay as they are. */
export function canonicalProvider(name: string): string {
  const lower = name.trim().toLowerCase()
  return Object.hasOwn(ALIASES, lower) ? (ALIASES[lower] ?? lower) : lower
}

/** Gateways, which are nobody's provider themselves: the model's prefix names it, as in "openai/gpt-5-mini". */
const GATEWAYS: ReadonlySet<string> = new Set(['litellm'])

/** The provider whose prices a call is charged by. */
export function providerOf({ provider, model }: { provider: string; model: string }): string {
  const canonical = canonicalProvider(provider)
  const slash = model.indexOf('/')
  return GATEWAYS.has(canonical) && slash > 0 ? canonicalProvider(model.slice(0, slash)) : canonical
}

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
