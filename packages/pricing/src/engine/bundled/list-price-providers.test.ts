import { describe, expect, it } from 'vitest'
import { listPriceProviders } from './list-price-providers.ts'

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
