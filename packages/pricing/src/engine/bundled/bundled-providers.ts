import { findProvider, type Provider } from '@pydantic/genai-prices'
import { closedMatch } from './closed-match.ts'

/**
 * Ids of the providers in `@pydantic/genai-prices`, which cannot list them itself. A test reads the source of the package
 * and fails if a new version adds a provider.
 */
export const BUNDLED_PROVIDER_IDS = [
  'anthropic',
  'arcee',
  'avian',
  'aws',
  'azure',
  'baseten',
  'cerebras',
  'cloudflare',
  'cohere',
  'cursor',
  'deepseek',
  'doubleword',
  'fireworks',
  'github-copilot',
  'google',
  'groq',
  'huggingface_cerebras',
  'huggingface_fireworks-ai',
  'huggingface_groq',
  'huggingface_hyperbolic',
  'huggingface_nebius',
  'huggingface_novita',
  'huggingface_nscale',
  'huggingface_ovhcloud',
  'huggingface_publicai',
  'huggingface_sambanova',
  'huggingface_together',
  'minimax',
  'mistral',
  'modal',
  'moonshotai',
  'novita',
  'openai',
  'openrouter',
  'ovhcloud',
  'perplexity',
  'quicksilverpro',
  'together',
  'typesafe',
  'voyageai',
  'x-ai',
  'zai',
  'zhipuai',
] as const

let providers: readonly Provider[] | undefined

/**
 * Returns the bundled providers and their models, whose rules select no other models. Read once, because the package can replace
 * its data at run time and prices must not change.
 */
export function bundledProviders(): readonly Provider[] {
  providers ??= BUNDLED_PROVIDER_IDS.map(providerId => {
    const provider = findProvider({ providerId })
    if (provider?.id !== providerId) throw new Error(`@pydantic/genai-prices no longer has the provider "${providerId}"`)
    return { ...provider, models: provider.models.map(model => ({ ...model, match: closedMatch(model.match, { provider: providerId, id: model.id }) })) }
  })
  return providers
}
