import { expect, it } from 'vitest'
import { extractStreamedTokenUsage } from '../../extract-streamed-token-usage.ts'
import { describeReadings } from '../../testing/describe-readings.ts'

const GOOGLE = ['google', 'vertex']

describeReadings('streams', [
  {
    name: 'with several responses sum them',
    source: 'OpenAI, Responses over WebSocket: a connection has many responses',
    providers: ['openai', 'azure'],
    events: ['resp_1', 'resp_2'].flatMap(id => [
      { type: 'response.created', response: { id, model: 'gpt-5', usage: null, service_tier: 'auto' } },
      {
        type: 'response.completed',
        response: { id, model: 'gpt-5', service_tier: 'default', usage: { input_tokens: 10, output_tokens: 5 }, output: [{ type: 'file_search_call' }] },
      },
    ]),
    model: 'gpt-5',
    tokens: { input: 20, output: 10 },
    units: ['file_search 2'],
    serviceTier: 'standard',
  },
  {
    name: 'with responses that are served unlike have calls of their own',
    source: 'each tier has its own price',
    providers: ['openai'],
    events: ['flex', 'default', 'flex'].map((service_tier, index) => ({
      type: 'response.completed',
      response: { id: `resp_${index}`, model: 'gpt-5', service_tier, usage: { input_tokens: 10, output_tokens: 5, cost: 0.1 } },
    })),
    model: 'gpt-5',
    tokens: { input: 20, output: 10 },
    serviceTier: 'flex',
    reportedCost: '0.2',
    attempts: [{ model: 'gpt-5', tokens: { input: 10, output: 5 } }],
  },
  {
    name: 'of responses that are incomplete or failed have usage too',
    source: 'OpenAI API, response.incomplete and response.failed',
    providers: ['openai'],
    events: [
      { type: 'response.incomplete', response: { id: 'a', model: 'gpt-5', usage: { input_tokens: 10, output_tokens: 5 } } },
      { type: 'response.failed', response: { id: 'b', model: 'gpt-5', usage: null } },
    ],
    model: 'gpt-5',
    tokens: { input: 10, output: 5 },
  },
  {
    name: 'of Anthropic have the tier of their start and the searches of their end',
    source: 'Anthropic, Streaming: message_start has service_tier, message_delta has server_tool_use',
    providers: ['anthropic', 'bedrock', 'vertex'],
    events: [
      {
        type: 'message_start',
        message: {
          id: 'msg_1',
          model: 'claude-opus-4-8',
          usage: {
            input_tokens: 3,
            cache_creation_input_tokens: 300,
            cache_creation: { ephemeral_1h_input_tokens: 300 },
            output_tokens: 1,
            service_tier: 'batch',
            inference_geo: 'us',
          },
        },
      },
      { type: 'message_delta', usage: { input_tokens: 4_003, output_tokens: 50, server_tool_use: { web_search_requests: 2 } } },
      { type: 'message_stop', 'amazon-bedrock-invocationMetrics': { inputTokenCount: 4_003, outputTokenCount: 50 } },
    ],
    model: 'claude-opus-4-8',
    tokens: { input: 4_003, cacheWrite1h: 300, output: 50 },
    units: ['web_search 2'],
    serviceTier: 'batch',
    region: 'us',
  },
  {
    name: 'of Anthropic count a message once whose start is repeated',
    source: 'recorded: the same id twice',
    providers: ['anthropic'],
    events: [1, 2]
      .map((): unknown => ({ type: 'message_start', message: { id: 'msg_1', model: 'claude-opus-4-8', usage: { input_tokens: 17, output_tokens: 1 } } }))
      .concat({ type: 'message_delta', usage: { output_tokens: 227 } }),
    model: 'claude-opus-4-8',
    tokens: { input: 17, output: 227 },
  },
  {
    name: 'of Anthropic with several messages sum them',
    source: 'the steps of an agent in one list of events',
    providers: ['anthropic'],
    events: ['msg_1', 'msg_2'].flatMap(id => [
      { type: 'message_start', message: { id, model: 'claude-opus-4-8', usage: { input_tokens: 17, output_tokens: 1 } } },
      { type: 'message_delta', usage: { output_tokens: 227 } },
    ]),
    model: 'claude-opus-4-8',
    tokens: { input: 34, output: 454 },
  },
  {
    name: 'of chat completions have the tier of any chunk and the usage of the last',
    source: 'OpenAI API, Chat completion chunk: stream_options.include_usage',
    providers: ['openai', 'azure', 'litellm_proxy'],
    events: [
      { model: 'gpt-5', service_tier: 'priority', choices: [{ delta: { content: 'a' } }], usage: null },
      { model: 'gpt-5', choices: [], usage: { prompt_tokens: 100, completion_tokens: 60, prompt_tokens_details: { cached_tokens: 64 } } },
    ],
    model: 'gpt-5',
    tokens: { input: 36, cacheRead: 64, output: 60 },
    serviceTier: 'priority',
  },
  {
    name: 'of DeepSeek, Moonshot and Mistral have their names of the cache',
    source: 'the last chunk has the same usage as a response',
    providers: ['deepseek', 'moonshotai', 'mistral'],
    events: [
      { model: 'm', choices: [] },
      { model: 'm', usage: { prompt_tokens: 100, completion_tokens: 60, total_tokens: 160, prompt_cache_hit_tokens: 64 } },
    ],
    model: 'm',
    tokens: { input: 36, cacheRead: 64, output: 60 },
  },
  {
    name: 'of Perplexity bill their request once',
    source: 'every chunk repeats the running totals',
    providers: ['perplexity'],
    events: [3, 9].map(completion_tokens => ({
      model: 'sonar',
      usage: { prompt_tokens: 11, completion_tokens, total_tokens: 11 + completion_tokens, search_context_size: 'high' },
    })),
    model: 'sonar',
    tokens: { input: 11, output: 9 },
    units: ['request/high 1'],
  },
  {
    name: 'of Gemini bill the searches of all chunks',
    source: 'Gemini API, streamGenerateContent: a chunk has the searches since the last',
    providers: GOOGLE,
    events: [
      { modelVersion: 'gemini-3-pro', candidates: [{ groundingMetadata: { webSearchQueries: ['a', 'b'] } }], usageMetadata: { trafficType: 'ON_DEMAND' } },
      {
        modelVersion: 'gemini-3-pro',
        candidates: [{ groundingMetadata: { webSearchQueries: ['b', 'c'] } }],
        usageMetadata: { promptTokenCount: 10, candidatesTokenCount: 2 },
      },
      { modelVersion: 'gemini-3-pro', candidates: [{}], usageMetadata: { promptTokenCount: 10, candidatesTokenCount: 5, thoughtsTokenCount: 3 } },
    ],
    model: 'gemini-3-pro',
    tokens: { input: 10, output: 5, reasoning: 3 },
    units: ['web_search 3'],
    serviceTier: 'standard',
  },
  {
    name: 'of Mistral are inside data in its SDK for TypeScript',
    source: 'mistralai for TypeScript: { data: chunk }',
    providers: ['mistral'],
    events: [
      { data: { model: 'mistral-large-latest' } },
      { data: { model: 'mistral-large-latest', usage: { promptTokens: 10, completionTokens: 5, totalTokens: 15 } } },
    ],
    model: 'mistral-large-latest',
    tokens: { input: 10, output: 5 },
  },
  {
    name: 'of Codex have the running totals of the session',
    source: 'Codex, token_count: info.total_token_usage',
    providers: ['openai'],
    events: [50, 100].map(input_tokens => ({
      type: 'event_msg',
      payload: {
        type: 'token_count',
        info: { total_token_usage: { input_tokens, cached_input_tokens: 40, output_tokens: 5, total_tokens: input_tokens + 5 } },
      },
    })),
    tokens: { input: 60, cacheRead: 40, output: 5 },
  },
])

it.each([
  { events: [], says: /no usage/ },
  { events: [null, 'data: [DONE]', 5], says: /no usage/ },
  { events: [{ setupComplete: {} }, { serverContent: { turnComplete: true } }], says: /no usage/ },
  { events: [{ type: 'response.created', response: { model: 'gpt-5', usage: null } }], says: /no usage/ },
  { events: [{ type: 'message_delta', usage: { output_tokens: 20, cache_read_input_tokens: 5 } }], says: /no input_tokens/ },
])('the stream $events is rejected with the reason', ({ events, says }) => {
  expect(() => extractStreamedTokenUsage({ provider: 'openai', events })).toThrow(says)
})
