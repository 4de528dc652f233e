import { describe, expect, it } from 'vitest'
import { readOpenTelemetryModel, readOpenTelemetryUsage } from './read-open-telemetry-usage.ts'
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

describe('readOpenTelemetryUsage knows the names that instrumentations use', () => {
  it.each([
    'cache_read.input_tokens',
    'cache_read_input_tokens',
    'cached_input_tokens',
    'input_cached_tokens',
    'cache_read_tokens',
    'cached_tokens',
    'input_tokens.cached',
    'details.cache_read_tokens',
    'details.cache_read_input_tokens',
    'details.cached_tokens',
    'prompt_tokens_details.cached_tokens',
  ])('of cache reads: gen_ai.usage.%s', name => {
    expect(readOpenTelemetryUsage(usage({ input_tokens: 300, output_tokens: 10, [name]: 40 })).tokens).toEqual(
      completeTokenUsage({ input: 260, cacheRead: 40, output: 10 }),
    )
  })

  it.each([
    'cache_creation.input_tokens',
    'cache_write.input_tokens',
    'cache_creation_input_tokens',
    'cache_write_input_tokens',
    'cache_write_tokens',
    'cache_creation_tokens',
    'input_cache_creation',
    'input_tokens.cache_write',
    'details.cache_write_tokens',
    'details.cache_creation_input_tokens',
  ])('of cache writes: gen_ai.usage.%s', name => {
    expect(readOpenTelemetryUsage(usage({ input_tokens: 300, output_tokens: 10, [name]: 25 })).tokens).toEqual(
      completeTokenUsage({ input: 275, cacheWrite5m: 25, output: 10 }),
    )
  })

  it.each([
    'reasoning.output_tokens',
    'reasoning_output_tokens',
    'reasoning_tokens',
    'output_tokens.reasoning',
    'details.reasoning_tokens',
    'details.thoughts_tokens',
    'completion_tokens_details.reasoning_tokens',
  ])('of reasoning: gen_ai.usage.%s', name => {
    expect(readOpenTelemetryUsage(usage({ input_tokens: 300, output_tokens: 10, [name]: 4 })).tokens).toEqual(
      completeTokenUsage({ input: 300, output: 6, reasoning: 4 }),
    )
  })

  it.each<{ name: string; attributes: Record<string, unknown>; tokens: TokenUsageInput; more?: object }>([
    {
      name: 'of OpenInference',
      attributes: {
        'llm.token_count.prompt': 300,
        'llm.token_count.completion': 50,
        'llm.token_count.total': 350,
        'llm.token_count.prompt_details.cache_read': 40,
        'llm.token_count.prompt_details.cache_write': 25,
        'llm.token_count.prompt_details.audio': 30,
        'llm.token_count.completion_details.reasoning': 20,
        'llm.token_count.completion_details.audio': 10,
        'llm.model_name': 'gpt-audio',
        'llm.provider': 'openai',
      },
      tokens: { input: 205, cacheRead: 40, cacheWrite5m: 25, audioInput: 30, output: 20, reasoning: 20, audioOutput: 10 },
      more: { model: 'gpt-audio', provider: 'openai' },
    },
    {
      name: 'of earlier versions of OpenLLMetry',
      attributes: { 'llm.usage.prompt_tokens': 300, 'llm.usage.completion_tokens': 50, 'llm.usage.cache_read_input_tokens': 40 },
      tokens: { input: 260, cacheRead: 40, output: 50 },
    },
    {
      name: 'of lifetimes of cache writes',
      attributes: usage({ input_tokens: 300, output_tokens: 10, cache_creation_input_tokens: 100, 'cache_creation.ephemeral_1h_input_tokens': 80 }),
      tokens: { input: 200, cacheWrite5m: 20, cacheWrite1h: 80, output: 10 },
    },
    {
      name: 'of audio',
      attributes: usage({ input_tokens: 300, output_tokens: 10, input_audio_tokens: 100, output_audio_tokens: 8 }),
      tokens: { input: 200, audioInput: 100, output: 2, audioOutput: 8 },
    },
    {
      name: 'of totals, which show that reasoning is beside the output',
      attributes: usage({ input_tokens: 300, output_tokens: 50, reasoning_tokens: 20, total_tokens: 370 }),
      tokens: { input: 300, output: 50, reasoning: 20 },
    },
    {
      name: 'of totals, which show that the cache is beside the input',
      attributes: usage({ input_tokens: 300, output_tokens: 50, 'cache_read.input_tokens': 100, total_tokens: 450 }),
      tokens: { input: 300, cacheRead: 100, output: 50 },
    },
    {
      name: 'of service tiers and searches',
      attributes: { ...usage({ input_tokens: 300, output_tokens: 50, 'server_tool_use.web_search_requests': '2' }), 'openai.response.service_tier': 'flex' },
      tokens: { input: 300, output: 50 },
      more: { serviceTier: 'flex', units: [{ kind: 'web_search', quantity: '2' }] },
    },
  ])('$name', ({ attributes, tokens, more = {} }) => {
    expect(readOpenTelemetryUsage(attributes)).toEqual({ model: null, provider: null, units: [], ...more, tokens: completeTokenUsage(tokens) })
  })
})

describe('readOpenTelemetryUsage reads spans of the Vercel AI SDK', () => {
  it.each<{ name: string; attributes: Record<string, unknown>; tokens: TokenUsageInput; more?: object }>([
    {
      name: 'version 5, with the cache in ai.usage only',
      attributes: {
        ...usage({ input_tokens: 1_815, output_tokens: 4 }),
        'ai.usage.cachedInputTokens': 1_792,
        'ai.usage.reasoningTokens': 3,
        'gen_ai.system': 'openai.responses',
        'ai.response.model': 'gpt-4o-mini',
      },
      tokens: { input: 23, cacheRead: 1_792, output: 1, reasoning: 3 },
      more: { model: 'gpt-4o-mini', provider: 'openai.responses' },
    },
    {
      name: 'version 5 of Anthropic, whose input excludes the cache, and whose cache writes are in the metadata only',
      attributes: {
        ...usage({ input_tokens: 500, output_tokens: 50 }),
        'ai.usage.cachedInputTokens': 100,
        'ai.model.provider': 'anthropic.messages',
        'ai.model.id': 'claude-opus-4-8',
        'ai.response.providerMetadata': JSON.stringify({
          anthropic: {
            usage: {
              input_tokens: 500,
              cache_read_input_tokens: 100,
              cache_creation_input_tokens: 30,
              cache_creation: { ephemeral_1h_input_tokens: 30 },
              output_tokens: 50,
              service_tier: 'priority',
            },
          },
        }),
      },
      tokens: { input: 500, cacheRead: 100, cacheWrite1h: 30, output: 50 },
      more: { model: 'claude-opus-4-8', provider: 'anthropic.messages', serviceTier: 'priority' },
    },
    {
      name: 'version 5 with metadata that was cut off',
      attributes: {
        ...usage({ input_tokens: 500, output_tokens: 50 }),
        'ai.usage.cachedInputTokens': 100,
        'ai.response.providerMetadata': '{"anthropic":{"usa',
      },
      tokens: { input: 400, cacheRead: 100, output: 50 },
    },
    {
      name: 'version 6, whose details are parts of the totals',
      attributes: {
        ...usage({ input_tokens: '1303', output_tokens: '60' }),
        'ai.usage.inputTokenDetails.noCacheTokens': '3',
        'ai.usage.inputTokenDetails.cacheReadTokens': '1000',
        'ai.usage.inputTokenDetails.cacheWriteTokens': '300',
        'ai.usage.outputTokenDetails.reasoningTokens': '40',
        'gen_ai.provider.name': 'anthropic',
      },
      tokens: { input: 3, cacheRead: 1_000, cacheWrite5m: 300, output: 20, reasoning: 40 },
      more: { provider: 'anthropic' },
    },
    {
      name: 'version 4, with its own names only',
      attributes: {
        'ai.usage.promptTokens': 100,
        'ai.usage.completionTokens': 60,
        'ai.response.providerMetadata': '{"openai":{"cachedPromptTokens":64,"reasoningTokens":40}}',
      },
      tokens: { input: 36, cacheRead: 64, output: 20, reasoning: 40 },
    },
    { name: 'embeddings', attributes: { 'ai.usage.tokens': 8 }, tokens: { input: 8 } },
  ])('$name', ({ attributes, tokens, more = {} }) => {
    expect(readOpenTelemetryUsage(attributes)).toEqual({ model: null, provider: null, units: [], ...more, tokens: completeTokenUsage(tokens) })
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
  it('are read of a call without usage too', () => {
    expect(readOpenTelemetryModel({ 'gen_ai.request.model': 'gpt-5', 'gen_ai.provider.name': 'openai' })).toEqual({ model: 'gpt-5', provider: 'openai' })
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
