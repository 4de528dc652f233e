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

describe('readAiSdkUsage reads the usage of the provider, which the SDK passes on', () => {
  const anthropic = {
    input_tokens: 3,
    cache_read_input_tokens: 1_000,
    cache_creation_input_tokens: 300,
    cache_creation: { ephemeral_5m_input_tokens: 100, ephemeral_1h_input_tokens: 200 },
    output_tokens: 50,
    output_tokens_details: { thinking_tokens: 20 },
    server_tool_use: { web_search_requests: 2 },
    service_tier: 'batch',
    speed: 'fast',
    inference_geo: 'us',
  }
  const totals = {
    inputTokens: 1_303,
    inputTokenDetails: { noCacheTokens: 3, cacheReadTokens: 1_000, cacheWriteTokens: 300 },
    outputTokens: 50,
    outputTokenDetails: {},
  }
  const details = { units: [{ kind: 'web_search', quantity: '2' }], serviceTier: 'batch', speed: 'fast', region: 'us' }
  const tokens: TokenUsageInput = { input: 3, cacheRead: 1_000, cacheWrite5m: 100, cacheWrite1h: 200, output: 30, reasoning: 20 }

  it.each<{ name: string; call: AiSdkCall; tokens: TokenUsageInput; more?: object }>([
    { name: 'version 6, Anthropic', call: { provider: 'anthropic.messages', usage: { ...totals, raw: anthropic } }, tokens, more: details },
    {
      name: 'version 5, Anthropic, in the metadata',
      call: {
        provider: 'anthropic.messages',
        usage: { inputTokens: 3, outputTokens: 50, cachedInputTokens: 1_000 },
        providerMetadata: { anthropic: { usage: anthropic } },
      },
      tokens,
      more: details,
    },
    {
      name: 'version 5, several steps, whose metadata is that of the last: the counts of all steps hold',
      call: {
        provider: 'anthropic.messages',
        usage: { inputTokens: 30, outputTokens: 500, cachedInputTokens: 10_000 },
        providerMetadata: { anthropic: { usage: anthropic } },
      },
      tokens: { input: 30, cacheRead: 10_000, cacheWrite5m: 100, cacheWrite1h: 200, output: 500 },
      more: details,
    },
    {
      name: 'version 6, Anthropic with a compaction',
      call: {
        provider: 'anthropic.messages',
        model: 'claude-opus-4-8',
        usage: {
          inputTokens: 280,
          inputTokenDetails: {},
          outputTokens: 90,
          raw: {
            input_tokens: 180,
            output_tokens: 8,
            iterations: [
              { type: 'compaction', input_tokens: 100, output_tokens: 82 },
              { type: 'message', input_tokens: 180, output_tokens: 8 },
            ],
          },
        },
      },
      tokens: { input: 180, output: 8 },
      more: { model: 'claude-opus-4-8', attempts: [{ model: 'claude-opus-4-8', tokens: completeTokenUsage({ input: 100, output: 82 }), units: [] }] },
    },
    {
      name: 'version 6, Google, with cached audio and searches',
      call: {
        provider: 'google.generative-ai',
        model: 'gemini-3-pro',
        usage: {
          inputTokens: { total: 100, noCache: 20, cacheRead: 80 },
          outputTokens: { total: 40, text: 10, reasoning: 30 },
          raw: {
            promptTokenCount: 100,
            cachedContentTokenCount: 80,
            cacheTokensDetails: [{ modality: 'AUDIO', tokenCount: 80 }],
            candidatesTokenCount: 10,
            thoughtsTokenCount: 30,
            trafficType: 'ON_DEMAND_FLEX',
          },
        },
        providerMetadata: { google: { groundingMetadata: { webSearchQueries: ['a', 'b'] } } },
      },
      tokens: { input: 20, cacheReadAudio: 80, output: 10, reasoning: 30 },
      more: { model: 'gemini-3-pro', units: [{ kind: 'web_search', quantity: '2' }], serviceTier: 'flex' },
    },
    {
      name: 'version 5, Google, in the metadata',
      call: {
        provider: 'google.vertex.chat',
        usage: { inputTokens: 100, outputTokens: 10, totalTokens: 163, reasoningTokens: 30 },
        providerMetadata: {
          google: {
            usageMetadata: { promptTokenCount: 100, candidatesTokenCount: 10, thoughtsTokenCount: 30, toolUsePromptTokenCount: 23, totalTokenCount: 163 },
          },
        },
      },
      tokens: { input: 123, output: 10, reasoning: 30 },
    },
    {
      name: 'version 6, OpenAI, with audio',
      call: {
        provider: 'openai.chat',
        usage: {
          inputTokens: { total: 100, noCache: 100, cacheRead: 0 },
          outputTokens: { total: 60, text: 60, reasoning: 0 },
          raw: { prompt_tokens: 100, completion_tokens: 60, prompt_tokens_details: { audio_tokens: 30 }, completion_tokens_details: { audio_tokens: 45 } },
        },
        providerMetadata: { openai: { serviceTier: 'flex' } },
      },
      tokens: { input: 70, audioInput: 30, output: 15, audioOutput: 45 },
      more: { serviceTier: 'flex' },
    },
    {
      name: 'version 6, xAI, whose completion excludes reasoning',
      call: {
        provider: 'xai.chat',
        usage: {
          inputTokens: { total: 12, noCache: 10, cacheRead: 2 },
          outputTokens: { total: 229, text: 1, reasoning: 228 },
          raw: {
            prompt_tokens: 12,
            completion_tokens: 1,
            total_tokens: 241,
            prompt_tokens_details: { cached_tokens: 2 },
            completion_tokens_details: { reasoning_tokens: 228 },
          },
        },
        providerMetadata: { xai: { costInUsdTicks: 1_176_500, serviceTier: 'default' } },
      },
      tokens: { input: 10, cacheRead: 2, output: 1, reasoning: 228 },
      more: { serviceTier: 'standard', reportedCost: '0.00011765' },
    },
    {
      name: 'version 6, Bedrock, with lifetimes of cache writes',
      call: {
        provider: 'amazon-bedrock',
        usage: {
          inputTokens: { total: 32, noCache: 22, cacheRead: 3, cacheWrite: 7 },
          outputTokens: { total: 13 },
          raw: { inputTokens: 22, cacheReadInputTokens: 3, cacheWriteInputTokens: 7, cacheDetails: [{ ttl: '1h', inputTokens: 7 }], outputTokens: 13 },
        },
        providerMetadata: { bedrock: { serviceTier: { type: 'priority' }, performanceConfig: { latency: 'optimized' } } },
      },
      tokens: { input: 22, cacheRead: 3, cacheWrite1h: 7, output: 13 },
      more: { serviceTier: 'priority', speed: 'optimized' },
    },
    {
      name: 'version 5, Bedrock, with lifetimes of cache writes in the metadata',
      call: {
        provider: 'amazon-bedrock',
        usage: { inputTokens: 22, outputTokens: 13, totalTokens: 35, cachedInputTokens: 3 },
        providerMetadata: { bedrock: { usage: { cacheWriteInputTokens: 7, cacheDetails: [{ ttl: '1h', inputTokens: 7 }] } } },
      },
      tokens: { input: 22, cacheRead: 3, cacheWrite1h: 7, output: 13 },
    },
    {
      name: 'version 5, Perplexity, with searches in the metadata',
      call: {
        provider: 'perplexity',
        usage: { inputTokens: 10, outputTokens: 20 },
        providerMetadata: { perplexity: { usage: { citationTokens: 5, numSearchQueries: 4 } } },
      },
      tokens: { input: 10, output: 20 },
      more: { units: [{ kind: 'web_search', quantity: '4' }] },
    },
    {
      name: 'through the gateway of Vercel, which says what the call cost',
      call: { provider: 'gateway', usage: { inputTokens: 10, outputTokens: 20 }, providerMetadata: { gateway: { cost: '0.00123' } } },
      tokens: { input: 10, output: 20 },
      more: { reportedCost: '0.00123' },
    },
    {
      name: 'through OpenRouter, which says what the call cost',
      call: { provider: 'openrouter', usage: { inputTokens: 10, outputTokens: 20 }, providerMetadata: { openrouter: { usage: { cost: 0.00123 } } } },
      tokens: { input: 10, output: 20 },
      more: { reportedCost: '0.00123' },
    },
    {
      name: 'raw usage that cannot be read: the counts of the SDK hold',
      call: { provider: 'openai.chat', usage: { inputTokens: { total: 10 }, outputTokens: { total: 20 }, raw: { prompt_tokens: -1 } } },
      tokens: { input: 10, output: 20 },
    },
    {
      name: 'an image model, whose output is images',
      call: { provider: 'openai.image', model: 'gpt-image-1.5', usage: { inputTokens: 23, outputTokens: 1_056, totalTokens: 1_079 } },
      tokens: { input: 23, imageOutput: 1_056 },
      more: { model: 'gpt-image-1.5' },
    },
  ])('$name', ({ call, tokens: expected, more = {} }) => {
    expect(readAiSdkUsage(call)).toEqual({ model: null, units: [], ...more, tokens: completeTokenUsage(expected) })
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
