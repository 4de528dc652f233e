import { describe, expect, it } from 'vitest'
import { chargingProvider } from './charging-provider.ts'

describe('chargingProvider', () => {
  it("reads the provider from the model's prefix for gateways", () => {
    expect(chargingProvider({ provider: 'LiteLLM', model: 'bedrock/anthropic.claude-v2' })).toBe('aws')
  })
  it('returns the named provider otherwise', () => {
    expect(chargingProvider({ provider: 'openrouter', model: 'openai/gpt-5' })).toBe('openrouter')
    expect(chargingProvider({ provider: 'litellm', model: 'gpt-5' })).toBe('litellm')
  })
})
