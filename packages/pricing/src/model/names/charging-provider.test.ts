import { describe, expect, it } from 'vitest'
import { chargingProvider } from './charging-provider.ts'

describe('chargingProvider', () => {
  it.each([
    { provider: 'LiteLLM', model: 'bedrock/anthropic.claude-v2', charges: 'aws' },
    { provider: 'litellm_proxy', model: 'azure/us/gpt-5.1', charges: 'azure' },
    { provider: 'litellm', model: 'openrouter/openai/gpt-5', charges: 'openrouter' },
    { provider: 'litellm', model: 'fireworks_ai/accounts/fireworks/models/kimi-k2p5', charges: 'fireworks' },
    { provider: 'gateway', model: 'openai/gpt-5', charges: 'openai' },
    { provider: 'vercel', model: 'xai/grok-4.3', charges: 'x-ai' },
    { provider: 'vercel', model: 'spacexai/grok-4.3', charges: 'x-ai' },
    { provider: 'gateway', model: 'google/gemini-2.5-flash', charges: 'google' },
    { provider: 'cloudflare-ai-gateway', model: 'workers-ai/@cf/openai/gpt-oss-20b', charges: 'cloudflare' },
    { provider: 'litellm', model: 'meta-llama/llama-3.3-70b-instruct', charges: 'meta-llama' },
  ])("is the model's prefix for $model of the gateway $provider", ({ provider, model, charges }) => {
    expect(chargingProvider({ provider, model })).toBe(charges)
  })

  // Vercel's names have the maker, not the host.
  it.each([
    { provider: 'vercel_ai_gateway', model: 'zai/glm-4.6' },
    { provider: 'gateway', model: 'deepseek/deepseek-v3.2' },
    { provider: 'vercel', model: 'openai/gpt-oss-120b' },
    { provider: 'vercel-ai-gateway', model: 'google/gemma-4-31b-it' },
    { provider: 'vercel', model: 'meta/llama-3.3-70b' },
    { provider: 'vercel', model: 'amazon/nova-pro' },
  ])('is Vercel for the open model $model of its gateway $provider', ({ provider, model }) => {
    expect(chargingProvider({ provider, model })).toBe('vercel')
  })

  // LiteLLM's list has no prefix for the models of their makers, nor for ids of Bedrock.
  it.each([
    { model: 'gpt-4o', charges: 'openai' },
    { model: 'o4-mini', charges: 'openai' },
    { model: 'ft:gpt-4o-mini-2024-07-18:acme::abc', charges: 'openai' },
    { model: 'claude-sonnet-4-5', charges: 'anthropic' },
    { model: 'gemini-2.5-pro', charges: 'google' },
    { model: 'us.anthropic.claude-sonnet-4-5-20250929-v1:0', charges: 'aws' },
    { model: 'amazon.nova-pro-v1:0', charges: 'aws' },
    { model: 'grok-4', charges: 'x-ai' },
    { model: 'mistral-large-latest', charges: 'mistral' },
    { model: 'command-r-plus', charges: 'cohere' },
    // Open models, which many providers serve.
    { model: 'gpt-oss-120b', charges: 'litellm' },
    { model: 'llama-3.3-70b', charges: 'litellm' },
    { model: 'v0-1.5-md', charges: 'litellm' },
  ])('is the maker for $model of a gateway: $charges', ({ model, charges }) => {
    expect(chargingProvider({ provider: 'litellm', model })).toBe(charges)
  })

  it("is the cloud if a maker's SDK names a model of one", () => {
    expect(chargingProvider({ provider: 'anthropic', model: 'us.anthropic.claude-sonnet-4-5-20250929-v1:0' })).toBe('aws')
    expect(chargingProvider({ provider: 'anthropic', model: 'projects/p/locations/global/publishers/anthropic/models/claude-opus-4-5' })).toBe('google')
    expect(chargingProvider({ provider: 'openai', model: 'openai.gpt-oss-120b-1:0' })).toBe('aws')
    expect(chargingProvider({ provider: 'anthropic', model: 'claude-sonnet-4-5' })).toBe('anthropic')
  })

  it('is the named provider otherwise', () => {
    expect(chargingProvider({ provider: 'openrouter', model: 'openai/gpt-5' })).toBe('openrouter')
    expect(chargingProvider({ provider: 'xai.responses', model: 'grok-4.3' })).toBe('x-ai')
  })
})
