import { expect, it } from 'vitest'
import { extractTokenUsage } from '../../extract-token-usage.ts'
import { describeReadings } from '../../testing/describe-readings.ts'

/** All of these send the same body. */
const CLAUDE = ['anthropic', 'bedrock', 'vertex', 'azure', 'minimax', 'openrouter', 'litellm_proxy']
const model = 'claude-opus-4-8'
const message = (usage: object) => ({ type: 'message', model, usage })

describeReadings('Anthropic messages', [
  {
    name: 'count the cache beside the input',
    source: 'Anthropic, Prompt caching: total input = cache_read_input_tokens + cache_creation_input_tokens + input_tokens',
    providers: CLAUDE,
    response: message({ input_tokens: 3, cache_read_input_tokens: 1_000, cache_creation_input_tokens: 300, output_tokens: 50 }),
    tokens: { input: 3, cacheRead: 1_000, cacheWrite5m: 300, output: 50 },
  },
  {
    name: 'count cache writes by lifetime',
    source: 'Anthropic, Prompt caching, 1-hour cache duration: usage.cache_creation',
    providers: CLAUDE,
    response: message({
      input_tokens: 14,
      cache_creation_input_tokens: 8_951,
      cache_creation: { ephemeral_5m_input_tokens: 100, ephemeral_1h_input_tokens: 8_851 },
      output_tokens: 4,
    }),
    tokens: { input: 14, cacheWrite5m: 100, cacheWrite1h: 8_851, output: 4 },
  },
  {
    name: 'count cache writes by lifetime, also if they have no total',
    source: 'the total is the sum of the lifetimes',
    providers: CLAUDE,
    response: message({
      input_tokens: 14,
      cache_creation: { ephemeral_1h_input_tokens: 10, ephemeral_30m_input_tokens: 7, ephemeral_12h_input_tokens: 5 },
      output_tokens: 4,
    }),
    tokens: { input: 14, cacheWrite1h: 10, cacheWrite30m: 7, cacheWrite12h: 5, output: 4 },
  },
  {
    name: 'count cache writes of an unknown lifetime as 5-minute writes',
    source: 'the rest of the total: 300 - 200',
    providers: ['anthropic'],
    response: message({
      input_tokens: 1,
      cache_creation_input_tokens: 300,
      cache_creation: { ephemeral_1h_input_tokens: 200, ephemeral_3d_input_tokens: 100 },
      output_tokens: 4,
    }),
    tokens: { input: 1, cacheWrite1h: 200, cacheWrite5m: 100, output: 4 },
  },
  {
    name: 'count thinking apart from the output that includes it',
    source: 'Anthropic API, Usage: output_tokens is the inclusive total, output_tokens_details a decomposition',
    providers: CLAUDE,
    response: message({ input_tokens: 10, output_tokens: 133, output_tokens_details: { thinking_tokens: 55 } }),
    tokens: { input: 10, output: 78, reasoning: 55 },
  },
  {
    name: 'bill web searches, but not web fetches',
    source: 'Anthropic, Web search tool: $10 per 1,000 searches. Web fetch tool: no charges besides tokens',
    providers: CLAUDE,
    response: message({ input_tokens: 10, output_tokens: 5, server_tool_use: { web_search_requests: 3, web_fetch_requests: 2 } }),
    tokens: { input: 10, output: 5 },
    units: ['web_search 3'],
  },
  ...['standard', 'batch', 'priority'].map(serviceTier => ({
    name: `are served by the ${serviceTier} tier`,
    source: 'Anthropic API, Usage: service_tier is standard, priority or batch',
    providers: ['anthropic', 'vertex', 'azure'],
    response: message({ input_tokens: 18, output_tokens: 43, service_tier: serviceTier }),
    tokens: { input: 18, output: 43 },
    serviceTier,
  })),
  {
    name: 'are served fast, in the US',
    source: 'Anthropic, Fast mode: usage.speed. Data residency: usage.inference_geo',
    providers: ['anthropic'],
    response: message({ input_tokens: 1_000, output_tokens: 100, speed: 'fast', inference_geo: 'us' }),
    tokens: { input: 1_000, output: 100 },
    speed: 'fast',
    region: 'us',
  },
  {
    name: 'are served at the standard speed, at an unknown place',
    source: 'recorded responses of models without data residency say "not_available"',
    providers: ['anthropic'],
    response: message({ input_tokens: 1_000, output_tokens: 100, speed: 'standard', inference_geo: 'not_available' }),
    tokens: { input: 1_000, output: 100 },
  },
  {
    name: 'leave a compaction out of the top level',
    source: 'Anthropic, Compaction: top-level counts exclude compaction iterations; sum all iterations for billing',
    providers: CLAUDE,
    response: message({
      input_tokens: 180,
      output_tokens: 8,
      service_tier: 'standard',
      iterations: [
        {
          type: 'compaction',
          input_tokens: 100,
          cache_creation_input_tokens: 55_096,
          cache_creation: { ephemeral_1h_input_tokens: 55_096 },
          output_tokens: 82,
        },
        { type: 'message', input_tokens: 180, cache_creation_input_tokens: 0, output_tokens: 8 },
      ],
    }),
    tokens: { input: 180, output: 8 },
    serviceTier: 'standard',
    attempts: [{ model, tokens: { input: 100, cacheWrite1h: 55_096, output: 82 } }],
  },
  {
    name: 'leave an advisor out of the top level, which has a model of its own',
    source: 'Anthropic, Advisor tool: advisor tokens are billed at the rates of the advisor model. 2,417 = 1,128 + 1,289',
    providers: CLAUDE,
    response: message({
      input_tokens: 2_417,
      output_tokens: 133,
      iterations: [
        { type: 'message', input_tokens: 1_128, output_tokens: 121 },
        { type: 'advisor_message', model: 'claude-fable-5', input_tokens: 2_529, output_tokens: 38 },
        { type: 'message', input_tokens: 1_289, output_tokens: 12 },
      ],
    }),
    tokens: { input: 2_417, output: 133 },
    attempts: [{ model: 'claude-fable-5', tokens: { input: 2_529, output: 38 } }],
  },
  {
    name: 'bill an attempt that a model declined after it had begun, at that model',
    source: 'Anthropic, Refusals and fallback: usage.iterations has every attempt; the top level is that of the model that answered',
    providers: CLAUDE,
    response: message({
      input_tokens: 2,
      cache_read_input_tokens: 79_214,
      output_tokens: 13_658,
      iterations: [
        { type: 'message', model: 'claude-fable-5', input_tokens: 2, cache_read_input_tokens: 72_769, cache_creation_input_tokens: 10_421, output_tokens: 578 },
        { type: 'fallback_message', model, input_tokens: 2, cache_read_input_tokens: 79_214, output_tokens: 13_658 },
      ],
    }),
    tokens: { input: 2, cacheRead: 79_214, output: 13_658 },
    attempts: [{ model: 'claude-fable-5', tokens: { input: 2, cacheRead: 72_769, cacheWrite5m: 10_421, output: 578 } }],
  },
  {
    name: 'do not bill an attempt that a model declined before it had begun',
    source: 'Anthropic, Refusals and fallback: attempts that are declined before any output are not billed',
    providers: CLAUDE,
    response: message({
      input_tokens: 412,
      output_tokens: 264,
      iterations: [
        { type: 'message', model: 'claude-fable-5', input_tokens: 408, output_tokens: 0 },
        { type: 'fallback_message', model, input_tokens: 412, output_tokens: 264 },
      ],
    }),
    tokens: { input: 412, output: 264 },
  },
  {
    name: 'name the model that answered, also if a stream began with the one that declined',
    source: 'message_start names the model that was asked; the fallback iteration names the one that answered',
    providers: CLAUDE,
    events: [
      { type: 'message_start', message: { model: 'claude-fable-5', usage: { input_tokens: 408, cache_read_input_tokens: 0, output_tokens: 0 } } },
      {
        type: 'message_delta',
        usage: {
          input_tokens: 412,
          output_tokens: 264,
          iterations: [
            { type: 'message', model: 'claude-fable-5', input_tokens: 408, output_tokens: 0 },
            { type: 'fallback_message', model: 'claude-opus-4-8', input_tokens: 412, output_tokens: 264 },
          ],
        },
      },
    ],
    model: 'claude-opus-4-8',
    tokens: { input: 412, output: 264 },
  },
  {
    name: 'are read without the message around their usage',
    source: 'a caller that kept the usage only',
    providers: CLAUDE,
    response: { input_tokens: 3, cache_read_input_tokens: 1_000, cache_creation: { ephemeral_1h_input_tokens: 300 }, output_tokens: 50 },
    tokens: { input: 3, cacheRead: 1_000, cacheWrite1h: 300, output: 50 },
  },
  {
    name: 'of OpenRouter say what the call cost',
    source: 'OpenRouter, Messages: usage.cost',
    providers: ['openrouter'],
    response: message({ input_tokens: 3, cache_read_input_tokens: 1_000, output_tokens: 50, cost: 0.0012 }),
    tokens: { input: 3, cacheRead: 1_000, output: 50 },
    reportedCost: '0.0012',
  },
  {
    name: 'of a batch are served by the batch tier',
    source: 'Anthropic, Message Batches: a line of the results is { custom_id, result: { type, message } }',
    providers: ['anthropic', 'vertex'],
    response: { custom_id: 'a', result: { type: 'succeeded', message: message({ input_tokens: 10, cache_read_input_tokens: 0, output_tokens: 5 }) } },
    model,
    tokens: { input: 10, output: 5 },
    serviceTier: 'batch',
  },
])

it.each([
  { usage: { output_tokens: 20, cache_read_input_tokens: 5 }, says: /no input_tokens/ },
  { usage: { input_tokens: 20, cache_read_input_tokens: 5 }, says: /no output_tokens/ },
  { usage: { input_tokens: 20, cache_read_input_tokens: -5, output_tokens: 1 }, says: /cache_read_input_tokens must be a whole number/ },
  { usage: { input_tokens: 20, cache_creation: { ephemeral_1h_input_tokens: '7' }, output_tokens: 1 }, says: /ephemeral_1h_input_tokens .* not a string/ },
  { usage: { input_tokens: 1, output_tokens: 1, server_tool_use: { web_search_requests: -1 } }, says: /quantity of web_search must be a decimal/ },
])('Anthropic messages with $usage are rejected with the reason', ({ usage, says }) => {
  expect(() => extractTokenUsage({ provider: 'anthropic', response: message(usage) })).toThrow(says)
})

it('the end of a message alone is rejected, because its input was at the start', () => {
  expect(() => extractTokenUsage({ provider: 'anthropic', response: { type: 'message_delta', usage: { output_tokens: 20 } } })).toThrow(/no input_tokens/)
})
