import { expect, it } from 'vitest'
import { extractStreamedTokenUsage } from './extract-streamed-token-usage.ts'
import { completeTokenUsage, type TokenUsageInput } from './model/token-usage.ts'
import { TokenUsageUnreadable } from './model/token-usage-unreadable.ts'

it.each<{ name: string; provider: string; events: unknown[]; model: string | null; tokens: TokenUsageInput }>([
  {
    name: 'Anthropic: input at the start, running output with each delta',
    provider: 'anthropic',
    model: 'claude-sonnet-4-5',
    events: [
      {
        type: 'message_start',
        message: {
          model: 'claude-sonnet-4-5',
          usage: {
            input_tokens: 3,
            cache_read_input_tokens: 1_000,
            cache_creation_input_tokens: 300,
            cache_creation: { ephemeral_5m_input_tokens: 100, ephemeral_1h_input_tokens: 200 },
            output_tokens: 1,
          },
        },
      },
      { type: 'content_block_delta', delta: { type: 'text_delta', text: 'usage' } },
      { type: 'message_delta', usage: { output_tokens: 20 } },
      { type: 'message_delta', usage: { input_tokens: 3, cache_read_input_tokens: 1_000, cache_creation_input_tokens: 300, output_tokens: 50 } },
      { type: 'message_stop' },
    ],
    tokens: { input: 3, cacheRead: 1_000, cacheWrite5m: 100, cacheWrite1h: 200, output: 50 },
  },
  {
    name: 'OpenAI chat: all usage in the last chunk',
    provider: 'openai',
    model: 'gpt-5',
    events: [
      { model: 'gpt-5', choices: [{ delta: { content: 'a' } }], usage: null },
      { model: 'gpt-5', choices: [], usage: { prompt_tokens: 100, completion_tokens: 60, prompt_tokens_details: { cached_tokens: 64 } } },
    ],
    tokens: { input: 36, cacheRead: 64, output: 60 },
  },
  {
    name: 'OpenAI responses: usage in the last event',
    provider: 'openai',
    model: 'gpt-5',
    events: [
      { type: 'response.created', response: { model: 'gpt-5', usage: null } },
      {
        type: 'response.completed',
        response: { model: 'gpt-5', usage: { input_tokens: 100, output_tokens: 60, output_tokens_details: { reasoning_tokens: 40 } } },
      },
    ],
    tokens: { input: 100, output: 20, reasoning: 40 },
  },
  {
    name: 'xAI: running totals in every chunk',
    provider: 'xai',
    model: 'grok-4',
    events: [
      { model: 'grok-4', usage: { prompt_tokens: 100, completion_tokens: 1 } },
      { model: 'grok-4', usage: { prompt_tokens: 100, completion_tokens: 60 } },
    ],
    tokens: { input: 100, output: 60 },
  },
  {
    name: 'Google: running totals in every chunk',
    provider: 'google',
    model: 'gemini-2.5-pro',
    events: [
      { modelVersion: 'gemini-2.5-pro', usageMetadata: { promptTokenCount: 100, candidatesTokenCount: 2 } },
      {
        modelVersion: 'gemini-2.5-pro',
        usageMetadata: { promptTokenCount: 100, cachedContentTokenCount: 80, candidatesTokenCount: 10, thoughtsTokenCount: 30 },
      },
    ],
    tokens: { input: 20, cacheRead: 80, output: 10, reasoning: 30 },
  },
  {
    name: 'Bedrock: usage in the metadata event',
    provider: 'bedrock',
    model: null,
    events: [{ contentBlockDelta: { delta: { text: 'a' } } }, { metadata: { usage: { inputTokens: 22, cacheReadInputTokens: 100, outputTokens: 13 } } }],
    tokens: { input: 22, cacheRead: 100, output: 13 },
  },
  {
    name: 'Groq: usage in x_groq',
    provider: 'groq',
    model: 'openai/gpt-oss-120b',
    events: [{ model: 'openai/gpt-oss-120b' }, { model: 'openai/gpt-oss-120b', x_groq: { usage: { prompt_tokens: 10, completion_tokens: 5 } } }],
    tokens: { input: 10, output: 5 },
  },
])('extractStreamedTokenUsage reads $name', ({ provider, events, model, tokens }) => {
  expect(extractStreamedTokenUsage({ provider, events })).toEqual({ model, tokens: completeTokenUsage(tokens), units: [] })
})

it('extractStreamedTokenUsage rejects a stream without usage', () => {
  const events = [{ model: 'gpt-5', choices: [{ delta: { content: 'a' } }] }]
  expect(() => extractStreamedTokenUsage({ provider: 'openai', events })).toThrow(TokenUsageUnreadable)
})
