import { describe, expect, it } from 'vitest'
import { readOpenTelemetryUsage } from './read-open-telemetry-usage.ts'
import { completeTokenUsage, type TokenUsageInput } from './model/token-usage.ts'
import { TokenUsageUnreadable } from './model/token-usage-unreadable.ts'

const usage = (counts: Record<string, unknown>) => Object.fromEntries(Object.entries(counts).map(([name, value]) => [`gen_ai.usage.${name}`, value]))

describe('readOpenTelemetryUsage counts each token once', () => {
  it.each<{ name: string; attributes: Record<string, unknown>; tokens: TokenUsageInput }>([
    {
      name: 'by the conventions: input includes the cache, output includes reasoning',
      attributes: usage({
        input_tokens: 1_303,
        'cache_read.input_tokens': 1_000,
        'cache_creation.input_tokens': 300,
        output_tokens: 60,
        'reasoning.output_tokens': 40,
      }),
      tokens: { input: 3, cacheRead: 1_000, cacheWrite5m: 300, output: 20, reasoning: 40 },
    },
    {
      name: "if an instrumentation passes on Anthropic's input, which excludes the cache",
      attributes: usage({ input_tokens: 3, 'cache_read.input_tokens': 1_000, 'cache_creation.input_tokens': 300, output_tokens: 50 }),
      tokens: { input: 3, cacheRead: 1_000, cacheWrite5m: 300, output: 50 },
    },
    {
      name: 'if all input was cached',
      attributes: usage({ input_tokens: 100, 'cache_read.input_tokens': 100, output_tokens: 5 }),
      tokens: { cacheRead: 100, output: 5 },
    },
    { name: 'by older names', attributes: usage({ prompt_tokens: 100, completion_tokens: 60 }), tokens: { input: 100, output: 60 } },
    {
      name: 'by older and newer names with the same counts',
      attributes: usage({
        prompt_tokens: 100,
        input_tokens: 100,
        completion_tokens: 60,
        output_tokens: 60,
        'cache_read.input_tokens': 64,
        cache_read_input_tokens: 64,
      }),
      tokens: { input: 36, cacheRead: 64, output: 60 },
    },
    {
      name: 'with integers as text, as in OTLP',
      attributes: usage({ input_tokens: '100', 'cache_read.input_tokens': '64', output_tokens: '60' }),
      tokens: { input: 36, cacheRead: 64, output: 60 },
    },
    { name: 'for an embedding', attributes: usage({ input_tokens: 8 }), tokens: { input: 8 } },
  ])('$name', ({ attributes, tokens }) => {
    expect(readOpenTelemetryUsage(attributes).tokens).toEqual(completeTokenUsage(tokens))
  })
})

describe('the model and the provider', () => {
  it('are those of the response', () => {
    const attributes = {
      ...usage({ input_tokens: 1 }),
      'gen_ai.request.model': 'gpt-5',
      'gen_ai.response.model': 'gpt-5-2025-08-07',
      'gen_ai.provider.name': 'azure.ai.openai',
      'gen_ai.system': 'az.ai.openai',
    }
    expect(readOpenTelemetryUsage(attributes)).toMatchObject({ model: 'gpt-5-2025-08-07', provider: 'azure.ai.openai' })
  })
  it('default to the requested model and the older attribute of the provider', () => {
    expect(readOpenTelemetryUsage({ ...usage({ input_tokens: 1 }), 'gen_ai.request.model': 'gpt-5', 'gen_ai.system': 'openai' })).toMatchObject({
      model: 'gpt-5',
      provider: 'openai',
    })
    expect(readOpenTelemetryUsage(usage({ input_tokens: 1 }))).toMatchObject({ model: null, provider: null })
  })
})

it.each([
  { attributes: {}, says: /no gen_ai\.usage\.input_tokens/ },
  { attributes: usage({ 'cache_read.input_tokens': 5 }), says: /no gen_ai\.usage\.input_tokens/ },
  { attributes: usage({ input_tokens: 1.5 }), says: /gen_ai\.usage\.input_tokens must be a whole number/ },
  { attributes: usage({ input_tokens: 'many' }), says: /not a string/ },
])('readOpenTelemetryUsage rejects $attributes with the reason', ({ attributes, says }) => {
  expect(() => readOpenTelemetryUsage(attributes)).toThrow(TokenUsageUnreadable)
  expect(() => readOpenTelemetryUsage(attributes)).toThrow(says)
})
