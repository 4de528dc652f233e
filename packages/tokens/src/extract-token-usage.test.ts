import { describe, expect, it } from 'vitest'
import { extractTokenUsage } from './extract-token-usage.ts'
import { completeTokenUsage, type TokenUsageInput } from './model/token-usage.ts'
import { TokenUsageUnreadable } from './model/token-usage-unreadable.ts'

const tokensOf = (provider: string, response: unknown, apiFlavor?: string) => extractTokenUsage({ provider, response, apiFlavor }).tokens

/** The classic mistake is to count cached tokens twice: in the total, and as cached. */
describe('extractTokenUsage counts each token once', () => {
  it.each<{ name: string; provider: string; response: unknown; tokens: TokenUsageInput }>([
    {
      name: 'Anthropic: input excludes the cache',
      provider: 'anthropic',
      response: {
        model: 'claude-sonnet-4-5',
        usage: {
          input_tokens: 3,
          cache_read_input_tokens: 1_000,
          cache_creation_input_tokens: 300,
          cache_creation: { ephemeral_5m_input_tokens: 100, ephemeral_1h_input_tokens: 200 },
          output_tokens: 50,
        },
      },
      tokens: { input: 3, cacheRead: 1_000, cacheWrite5m: 100, cacheWrite1h: 200, output: 50 },
    },
    {
      name: 'Anthropic: cache writes without lifetimes',
      provider: 'anthropic',
      response: { model: 'claude-3-5-sonnet', usage: { input_tokens: 3, cache_creation_input_tokens: 300, output_tokens: 50 } },
      tokens: { input: 3, cacheWrite5m: 300, output: 50 },
    },
    {
      name: 'OpenAI chat: totals include cache and reasoning',
      provider: 'openai',
      response: {
        model: 'gpt-5',
        usage: { prompt_tokens: 100, completion_tokens: 60, prompt_tokens_details: { cached_tokens: 64 }, completion_tokens_details: { reasoning_tokens: 40 } },
      },
      tokens: { input: 36, cacheRead: 64, output: 20, reasoning: 40 },
    },
    {
      name: 'OpenAI chat with audio',
      provider: 'openai',
      response: {
        model: 'gpt-audio',
        usage: { prompt_tokens: 100, completion_tokens: 60, prompt_tokens_details: { audio_tokens: 30 }, completion_tokens_details: { audio_tokens: 45 } },
      },
      tokens: { input: 70, audioInput: 30, output: 15, audioOutput: 45 },
    },
    {
      name: 'OpenAI responses',
      provider: 'openai',
      response: {
        model: 'gpt-5',
        usage: { input_tokens: 100, output_tokens: 60, input_tokens_details: { cached_tokens: 64 }, output_tokens_details: { reasoning_tokens: 40 } },
      },
      tokens: { input: 36, cacheRead: 64, output: 20, reasoning: 40 },
    },
    {
      name: 'OpenAI images',
      provider: 'openai',
      response: {
        model: 'gpt-image-1',
        usage: {
          input_tokens: 50,
          output_tokens: 1_000,
          input_tokens_details: { text_tokens: 10, image_tokens: 40 },
          output_tokens_details: { image_tokens: 1_000 },
        },
      },
      tokens: { input: 10, imageInput: 40, imageOutput: 1_000 },
    },
    {
      name: 'OpenAI embeddings',
      provider: 'openai',
      response: { model: 'text-embedding-3-small', usage: { prompt_tokens: 8, total_tokens: 8 } },
      tokens: { input: 8 },
    },
    {
      name: 'OpenAI realtime, with cached audio',
      provider: 'openai',
      response: {
        model: 'gpt-realtime',
        response: {
          usage: {
            input_tokens: 100,
            output_tokens: 20,
            input_token_details: { text_tokens: 40, audio_tokens: 60, cached_tokens: 50, cached_tokens_details: { text_tokens: 20, audio_tokens: 30 } },
            output_token_details: { text_tokens: 5, audio_tokens: 15 },
          },
        },
      },
      tokens: { cacheRead: 20, cacheReadAudio: 30, audioInput: 30, input: 20, output: 5, audioOutput: 15 },
    },
    {
      name: 'Google: candidates exclude thoughts',
      provider: 'vertex',
      response: {
        modelVersion: 'gemini-2.5-pro',
        usageMetadata: { promptTokenCount: 100, cachedContentTokenCount: 80, candidatesTokenCount: 10, thoughtsTokenCount: 30 },
      },
      tokens: { input: 20, cacheRead: 80, output: 10, reasoning: 30 },
    },
    {
      name: 'Bedrock Converse',
      provider: 'bedrock',
      response: { usage: { inputTokens: 22, cacheReadInputTokens: 100, cacheWriteInputTokens: 2_492, outputTokens: 13 } },
      tokens: { input: 22, cacheRead: 100, cacheWrite5m: 2_492, output: 13 },
    },
    {
      name: 'Claude on Azure',
      provider: 'azure',
      response: { model: 'claude-sonnet-4-5', usage: { input_tokens: 3, cache_read_input_tokens: 1_000, cache_creation_input_tokens: 300, output_tokens: 50 } },
      tokens: { input: 3, cacheRead: 1_000, cacheWrite5m: 300, output: 50 },
    },
    {
      name: 'Anthropic: 1-hour cache writes only',
      provider: 'anthropic',
      response: {
        model: 'claude-sonnet-4-5',
        usage: {
          input_tokens: 3,
          cache_creation_input_tokens: 300,
          cache_creation: { ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: 300 },
          output_tokens: 50,
        },
      },
      tokens: { input: 3, cacheWrite1h: 300, output: 50 },
    },
    {
      name: 'OpenAI on Azure',
      provider: 'azure',
      response: {
        model: 'gpt-5',
        usage: { prompt_tokens: 100, completion_tokens: 60, prompt_tokens_details: { cached_tokens: 64 }, completion_tokens_details: { reasoning_tokens: 40 } },
      },
      tokens: { input: 36, cacheRead: 64, output: 20, reasoning: 40 },
    },
    {
      name: 'Groq',
      provider: 'groq',
      response: {
        model: 'openai/gpt-oss-120b',
        usage: { prompt_tokens: 100, completion_tokens: 60, prompt_tokens_details: { cached_tokens: 10 }, completion_tokens_details: { reasoning_tokens: 40 } },
      },
      tokens: { input: 90, cacheRead: 10, output: 20, reasoning: 40 },
    },
    {
      name: 'Mistral',
      provider: 'mistral',
      response: { model: 'mistral-large-latest', usage: { prompt_tokens: 100, completion_tokens: 60, prompt_tokens_details: { cached_tokens: 10 } } },
      tokens: { input: 90, cacheRead: 10, output: 60 },
    },
    {
      name: 'xAI: completion excludes reasoning',
      provider: 'xai',
      response: {
        model: 'grok-4',
        usage: { prompt_tokens: 100, completion_tokens: 60, prompt_tokens_details: { cached_tokens: 10 }, completion_tokens_details: { reasoning_tokens: 40 } },
      },
      tokens: { input: 90, cacheRead: 10, output: 60, reasoning: 40 },
    },
  ])('$name', ({ provider, response, tokens }) => {
    expect(tokensOf(provider, response)).toEqual(completeTokenUsage(tokens))
  })

  it('even if parts of a total overlap without the provider saying so', () => {
    const response = { model: 'gpt-audio', usage: { prompt_tokens: 100, completion_tokens: 0, prompt_tokens_details: { cached_tokens: 64, audio_tokens: 60 } } }
    expect(tokensOf('openai', response)).toEqual(completeTokenUsage({ cacheRead: 64, audioInput: 36 }))
  })
})

describe('the model', () => {
  it('is that of the response', () => {
    expect(extractTokenUsage({ provider: 'openai', response: { model: 'gpt-5', usage: { prompt_tokens: 1, completion_tokens: 1 } } }).model).toBe('gpt-5')
  })
  it('is null if the response has none', () => {
    expect(extractTokenUsage({ provider: 'bedrock', response: { usage: { inputTokens: 1, outputTokens: 1 } } }).model).toBeNull()
  })
})

describe('the provider', () => {
  const response = { model: 'gpt-5', usage: { prompt_tokens: 100, completion_tokens: 60, prompt_tokens_details: { cached_tokens: 64 } } }

  it.each(['openai', 'OpenAI', 'litellm_proxy', 'vercel', 'gateway', 'my-own-server', ''])('"%s" does not matter for a format that is recognised', provider => {
    expect(extractTokenUsage({ provider, response }).tokens).toEqual(completeTokenUsage({ input: 36, cacheRead: 64, output: 60 }))
  })
})

describe('the API flavor', () => {
  it.each(['default', 'chat', 'responses', 'embeddings', 'images', 'realtime', 'anthropic', 'tokens'])(
    '"%s" does not overrule what the response says',
    apiFlavor => {
      const response = { type: 'message', model: 'claude-opus-4-8', usage: { input_tokens: 3, cache_read_input_tokens: 1_000, output_tokens: 50 } }
      expect(tokensOf('anthropic', response, apiFlavor)).toEqual(completeTokenUsage({ input: 3, cacheRead: 1_000, output: 50 }))
    },
  )
})

describe('an unreadable response', () => {
  it.each([
    { provider: 'nobody', response: {}, says: /unknown/ },
    { provider: 'openai', response: null, says: /must be an object, not null/ },
    { provider: 'openai', response: undefined, says: /must be an object, not undefined/ },
    { provider: 'openai', response: 'usage', says: /must be an object, not a string/ },
    { provider: 'openai', response: [{ usage: {} }], says: /not a list; the events of a stream are read by extractStreamedTokenUsage/ },
    { provider: 'openai', response: {}, says: /usage/ },
    { provider: 'openai', response: { usage: null }, says: /usage/ },
    { provider: 'openai', response: { usage: {} }, says: /usage in an unknown format/ },
    { provider: 'openai', response: { usage: { tokens_used: 5 } }, says: /usage in an unknown format/ },
    { provider: 'openai', response: { model: 'gpt-5', choices: [{ delta: { content: 'a' } }] }, says: /no usage/ },
    {
      provider: 'openai',
      response: { usage: { prompt_tokens: -5, completion_tokens: 1 } },
      says: /prompt_tokens must be a whole number from 0 to 2\^53 - 1, not -5/,
    },
    { provider: 'openai', response: { usage: { prompt_tokens: 1.5, completion_tokens: 1 } }, says: /prompt_tokens must be a whole number/ },
    { provider: 'openai', response: { usage: { prompt_tokens: '5', completion_tokens: 1 } }, says: /not a string/ },
    {
      provider: 'google', // Genkit: totals by the names of Bedrock's Converse, which include thoughts and the cache or not
      response: { usage: { inputTokens: 100, outputTokens: 50, cachedContentTokens: 60 } },
      says: /60 cachedContentTokens in its usage, which may be part of its totals or not/,
    },
    { provider: 'bedrock', response: { usage: { inputTokens: 100, outputTokens: 50, thoughtsTokens: 20 } }, says: /20 thoughtsTokens/ },
    { provider: 'anthropic', response: { usage: { inputTokens: 100, outputTokens: 50, cacheCreationInputTokens: 60 } }, says: /60 cacheCreationInputTokens/ },
    { provider: 'openai', response: { usage: { prompt_tokens: 100, completion_tokens: 50, spoken_audio_tokens: 60 } }, says: /60 spoken_audio_tokens/ },
    { provider: 'openai', response: { usage: { prompt_tokens: 2 ** 53 - 1, completion_tokens: 1 } }, says: /sum to more than/ },
  ])('is rejected with the reason: $response of $provider', ({ provider, response, says }) => {
    expect(() => tokensOf(provider, response)).toThrow(TokenUsageUnreadable)
    expect(() => tokensOf(provider, response)).toThrow(says)
  })
  it('is rejected for an unknown API flavor, naming the known ones', () => {
    expect(() => tokensOf('anthropic', {}, 'telepathy')).toThrow(/no API flavor "telepathy", only default, chat/)
  })
})
