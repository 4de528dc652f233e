import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { extractTokenUsage } from './extract-token-usage.ts'
import { completeTokenUsage, type TokenUsageInput } from './token-usage.ts'
import { TokenUsageUnreadable } from './token-usage-unreadable.ts'

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
      tokens: { cacheRead: 50, audioInput: 30, input: 20, output: 5, audioOutput: 15 },
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

describe('an unreadable response', () => {
  it.each([
    { provider: 'nobody', response: {}, says: /unknown/ },
    { provider: 'openai', response: null, says: /mapping/ },
    { provider: 'openai', response: 'usage', says: /mapping/ },
    { provider: 'openai', response: {}, says: /usage/ },
    { provider: 'openai', response: { usage: { prompt_tokens: -5, completion_tokens: 1 } }, says: /non-negative/ },
    { provider: 'openai', response: { usage: { prompt_tokens: 1.5, completion_tokens: 1 } }, says: /tokens\.input must be a whole number/ },
    { provider: 'openai', response: { usage: { prompt_tokens: '5', completion_tokens: 1 } }, says: /number/ },
  ])('is rejected with the reason: $response of $provider', ({ provider, response, says }) => {
    expect(() => tokensOf(provider, response)).toThrow(TokenUsageUnreadable)
    expect(() => tokensOf(provider, response)).toThrow(says)
  })
  it('is rejected for an unknown API flavor, naming the known ones', () => {
    expect(() => tokensOf('anthropic', {}, 'telepathy')).toThrow(/no API flavor "telepathy", only default, chat/)
  })
})

/** Recorded responses of real providers, and their usage. See fixtures/README.md. */
interface RecordedResponse {
  readonly body: { readonly file: string }
  readonly model?: string
  readonly extracted: readonly {
    readonly usage: Readonly<Record<string, number>>
    readonly extractors: readonly { readonly provider_id: string; readonly api_flavor: string }[]
  }[]
}

const recorded = readFileSync(new URL('../fixtures/provider-responses.jsonl', import.meta.url), 'utf8')
  .split('\n')
  .filter(line => line !== '')
  .map(line => JSON.parse(line) as RecordedResponse)

/** Readings that differ from the recorded usage, and why. */
const differences = JSON.parse(readFileSync(new URL('../fixtures/usage-differences.json', import.meta.url), 'utf8')) as readonly {
  readonly line: number
  readonly provider: string
  readonly apiFlavor: string
  readonly pool: string
  readonly recorded: number
  readonly ours: number
  readonly reason: string
}[]

describe('794 recorded responses', () => {
  const readings = recorded.flatMap(({ body, model, extracted }, line) =>
    extracted.flatMap(({ usage, extractors }) =>
      extractors.map(({ provider_id: provider, api_flavor: apiFlavor }) => ({ line: line + 1, body, model, usage, provider, apiFlavor })),
    ),
  )

  it('are complete, each with every provider and API that could have sent it', () => {
    expect(recorded).toHaveLength(794)
    expect(readings).toHaveLength(9_736)
  })

  it('have pools that sum to the totals and equal the parts of the provider, except for listed differences', () => {
    const differing = readings.flatMap(({ line, body, model, usage, provider, apiFlavor }) => {
      const { tokens, model: read } = extractTokenUsage({ provider, response: body, apiFlavor })
      const ours = {
        model: read ?? undefined,
        input: tokens.input + tokens.cacheRead + tokens.cacheWrite5m + tokens.cacheWrite1h + tokens.audioInput + tokens.imageInput,
        output: tokens.output + tokens.reasoning + tokens.audioOutput + tokens.imageOutput,
        cacheRead: tokens.cacheRead,
        cacheWrite: tokens.cacheWrite5m + tokens.cacheWrite1h,
        reasoning: tokens.reasoning,
        audioInput: tokens.audioInput,
        imageInput: tokens.imageInput,
        audioOutput: tokens.audioOutput,
        imageOutput: tokens.imageOutput,
      }
      const theirs = {
        model,
        input: usage['input_tokens'] ?? 0,
        output: usage['output_tokens'] ?? 0,
        cacheRead: usage['cache_read_tokens'] ?? 0,
        cacheWrite: usage['cache_write_tokens'] ?? 0,
        reasoning: usage['output_reasoning_tokens'] ?? 0,
        audioInput: (usage['input_audio_tokens'] ?? 0) - (usage['cache_audio_read_tokens'] ?? 0),
        imageInput: (usage['input_image_tokens'] ?? 0) - (usage['cache_image_read_tokens'] ?? 0),
        audioOutput: usage['output_audio_tokens'] ?? 0,
        imageOutput: usage['output_image_tokens'] ?? 0,
      }
      const same = JSON.stringify(ours) === JSON.stringify(theirs)
      return same ? [] : [{ line, provider, apiFlavor, ours, expected: { ...theirs, cacheWrite: ours.cacheWrite } }]
    })
    // The file gives the reason for each.
    expect(differing.map(({ line, provider, apiFlavor, ours }) => ({ line, provider, apiFlavor, pool: 'cacheWrite', ours: ours.cacheWrite }))).toEqual(
      differences.map(({ recorded: _theirs, reason: _why, ...difference }) => difference),
    )
    expect(differences.every(({ reason }) => reason.length > 0)).toBe(true)
    for (const { ours, expected } of differing) expect(ours).toEqual(expected)
  })

  it('are read the same without an API flavor as with the best one', () => {
    const differing = Object.entries(Object.groupBy(readings, ({ line, provider }) => `${line} ${provider}`)).flatMap(([key, flavors = []]) => {
      const [first] = flavors
      const most = flavors.toSorted((a, b) => Object.keys(b.usage).length - Object.keys(a.usage).length)[0]
      if (!first || !most) return []
      const found = extractTokenUsage({ provider: first.provider, response: first.body })
      const named = extractTokenUsage({ provider: most.provider, response: most.body, apiFlavor: most.apiFlavor })
      return JSON.stringify(found) === JSON.stringify(named) ? [] : [{ key, found, named }]
    })
    expect(differing).toEqual([])
  })
})
