import { describe, expect, it } from 'vitest'
import type { AiSdkCall } from './engine/ai-sdk/ai-sdk-call.ts'
import { readAiSdkUsage } from './read-ai-sdk-usage.ts'
import { completeTokenUsage, type TokenUsageInput } from './model/token-usage.ts'
import { TokenUsageUnreadable } from './model/token-usage-unreadable.ts'

/** The same two calls in every format. OpenAI: 100 input (64 cached), 60 output (40 reasoning). Anthropic: 3 input, 1,000 read, 300 written. */
const OPENAI: TokenUsageInput = { input: 36, cacheRead: 64, output: 20, reasoning: 40 }
const ANTHROPIC: TokenUsageInput = { input: 3, cacheRead: 1_000, cacheWrite5m: 300, output: 50 }

describe('readAiSdkUsage counts each token once', () => {
  it.each<{ name: string; call: AiSdkCall; tokens: TokenUsageInput }>([
    {
      name: 'usage of a model, OpenAI',
      call: { usage: { inputTokens: { total: 100, noCache: 36, cacheRead: 64, cacheWrite: undefined }, outputTokens: { total: 60, text: 20, reasoning: 40 } } },
      tokens: OPENAI,
    },
    {
      name: 'usage of a model, Anthropic: the total includes the cache',
      call: {
        provider: 'anthropic.messages',
        usage: {
          inputTokens: { total: 1_303, noCache: 3, cacheRead: 1_000, cacheWrite: 300 },
          outputTokens: { total: 50, text: undefined, reasoning: undefined },
        },
      },
      tokens: ANTHROPIC,
    },
    {
      name: 'usage of a model: lifetimes of cache writes in the raw usage',
      call: {
        usage: {
          inputTokens: { total: 1_303, noCache: 3, cacheRead: 1_000, cacheWrite: 300 },
          outputTokens: { total: 50 },
          raw: { cache_creation: { ephemeral_5m_input_tokens: 100, ephemeral_1h_input_tokens: 200 } },
        },
      },
      tokens: { ...ANTHROPIC, cacheWrite5m: 100, cacheWrite1h: 200 },
    },
    {
      name: 'usage of a model without totals',
      call: { usage: { inputTokens: { noCache: 36, cacheRead: 64 }, outputTokens: { text: 20, reasoning: 40 } } },
      tokens: OPENAI,
    },
    {
      name: 'usage of a result, OpenAI',
      call: {
        usage: {
          inputTokens: 100,
          inputTokenDetails: { noCacheTokens: 36, cacheReadTokens: 64, cacheWriteTokens: undefined },
          outputTokens: 60,
          outputTokenDetails: { textTokens: 20, reasoningTokens: 40 },
          totalTokens: 160,
          reasoningTokens: 40,
          cachedInputTokens: 64,
        },
      },
      tokens: OPENAI,
    },
    {
      name: 'usage of a result, Anthropic',
      call: {
        provider: 'anthropic.messages',
        providerMetadata: { anthropic: { cacheCreationInputTokens: 300, usage: { input_tokens: 3 } } },
        usage: {
          inputTokens: 1_303,
          inputTokenDetails: { noCacheTokens: 3, cacheReadTokens: 1_000, cacheWriteTokens: 300 },
          outputTokens: 50,
          outputTokenDetails: { textTokens: undefined, reasoningTokens: undefined },
        },
      },
      tokens: ANTHROPIC,
    },
    {
      name: 'version 5, OpenAI: input includes the cache',
      call: { provider: 'openai.responses', usage: { inputTokens: 100, outputTokens: 60, totalTokens: 160, reasoningTokens: 40, cachedInputTokens: 64 } },
      tokens: OPENAI,
    },
    {
      name: 'version 5, Anthropic: input excludes the cache',
      call: {
        provider: 'anthropic.messages',
        usage: { inputTokens: 3, outputTokens: 50, totalTokens: 53, cachedInputTokens: 1_000 },
        providerMetadata: { anthropic: { cacheCreationInputTokens: 300 } },
      },
      tokens: ANTHROPIC,
    },
    {
      name: 'version 5, Anthropic with a small cache: recognised by its metadata',
      call: {
        usage: { inputTokens: 500, outputTokens: 50, totalTokens: 550, cachedInputTokens: 100 },
        providerMetadata: {
          anthropic: { usage: { cache_creation_input_tokens: 30, cache_creation: { ephemeral_5m_input_tokens: 10, ephemeral_1h_input_tokens: 20 } } },
        },
      },
      tokens: { input: 500, cacheRead: 100, cacheWrite5m: 10, cacheWrite1h: 20, output: 50 },
    },
    {
      name: 'version 5, Bedrock',
      call: {
        provider: 'amazon-bedrock',
        usage: { inputTokens: 22, outputTokens: 13, totalTokens: 35, cachedInputTokens: 10 },
        providerMetadata: { bedrock: { usage: { cacheWriteInputTokens: 5 } } },
      },
      tokens: { input: 22, cacheRead: 10, cacheWrite5m: 5, output: 13 },
    },
    {
      name: 'version 5, Google: output excludes thoughts, as the total shows',
      call: { provider: 'google.generative-ai', usage: { inputTokens: 100, outputTokens: 50, totalTokens: 180, reasoningTokens: 30, cachedInputTokens: 80 } },
      tokens: { input: 20, cacheRead: 80, output: 50, reasoning: 30 },
    },
    {
      name: 'version 4, OpenAI',
      call: {
        usage: { promptTokens: 100, completionTokens: 60, totalTokens: 160 },
        providerMetadata: { openai: { cachedPromptTokens: 64, reasoningTokens: 40 } },
      },
      tokens: OPENAI,
    },
    {
      name: 'version 4, Anthropic',
      call: {
        usage: { promptTokens: 3, completionTokens: 50, totalTokens: 53 },
        providerMetadata: { anthropic: { cacheCreationInputTokens: 300, cacheReadInputTokens: 1_000 } },
      },
      tokens: ANTHROPIC,
    },
    { name: 'an embedding', call: { usage: { tokens: 8 } }, tokens: { input: 8 } },
    { name: 'version 4 with NaN for an unknown count', call: { usage: { promptTokens: 8, completionTokens: Number.NaN } }, tokens: { input: 8 } },
  ])('$name', ({ call, tokens }) => {
    expect(readAiSdkUsage(call).tokens).toEqual(completeTokenUsage(tokens))
  })
})

it.each([
  { usage: undefined, says: /neither inputTokens nor promptTokens/ },
  { usage: { inputTokens: undefined, outputTokens: undefined }, says: /neither/ },
  { usage: { promptTokens: Number.NaN, completionTokens: Number.NaN }, says: /neither/ },
  { usage: { inputTokens: -1 }, says: /inputTokens must be a whole number from 0 to 2\^53 - 1, not -1/ },
  { usage: { inputTokens: '5' }, says: /not a string/ },
])('readAiSdkUsage rejects $usage with the reason', ({ usage, says }) => {
  expect(() => readAiSdkUsage({ usage })).toThrow(TokenUsageUnreadable)
  expect(() => readAiSdkUsage({ usage })).toThrow(says)
})
