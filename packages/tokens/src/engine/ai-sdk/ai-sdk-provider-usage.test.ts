import { describe, expect, it } from 'vitest'
import { completeTokenUsage, type TokenUsageInput } from '../../model/token-usage.ts'
import { readAiSdkUsage } from '../../read-ai-sdk-usage.ts'
import type { AiSdkCall } from './ai-sdk-call.ts'

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
      name: "through the gateway of Vercel with the caller's own key, which says what the provider charges",
      call: { provider: 'gateway', usage: { inputTokens: 10, outputTokens: 20 }, providerMetadata: { gateway: { cost: '0', marketCost: '0.00123' } } },
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
