import { expect, it } from 'vitest'
import { extractTokenUsage } from '../../extract-token-usage.ts'
import { describeReadings } from '../../testing/describe-readings.ts'

/** All of these send the same body. */
const SERVERS = [
  'openai',
  'azure',
  'bedrock',
  'vertex',
  'google',
  'anthropic',
  'xai.responses',
  'openrouter',
  'github-copilot',
  'minimax',
  'cloudflare',
  'vercel',
]
const model = 'gpt-5.6-luna'
const response = (usage: object, more: object = {}) => ({ object: 'response', model, usage, ...more })
const usage = { input_tokens: 1_000, output_tokens: 100, total_tokens: 1_100 }

describeReadings('responses', [
  {
    name: 'include the cache in the input and reasoning in the output',
    source: 'OpenAI API, Response usage',
    providers: SERVERS,
    response: response({ ...usage, input_tokens_details: { cached_tokens: 800 }, output_tokens_details: { reasoning_tokens: 60 } }),
    tokens: { input: 200, cacheRead: 800, output: 40, reasoning: 60 },
  },
  {
    name: 'count cache writes',
    source: 'OpenAI API, Response usage: input_tokens_details.cache_write_tokens',
    providers: SERVERS,
    response: response({ ...usage, input_tokens_details: { cached_tokens: 100, cache_write_tokens: 300 } }),
    tokens: { input: 600, cacheRead: 100, cacheWrite5m: 300, output: 100 },
  },
  {
    name: 'count cache writes with the lifetime that the response names',
    source: 'OpenAI API, Response: prompt_cache_options.ttl is 30m',
    providers: SERVERS,
    response: response({ ...usage, input_tokens_details: { cache_write_tokens: 300 } }, { prompt_cache_options: { mode: 'implicit', ttl: '30m' } }),
    tokens: { input: 700, cacheWrite30m: 300, output: 100 },
  },
  {
    name: 'of a log of Codex count the cache as part of the input',
    source: 'Codex, turn.completed: 1,647 = 117,231 - 115,584',
    providers: ['openai', 'azure'],
    response: { model: 'gpt-5.5', usage: { input_tokens: 117_231, cached_input_tokens: 115_584, output_tokens: 225, total_tokens: 117_456 } },
    tokens: { input: 1_647, cacheRead: 115_584, output: 225 },
  },
  {
    name: 'of the token counts in a log of Codex count reasoning as part of the output',
    source: 'Codex, token_count: info.total_token_usage',
    providers: ['openai'],
    response: {
      type: 'event_msg',
      payload: {
        type: 'token_count',
        info: { total_token_usage: { input_tokens: 100, cached_input_tokens: 60, output_tokens: 50, reasoning_output_tokens: 20, total_tokens: 150 } },
      },
    },
    tokens: { input: 40, cacheRead: 60, output: 30, reasoning: 20 },
  },
  {
    name: "with Anthropic's names of the cache beside the details include it in the input",
    source: 'the details are those of OpenAI: 1,100 = 1,000 + 100',
    providers: ['litellm_proxy', 'openrouter'],
    response: response({ ...usage, input_tokens_details: { cached_tokens: 800 }, cache_read_input_tokens: 800, cache_creation_input_tokens: 0 }),
    tokens: { input: 200, cacheRead: 800, output: 100 },
  },
  {
    name: 'are read without the response around their usage',
    source: 'a caller that kept the usage only',
    providers: SERVERS,
    response: { ...usage, input_tokens_details: { cached_tokens: 800 } },
    tokens: { input: 200, cacheRead: 800, output: 100 },
  },
  {
    name: 'of LangChain have details of their own names',
    source: 'LangChain, UsageMetadata: input_tokens is the sum of all input token types',
    providers: ['openai', 'anthropic'],
    response: {
      usage: {
        input_tokens: 100,
        output_tokens: 50,
        total_tokens: 150,
        input_token_details: { cache_read: 60, cache_creation: 10, audio: 5 },
        output_token_details: { reasoning: 20 },
      },
    },
    tokens: { input: 25, cacheRead: 60, cacheWrite5m: 10, audioInput: 5, output: 30, reasoning: 20 },
  },
  {
    name: 'of LangChain have lifetimes of cache writes among the details',
    source: 'langchain-anthropic: ephemeral_1h_input_tokens in input_token_details, and then 0 in cache_creation',
    providers: ['anthropic', 'bedrock'],
    response: {
      usage: {
        input_tokens: 160,
        output_tokens: 20,
        total_tokens: 180,
        input_token_details: { cache_read: 50, cache_creation: 0, ephemeral_5m_input_tokens: 30, ephemeral_1h_input_tokens: 70 },
      },
    },
    tokens: { input: 10, cacheRead: 50, cacheWrite5m: 30, cacheWrite1h: 70, output: 20 },
  },
  ...['flex', 'priority'].map(tier => ({
    name: `of LangChain name the tier "${tier}" in their details`,
    source: 'langchain-openai, _create_usage_metadata: 100 = 40 + 60 cached, 50 = 40 + 10 of reasoning',
    providers: ['openai', 'azure'],
    response: {
      usage: {
        input_tokens: 100,
        output_tokens: 50,
        total_tokens: 150,
        input_token_details: { [tier]: 40, [`${tier}_cache_read`]: 60 },
        output_token_details: { [tier]: 40, [`${tier}_reasoning`]: 10 },
      },
    },
    tokens: { input: 40, cacheRead: 60, output: 40, reasoning: 10 },
    serviceTier: tier,
  })),
  {
    name: 'of LangChain count images, documents and video apart from text',
    source: 'LangChain.js, ModalitiesTokenDetails: text, image, audio, video and document',
    providers: ['google', 'openai'],
    response: {
      usage: {
        input_tokens: 100,
        output_tokens: 50,
        total_tokens: 150,
        input_token_details: { text: 40, image: 30, document: 5, video: 15, audio: 10 },
        output_token_details: { text: 20, image: 30 },
      },
    },
    tokens: { input: 40, imageInput: 35, videoInput: 15, audioInput: 10, output: 20, imageOutput: 30 },
  },
  {
    name: "of OpenAI's Agents SDK have lists of details, one of each request",
    source: 'openai-agents-js, Usage: inputTokensDetails is a list. 64 + 16 cached, 20 + 5 of reasoning',
    providers: ['openai', 'azure', 'bedrock'],
    response: {
      usage: {
        requests: 2,
        inputTokens: 100,
        outputTokens: 50,
        totalTokens: 150,
        inputTokensDetails: [{ cached_tokens: 64 }, { cached_tokens: 16 }],
        outputTokensDetails: [{ reasoning_tokens: 20 }, { reasoning_tokens: 5 }],
      },
    },
    tokens: { input: 20, cacheRead: 80, output: 25, reasoning: 25 },
  },
  {
    name: "of OpenAI's Agents SDK are read without details",
    source: 'openai-agents-js, Usage: the lists are empty if the model gave no details',
    providers: ['openai'],
    response: { usage: { requests: 1, inputTokens: 100, outputTokens: 50, totalTokens: 150, inputTokensDetails: [], outputTokensDetails: [] } },
    tokens: { input: 100, output: 50 },
  },
  {
    name: 'of Pydantic AI count audio, cached or not, apart from text',
    source: 'pydantic-ai, RunUsage: input_audio_tokens and cache_audio_read_tokens are parts of the input, 100 = 40 + 60',
    providers: ['openai', 'google'],
    response: {
      usage: {
        requests: 1,
        input_tokens: 100,
        input_audio_tokens: 60,
        cache_read_tokens: 50,
        cache_audio_read_tokens: 30,
        output_tokens: 50,
        output_audio_tokens: 20,
      },
    },
    tokens: { input: 20, cacheRead: 20, cacheReadAudio: 30, audioInput: 30, output: 30, audioOutput: 20 },
  },
  {
    name: 'of a realtime turn count audio, cached or not, apart from text',
    source: 'OpenAI, Realtime costs: input_token_details and cached_tokens_details. 40 text and 60 audio tokens, of which 20 and 30 cached',
    providers: ['openai', 'azure'],
    response: response({
      total_tokens: 120,
      input_tokens: 100,
      output_tokens: 20,
      input_token_details: { text_tokens: 40, audio_tokens: 60, cached_tokens: 50, cached_tokens_details: { text_tokens: 20, audio_tokens: 30 } },
      output_token_details: { text_tokens: 5, audio_tokens: 15 },
    }),
    tokens: { input: 20, cacheRead: 20, cacheReadAudio: 30, audioInput: 30, output: 5, audioOutput: 15 },
  },
  {
    name: 'of a realtime turn are read in the whole event too, with images and reasoning',
    source: 'OpenAI, Realtime, response.done: 24 = 152 - 128 text tokens; 10 = 28 - 18',
    providers: ['openai', 'azure'],
    response: {
      type: 'response.done',
      response: {
        usage: {
          total_tokens: 374,
          input_tokens: 346,
          output_tokens: 28,
          input_token_details: {
            text_tokens: 152,
            audio_tokens: 0,
            image_tokens: 194,
            cached_tokens: 128,
            cached_tokens_details: { text_tokens: 128, audio_tokens: 0, image_tokens: 0 },
          },
          output_token_details: { text_tokens: 28, audio_tokens: 0, reasoning_tokens: 18 },
        },
      },
    },
    tokens: { input: 24, cacheRead: 128, imageInput: 194, output: 10, reasoning: 18 },
  },
  {
    name: 'of a realtime turn count cached images',
    source: '194 images, of which 100 cached',
    providers: ['openai', 'azure'],
    response: response({
      input_tokens: 346,
      output_tokens: 28,
      input_token_details: { text_tokens: 152, image_tokens: 194, cached_tokens: 228, cached_tokens_details: { text_tokens: 128, image_tokens: 100 } },
    }),
    tokens: { input: 24, cacheRead: 128, cacheReadImage: 100, imageInput: 94, output: 28 },
  },
  {
    name: 'without anything but totals are read alike in every format',
    source: 'Anthropic without a cache has the same fields',
    providers: SERVERS,
    response: { model, usage: { input_tokens: 10, output_tokens: 5 } },
    tokens: { input: 10, output: 5 },
  },
])

it.each([
  { body: { usage: { output_tokens: 5 } }, says: /no prompt_tokens or input_tokens/ },
  { body: { usage: { input_tokens: 5 } }, says: /no output_tokens/ },
  { body: { usage: { input_tokens: 5, output_tokens: 5, read_from_cache_tokens: 3 } }, says: /3 read_from_cache_tokens in its usage/ },
  { body: { usage, tool_usage: { web_search: { num_requests: -1 } } }, says: /quantity of web_search/ },
])('responses like $body are rejected with the reason', ({ body, says }) => {
  expect(() => extractTokenUsage({ provider: 'openai', response: body })).toThrow(says)
})
