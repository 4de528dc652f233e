import { findProvider, type Provider } from '@pydantic/genai-prices'

/**
 * The providers of `@pydantic/genai-prices`, which has no way to list its own. A test reads the package and fails when
 * one is missing here, so that a new version of it cannot go by unseen.
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

/** The bundled providers with their models. Read once: the package can be told to swap its data, and prices must stand still. */
export function bundledProviders(): readonly Provider[] {
  providers ??= BUNDLED_PROVIDER_IDS.map(providerId => {
    const provider = findProvider({ providerId })
    if (provider?.id !== providerId) throw new Error(`@pydantic/genai-prices has no provider "${providerId}" any more`)
    return provider
  })
  return providers
}
