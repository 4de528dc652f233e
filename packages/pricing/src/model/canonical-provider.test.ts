import { describe, expect, it } from 'vitest'
import { canonicalProvider } from './canonical-provider.ts'

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
  ])('of %s is %s', (name, canonical) => {
    expect(canonicalProvider(name)).toBe(canonical)
  })
})
