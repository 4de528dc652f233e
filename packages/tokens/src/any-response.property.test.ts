import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { extractStreamedTokenUsage } from './extract-streamed-token-usage.ts'
import { extractTokenUsage } from './extract-token-usage.ts'
import type { ExtractedUsage, ModelUsage } from './model/extracted-usage.ts'
import { TOKEN_POOLS } from './model/token-pools.ts'
import { totalTokens } from './model/token-usage.ts'
import { TokenUsageUnreadable } from './model/token-usage-unreadable.ts'

const count = fc.nat({ max: 5_000 })
const maybe = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: undefined })

/** Field names of every format, so that made-up responses look like real ones. */
const NAMES = [
  ...[
    'usage',
    'usageMetadata',
    'usage_metadata',
    'meta',
    'billed_units',
    'tokens',
    'response',
    'message',
    'metadata',
    'delta',
    'data',
    'output',
    'tools',
    'type',
    'model',
  ],
  ...[
    'prompt_tokens',
    'completion_tokens',
    'total_tokens',
    'input_tokens',
    'output_tokens',
    'inputTokens',
    'outputTokens',
    'cached_tokens',
    'prompt_tokens_details',
  ],
  ...[
    'input_token_details',
    'output_tokens_details',
    'reasoning_tokens',
    'audio_tokens',
    'image_tokens',
    'cache_read_input_tokens',
    'cache_creation_input_tokens',
  ],
  ...[
    'cache_creation',
    'ephemeral_1h_input_tokens',
    'iterations',
    'server_tool_use',
    'web_search_requests',
    'promptTokenCount',
    'candidatesTokenCount',
    'cacheDetails',
  ],
  ...[
    'thoughtsTokenCount',
    'promptTokensDetails',
    'modality',
    'tokenCount',
    'ttl',
    'seconds',
    'cost',
    'service_tier',
    'search_units',
    'pages_processed',
    'usage_info',
  ],
]
const value = fc.oneof(
  count,
  fc.double(),
  fc.constantFrom('message', 'tokens', 'duration', 'AUDIO', '1h', 'response.done', '5', ''),
  fc.boolean(),
  fc.constant(null),
)
const anyResponse = fc.letrec<{ node: unknown }>(tie => ({
  node: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    value,
    fc.array(tie('node'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...NAMES), tie('node'), { maxKeys: 8 }),
  ),
})).node

/** Returns the calls of a reading; throws if one is invalid. Undefined if the response was refused. */
function callsOf(read: () => ExtractedUsage): readonly ModelUsage[] | undefined {
  try {
    const usage = read()
    return [usage, ...(usage.attempts ?? [])]
  } catch (error) {
    if (error instanceof TokenUsageUnreadable) return undefined
    throw error
  }
}

function expectValid(calls: readonly ModelUsage[] | undefined): void {
  for (const { tokens, units } of calls ?? []) {
    for (const pool of TOKEN_POOLS) expect(tokens[pool] ?? 0).toSatisfy((tokenCount: number) => Number.isSafeInteger(tokenCount) && tokenCount >= 0)
    for (const { quantity } of units) expect(quantity).toMatch(/^(?!0$)\d+(\.\d*[1-9])?$/)
  }
}

describe('any response', () => {
  it('has pools and units that are never negative or fractional, or is refused', () => {
    fc.assert(
      fc.property(anyResponse, response => expectValid(callsOf(() => extractTokenUsage({ provider: 'openai', response })))),
      { numRuns: 2_000 },
    )
  })

  it('has pools and units that are never negative or fractional as a stream too, or is refused', () => {
    fc.assert(
      fc.property(fc.array(anyResponse, { maxLength: 5 }), events => expectValid(callsOf(() => extractStreamedTokenUsage({ provider: 'openai', events })))),
      {
        numRuns: 1_000,
      },
    )
  })

  it('is refused if none of its fields is known', () => {
    const unknown = fc.object({ key: fc.stringMatching(/^x_[a-z]{1,8}$/), maxDepth: 3 })
    fc.assert(
      fc.property(unknown, response => {
        expect(callsOf(() => extractTokenUsage({ provider: 'openai', response }))).toBeUndefined()
      }),
    )
  })
})

describe('the pools of a response', () => {
  it('sum to the total of OpenAI and providers like it, however their parts overlap', () => {
    const usage = fc.record({
      prompt_tokens: count,
      completion_tokens: count,
      cached_tokens: maybe(count),
      prompt_tokens_details: maybe(
        fc.record({ cached_tokens: count, audio_tokens: count, image_tokens: count, cache_write_tokens: count }, { requiredKeys: [] }),
      ),
      completion_tokens_details: maybe(fc.record({ reasoning_tokens: count, audio_tokens: count }, { requiredKeys: [] })),
      extra: count,
    })
    fc.assert(
      fc.property(usage, ({ extra, ...counts }) => {
        const cache =
          Math.max(counts.cached_tokens ?? 0, counts.prompt_tokens_details?.cached_tokens ?? 0) + (counts.prompt_tokens_details?.cache_write_tokens ?? 0)
        const reasoning = counts.completion_tokens_details?.reasoning_tokens ?? 0
        const total = counts.prompt_tokens + counts.completion_tokens + cache + reasoning + extra
        const [call] = callsOf(() => extractTokenUsage({ provider: 'openai', response: { usage: { ...counts, total_tokens: total } } })) ?? []
        expect(call && totalTokens(call.tokens)).toBe(total)
      }),
    )
  })

  it("sum to Anthropic's input, cache and output, and those of attempts to their own", () => {
    const iteration = fc.record({
      input_tokens: count,
      cache_read_input_tokens: count,
      cache_creation_input_tokens: count,
      output_tokens: count.map(n => n + 1),
    })
    fc.assert(
      fc.property(iteration, iteration, (usage, compaction) => {
        const response = {
          type: 'message',
          usage: {
            ...usage,
            iterations: [
              { type: 'compaction', ...compaction },
              { type: 'message', ...usage },
            ],
          },
        }
        const calls = callsOf(() => extractTokenUsage({ provider: 'anthropic', response })) ?? []
        const sum = (counts: object) => Object.values(counts).reduce((total: number, tokens: number) => total + tokens, 0)
        expect(calls.map(({ tokens }) => totalTokens(tokens))).toEqual([sum(usage), sum(compaction)])
      }),
    )
  })

  it("sum to Google's prompt, candidates, thoughts and tools", () => {
    const usage = fc.record({
      promptTokenCount: count,
      candidatesTokenCount: count,
      thoughtsTokenCount: count,
      toolUsePromptTokenCount: count,
      cachedContentTokenCount: count,
      promptTokensDetails: fc.array(fc.record({ modality: fc.constantFrom('TEXT', 'AUDIO', 'IMAGE', 'VIDEO', 'DOCUMENT'), tokenCount: count }), {
        maxLength: 5,
      }),
      cacheTokensDetails: fc.array(fc.record({ modality: fc.constantFrom('TEXT', 'AUDIO', 'IMAGE', 'VIDEO'), tokenCount: count }), { maxLength: 4 }),
    })
    fc.assert(
      fc.property(usage, usageMetadata => {
        const { promptTokenCount, candidatesTokenCount, thoughtsTokenCount, toolUsePromptTokenCount } = usageMetadata
        const [call] = callsOf(() => extractTokenUsage({ provider: 'google', response: { usageMetadata } })) ?? []
        expect(call && totalTokens(call.tokens)).toBe(promptTokenCount + candidatesTokenCount + thoughtsTokenCount + toolUsePromptTokenCount)
      }),
    )
  })

  it('of a session sum to the pools of its turns', () => {
    const turn = fc.record({ input_tokens: count, output_tokens: count, input_token_details: fc.record({ audio_tokens: count, cached_tokens: count }) })
    fc.assert(
      fc.property(fc.array(turn, { minLength: 1, maxLength: 6 }), turns => {
        const events = turns.map((usage, id) => ({ type: 'response.done', response: { id: `resp_${id}`, usage } }))
        const total = totalTokens(extractStreamedTokenUsage({ provider: 'openai', events }).tokens)
        const each = events.map(response => totalTokens(extractTokenUsage({ provider: 'openai', response }).tokens))
        expect(total).toBe(each.reduce((sum, tokens) => sum + tokens, 0))
      }),
    )
  })
})
