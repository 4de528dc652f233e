import { describe, expect, it } from 'vitest'
import { listPriceProviders } from './list-price-providers.ts'

describe('listPriceProviders', () => {
  it.each([
    { provider: 'openai', expected: ['openai'] },
    { provider: 'google', expected: ['google', 'anthropic'] },
    { provider: 'openai-responses', expected: ['openai'] },
    { provider: 'our-own-models', expected: [] },
  ])('of $provider are $expected', ({ provider, expected }) => {
    expect(listPriceProviders(provider)).toEqual(expected)
  })

  // Azure charges prices of its own for the models of DeepSeek, xAI and Moonshot, whatever the bundled package says.
  it.each(['azure', 'azure-openai-eu', 'my-azure'])('of %s are those of Azure, then of OpenAI and Anthropic', provider => {
    expect(listPriceProviders(provider)).toEqual(['azure', 'openai', 'anthropic'])
  })

  it.each([
    { provider: 'anthropic-on-bedrock', expected: 'aws' },
    { provider: 'anthropic_vertex', expected: 'google' },
    { provider: 'openai-azure-eu', expected: 'azure' },
    { provider: 'huggingface/together', expected: 'huggingface_together' },
    { provider: 'groq-eu', expected: 'groq' },
  ])('of $provider begin with $expected', ({ provider, expected }) => {
    expect(listPriceProviders(provider)[0]).toBe(expected)
  })

  it.each(['openai-compatible', 'openai_like', 'custom_openai', 'openai-proxy', 'notopenai', 'local-mistral'])(
    'of %s are none, because it is another provider',
    provider => {
      expect(listPriceProviders(provider)).toEqual([])
    },
  )
})
