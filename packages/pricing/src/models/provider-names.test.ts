import { describe, expect, it } from 'vitest'
import { BUNDLED_PROVIDER_IDS } from '../bundled/providers.ts'
import { canonicalProvider, listPriceProviders, providerOf } from './provider-names.ts'

describe('canonicalProvider', () => {
  it.each([
    ['OpenAI', 'openai'],
    [' anthropic ', 'anthropic'],
    ['bedrock', 'aws'],
    ['AWS.Bedrock', 'aws'],
    ['vertex', 'google'],
    ['gemini', 'google'],
    ['gcp.vertex_ai', 'google'],
    ['azure-openai', 'azure'],
    ['azure.ai.openai', 'azure'],
    ['xai', 'x-ai'],
    ['together_ai', 'together'],
    ['our-own-models', 'our-own-models'],
    ['constructor', 'constructor'],
  ])('%s is %s', (name, canonical) => {
    expect(canonicalProvider(name)).toBe(canonical)
  })
  it('leaves the bundled ids as they are', () => {
    expect(BUNDLED_PROVIDER_IDS.map(canonicalProvider)).toEqual(BUNDLED_PROVIDER_IDS)
  })
})

describe('listPriceProviders', () => {
  it.each([
    { provider: 'openai', expected: ['openai'] },
    { provider: 'azure', expected: ['azure', 'openai', 'anthropic', 'deepseek', 'x-ai', 'moonshotai'] },
    { provider: 'google', expected: ['google', 'anthropic'] },
    { provider: 'openai-responses', expected: ['openai'] },
    { provider: 'azure-openai-eu', expected: ['azure', 'openai', 'anthropic', 'deepseek', 'x-ai', 'moonshotai'] },
    { provider: 'our-own-models', expected: [] },
  ])('of $provider are $expected', ({ provider, expected }) => {
    expect(listPriceProviders(provider)).toEqual(expected)
  })
})

describe('providerOf', () => {
  it("takes a gateway's provider from the model", () => {
    expect(providerOf({ provider: 'LiteLLM', model: 'bedrock/anthropic.claude-v2' })).toBe('aws')
  })
  it('takes the provider as it is named otherwise', () => {
    expect(providerOf({ provider: 'openrouter', model: 'openai/gpt-5' })).toBe('openrouter')
    expect(providerOf({ provider: 'litellm', model: 'gpt-5' })).toBe('litellm')
  })
})
