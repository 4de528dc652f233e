import { expect, it } from 'vitest'
import { extractTokenUsage } from '../../extract-token-usage.ts'
import { describeReadings } from '../../testing/describe-readings.ts'

const COMPATIBLE = [
  'openai',
  'azure',
  'groq',
  'mistral',
  'deepseek',
  'moonshotai',
  'fireworks',
  'together',
  'openrouter',
  'cerebras',
  'bedrock',
  'vertex',
  'alibaba',
  'litellm_proxy',
]
const chat = (model: string, usage: object, more: object = {}) => ({ object: 'chat.completion', model, usage, choices: [], ...more })

describeReadings('chat completions', [
  {
    name: 'include the cache and reasoning in their totals',
    source: 'OpenAI API, Completion usage',
    providers: COMPATIBLE,
    response: chat('gpt-5', {
      prompt_tokens: 100,
      completion_tokens: 60,
      total_tokens: 160,
      prompt_tokens_details: { cached_tokens: 64 },
      completion_tokens_details: { reasoning_tokens: 40 },
    }),
    tokens: { input: 36, cacheRead: 64, output: 20, reasoning: 40 },
  },
  {
    name: 'count cache writes, which OpenAI bills since GPT-5.6',
    source: 'OpenAI API, Completion usage: prompt_tokens_details.cache_write_tokens',
    providers: COMPATIBLE,
    response: chat('gpt-5.6-sol', { prompt_tokens: 100, completion_tokens: 60, prompt_tokens_details: { cached_tokens: 10, cache_write_tokens: 30 } }),
    tokens: { input: 60, cacheRead: 10, cacheWrite5m: 30, output: 60 },
  },
  {
    name: 'count audio and images',
    source: 'OpenAI API, Completion usage',
    providers: ['openai', 'azure', 'openrouter'],
    response: chat('gpt-audio', {
      prompt_tokens: 100,
      completion_tokens: 60,
      prompt_tokens_details: { audio_tokens: 30, image_tokens: 20 },
      completion_tokens_details: { audio_tokens: 45, image_tokens: 5 },
    }),
    tokens: { input: 50, audioInput: 30, imageInput: 20, output: 10, audioOutput: 45, imageOutput: 5 },
  },
  {
    name: 'count video',
    source: 'OpenRouter, Usage accounting: prompt_tokens_details.video_tokens',
    providers: ['openrouter'],
    response: chat('google/gemini-3-pro', { prompt_tokens: 100, completion_tokens: 60, prompt_tokens_details: { video_tokens: 90 } }),
    tokens: { input: 10, videoInput: 90, output: 60 },
  },
  {
    name: "have DeepSeek's names of cache hits and misses",
    source: 'DeepSeek, Context caching: prompt_tokens = prompt_cache_hit_tokens + prompt_cache_miss_tokens',
    providers: ['deepseek', 'azure', 'together', 'openrouter'],
    response: chat('deepseek-chat', {
      prompt_tokens: 1_000,
      completion_tokens: 100,
      total_tokens: 1_100,
      prompt_cache_hit_tokens: 800,
      prompt_cache_miss_tokens: 200,
    }),
    tokens: { input: 200, cacheRead: 800, output: 100 },
  },
  {
    name: "have Moonshot's name of the cache, beside the totals",
    source: 'Moonshot, Chat completion: usage.cached_tokens',
    providers: ['moonshotai', 'together', 'huggingface'],
    response: chat('kimi-k2.6', { prompt_tokens: 100, completion_tokens: 30, total_tokens: 130, cached_tokens: 64 }),
    tokens: { input: 36, cacheRead: 64, output: 30 },
  },
  {
    name: "have Mistral's name of the cache",
    source: 'recorded responses of Mistral: num_cached_tokens is part of prompt_tokens',
    providers: ['mistral', 'azure', 'vertex'],
    response: chat('mistral-large-latest', { prompt_tokens: 70, completion_tokens: 12, total_tokens: 82, num_cached_tokens: 69 }),
    tokens: { input: 1, cacheRead: 69, output: 12 },
  },
  {
    name: 'have a cache of 0 in one place and the tokens in another',
    source: 'gateways fill in the details of OpenAI with 0',
    providers: ['deepseek', 'litellm_proxy'],
    response: chat('deepseek-chat', {
      prompt_tokens: 1_000,
      completion_tokens: 100,
      prompt_tokens_details: { cached_tokens: 0 },
      prompt_cache_hit_tokens: 800,
    }),
    tokens: { input: 200, cacheRead: 800, output: 100 },
  },
  {
    name: "have Alibaba's name of cache writes",
    source: 'Alibaba, Context cache: prompt_tokens_details.cache_creation_input_tokens is part of prompt_tokens',
    providers: ['alibaba'],
    response: chat('qwen3-max', {
      prompt_tokens: 1_000,
      completion_tokens: 10,
      prompt_tokens_details: { cached_tokens: 100, cache_creation_input_tokens: 700 },
    }),
    tokens: { input: 200, cacheRead: 100, cacheWrite5m: 700, output: 10 },
  },
  {
    name: "have Anthropic's names of the cache, behind a gateway that includes it in the prompt",
    source: '1,310 = 1,300 + 10',
    providers: ['litellm_proxy', 'databricks'],
    response: chat('claude-sonnet-5', {
      prompt_tokens: 1_300,
      completion_tokens: 10,
      total_tokens: 1_310,
      cache_read_input_tokens: 1_000,
      cache_creation_input_tokens: 200,
    }),
    tokens: { input: 100, cacheRead: 1_000, cacheWrite5m: 200, output: 10 },
  },
  {
    name: "have Anthropic's names of the cache, behind a gateway that does not include it in the prompt",
    source: '1,310 = 100 + 1,000 + 200 + 10',
    providers: ['litellm_proxy', 'databricks'],
    response: chat('claude-sonnet-5', {
      prompt_tokens: 100,
      completion_tokens: 10,
      total_tokens: 1_310,
      cache_read_input_tokens: 1_000,
      cache_creation_input_tokens: 200,
    }),
    tokens: { input: 100, cacheRead: 1_000, cacheWrite5m: 200, output: 10 },
  },
  {
    name: "have lifetimes of cache writes, as LiteLLM passes on Anthropic's",
    source: 'LiteLLM, Usage: prompt_tokens_details.cache_creation_token_details',
    providers: ['litellm_proxy'],
    response: chat('claude-sonnet-5', {
      prompt_tokens: 1_000,
      completion_tokens: 10,
      prompt_tokens_details: { cache_creation_tokens: 700, cache_creation_token_details: { ephemeral_5m_input_tokens: 100, ephemeral_1h_input_tokens: 600 } },
    }),
    tokens: { input: 300, cacheWrite5m: 100, cacheWrite1h: 600, output: 10 },
  },
  {
    name: 'of xAI exclude reasoning, as their total shows',
    source: 'recorded: 241 = 12 + 1 + 228',
    providers: ['xai', 'x-ai', 'xai.chat', 'openrouter'],
    response: chat('grok-3-mini', {
      prompt_tokens: 12,
      completion_tokens: 1,
      total_tokens: 241,
      prompt_tokens_details: { cached_tokens: 2 },
      completion_tokens_details: { reasoning_tokens: 228 },
    }),
    tokens: { input: 10, cacheRead: 2, output: 1, reasoning: 228 },
  },
  {
    name: 'of xAI exclude reasoning, also without a total',
    source: 'xAI, Reasoning: completion_tokens does not include reasoning_tokens',
    providers: ['xai', 'x-ai'],
    response: chat('grok-4', { prompt_tokens: 100, completion_tokens: 60, completion_tokens_details: { reasoning_tokens: 40 } }),
    tokens: { input: 100, output: 60, reasoning: 40 },
  },
  {
    name: 'of Google hide thoughts, which only the total has',
    source: 'Google, OpenAI compatibility: completion_tokens excludes thoughts. 77 = 88 - 11',
    providers: ['google', 'vertex', 'openrouter'],
    response: chat('gemini-2.5-flash', { prompt_tokens: 11, completion_tokens: 9, total_tokens: 88 }),
    tokens: { input: 11, output: 9, reasoning: 68 },
  },
  {
    name: 'of Google with nothing but thoughts',
    source: '77 = 88 - 11: completion_tokens is left out if the answer is empty',
    providers: ['google', 'vertex'],
    response: chat('gemini-2.5-flash', { prompt_tokens: 11, total_tokens: 88 }),
    tokens: { input: 11, reasoning: 77 },
  },
  {
    name: 'of embeddings have input only',
    source: 'OpenAI API, Embeddings: prompt_tokens = total_tokens',
    providers: ['openai', 'azure', 'mistral', 'together', 'fireworks'],
    response: { object: 'list', data: [{ object: 'embedding', embedding: [] }], model: 'text-embedding-3-small', usage: { prompt_tokens: 8, total_tokens: 8 } },
    tokens: { input: 8 },
  },
  {
    name: 'of embeddings with nothing but a total',
    source: 'Voyage API, Embeddings: usage.total_tokens',
    providers: ['voyageai', 'jina'],
    response: { object: 'list', data: [{ object: 'embedding', embedding: [] }], model: 'voyage-3.5', usage: { total_tokens: 12 } },
    tokens: { input: 12 },
  },
  {
    name: 'of rerankings with nothing but a total',
    source: 'Voyage API, Rerank: usage.total_tokens',
    providers: ['voyageai', 'jina'],
    response: { object: 'list', data: [{ index: 0, relevance_score: 0.9 }], model: 'rerank-2.5', usage: { total_tokens: 12 } },
    tokens: { input: 12 },
  },
  {
    name: 'are read without the response around their usage',
    source: 'a caller that kept the usage only',
    providers: COMPATIBLE,
    response: { prompt_tokens: 100, completion_tokens: 60, prompt_tokens_details: { cached_tokens: 64 } },
    tokens: { input: 36, cacheRead: 64, output: 60 },
  },
  {
    name: 'of Spring AI are those of the provider, which it passes on beside its own',
    source: 'spring-ai, Usage.getNativeUsage: its own counts leave out the cache',
    providers: ['openai', 'azure'],
    response: {
      metadata: {
        model: 'gpt-5-mini',
        usage: {
          promptTokens: 100,
          completionTokens: 50,
          totalTokens: 150,
          nativeUsage: { prompt_tokens: 100, completion_tokens: 50, total_tokens: 150, prompt_tokens_details: { cached_tokens: 64 } },
        },
      },
    },
    model: 'gpt-5-mini',
    tokens: { input: 36, cacheRead: 64, output: 50 },
  },
  {
    name: "are in camel case in some providers' SDKs",
    source: 'mistralai and @openrouter/sdk for TypeScript',
    providers: ['mistral', 'openrouter'],
    response: {
      model: 'mistral-large-latest',
      usage: { promptTokens: 100, completionTokens: 60, totalTokens: 160, promptTokensDetails: { cachedTokens: 64 } },
    },
    tokens: { input: 36, cacheRead: 64, output: 60 },
  },
  {
    name: "are inside Cloudflare's result",
    source: 'Cloudflare, Workers AI REST API: { result, success }',
    providers: ['cloudflare'],
    response: { success: true, result: { model: '@cf/openai/gpt-oss-120b', usage: { prompt_tokens: 10, completion_tokens: 5 } } },
    model: '@cf/openai/gpt-oss-120b',
    tokens: { input: 10, output: 5 },
  },
])

it.each([
  { provider: 'anthropic', response: { usage: { promptTokens: 3, completionTokens: 50 } } },
  { provider: 'openai', response: { usage: { promptTokens: 3, completionTokens: 50 }, providerMetadata: { openai: { cachedPromptTokens: 2 } } } },
])('the usage of version 4 of the AI SDK is rejected, because its cache is elsewhere: $response of $provider', ({ provider, response }) => {
  expect(() => extractTokenUsage({ provider, response })).toThrow(/read it with readAiSdkUsage/)
})

it.each([
  { usage: { completion_tokens: 5 }, says: /no prompt_tokens/ },
  {
    usage: { prompt_tokens: 5, completion_tokens: 5, prompt_context_cache_tokens: 3 },
    says: /3 prompt_context_cache_tokens in its usage, which may be part of its totals or not/,
  },
  { usage: { total_tokens: 5 }, says: /usage in an unknown format/ },
  {
    usage: { prompt_tokens: 5, completion_tokens: 5, connectors: { web_search: 'many' } },
    says: /quantity of web_search must be a decimal from 0, not "many"/,
  },
  { usage: { prompt_tokens: 5, completion_tokens: 5, prompt_tokens_details: { cached_tokens: 0.5 } }, says: /cached_tokens must be a whole number/ },
])('chat completions with $usage are rejected with the reason', ({ usage, says }) => {
  expect(() => extractTokenUsage({ provider: 'openai', response: chat('gpt-5', usage) })).toThrow(says)
})
