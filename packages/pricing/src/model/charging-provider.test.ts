import { describe, expect, it } from 'vitest'
import { chargingProvider } from './charging-provider.ts'

describe('chargingProvider', () => {
  it("takes a gateway's provider from the model", () => {
    expect(chargingProvider({ provider: 'LiteLLM', model: 'bedrock/anthropic.claude-v2' })).toBe('aws')
  })
  it('takes the provider as it is named otherwise', () => {
    expect(chargingProvider({ provider: 'openrouter', model: 'openai/gpt-5' })).toBe('openrouter')
    expect(chargingProvider({ provider: 'litellm', model: 'gpt-5' })).toBe('litellm')
  })
})
