import { createAnthropic } from '@ai-sdk/anthropic'
import { createGoogleGenerativeAI } from '@ai-sdk/google'
import { createOpenAI } from '@ai-sdk/openai'
import Anthropic from '@anthropic-ai/sdk'
import {
  BedrockRuntimeClient,
  ConverseCommand,
  ConverseStreamCommand,
  InvokeModelCommand,
  InvokeModelWithResponseStreamCommand,
} from '@aws-sdk/client-bedrock-runtime'
import { GoogleGenAI } from '@google/genai'
import { meterAnthropic, meterBedrock, meterGoogle, meterOpenAI, type Tollgate, tollgateMiddleware } from '@tollgate/sdk'
import { bedrockAnswer, eventsAnswer, geminiAnswer, jsonAnswer, type ProviderAnswer } from '@tollgate/sdk/testing'
import { generateText, streamText, wrapLanguageModel } from 'ai'
import OpenAI from 'openai'

/** Local servers that stand for the providers. */
export interface ProviderUrls {
  readonly http: string
  /** For Bedrock, whose client speaks HTTP/2. */
  readonly http2: string
}

/** A call of a metered client, what its provider answers, and what it costs. */
export interface MeteredCall {
  /** Operation that the call is recorded as. */
  readonly operation: string
  readonly answer: ProviderAnswer
  readonly call: (tollgate: Tollgate, urls: ProviderUrls, operation: string) => Promise<unknown>
  /** In USD, by the published prices. */
  readonly cost: string
}

const prompt = 'Why is the sky blue?'
const messages = [{ role: 'user' as const, content: prompt }]
const text = 'Rayleigh scattering.'

// gpt-5-mini, per million tokens: input $0.25, cached $0.025, output $2. 86 × 0.25 + 1,920 × 0.025 + (44 + 256 of reasoning) × 2 = 669.5.
const CHAT = { model: 'gpt-5-mini', messages }
const CHAT_COST = '0.0006695'
const CHAT_USAGE = {
  prompt_tokens: 2_006,
  completion_tokens: 300,
  total_tokens: 2_306,
  prompt_tokens_details: { cached_tokens: 1_920 },
  completion_tokens_details: { reasoning_tokens: 256 },
}
const chunk = (rest: object) => ({ id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1, model: 'gpt-5-mini-2025-08-07', ...rest })
const COMPLETION = jsonAnswer({
  ...chunk({ object: 'chat.completion', usage: CHAT_USAGE }),
  choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: text } }],
})
const CHUNKS = eventsAnswer([
  chunk({ choices: [{ index: 0, delta: { role: 'assistant', content: text }, finish_reason: null }] }),
  chunk({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] }),
  chunk({ choices: [], usage: CHAT_USAGE }),
])

// The same prices: 36 × 0.25 + 64 × 0.025 + (20 + 40 of reasoning) × 2 = 130.6.
const RESPONSE_COST = '0.0001306'
const RESPONSE = {
  id: 'resp_1',
  object: 'response',
  created_at: 1,
  model: 'gpt-5-mini-2025-08-07',
  status: 'completed',
  output: [],
  usage: { input_tokens: 100, output_tokens: 60, input_tokens_details: { cached_tokens: 64 }, output_tokens_details: { reasoning_tokens: 40 } },
}

// claude-sonnet-4-5: input $3, cache read $0.30, written for 5 minutes $3.75, for an hour $6, output $15.
// 12 × 3 + 2,000 × 0.30 + 300 × 3.75 + 56 × 6 + 227 × 15 = 5,502.
// The model of the response is what costs.
const MESSAGE = { model: 'claude-opus-4-8', max_tokens: 500, messages }
const MESSAGE_COST = '0.005502'
const MESSAGE_USAGE = {
  input_tokens: 12,
  cache_read_input_tokens: 2_000,
  cache_creation_input_tokens: 356,
  cache_creation: { ephemeral_5m_input_tokens: 300, ephemeral_1h_input_tokens: 56 },
}
const message = (rest: object) => ({ id: 'msg_1', type: 'message', role: 'assistant', model: 'claude-sonnet-4-5-20250929', stop_sequence: null, ...rest })
const MESSAGE_BODY = message({ content: [{ type: 'text', text }], stop_reason: 'end_turn', usage: { ...MESSAGE_USAGE, output_tokens: 227 } })
const MESSAGE_EVENTS = [
  { type: 'message_start', message: message({ content: [], stop_reason: null, usage: { ...MESSAGE_USAGE, output_tokens: 1 } }) },
  { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
  { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } },
  { type: 'content_block_stop', index: 0 },
  { type: 'message_delta', delta: { stop_reason: 'end_turn', stop_sequence: null }, usage: { output_tokens: 227 } },
  { type: 'message_stop' },
]

// gemini-2.5-flash: input $0.30, cached $0.03, audio $1, output $2.50.
// 52 × 0.30 + 63 × 0.03 + 258 × 1 + (89 + 167 of thoughts) × 2.50 = 915.49.
const CONTENT = { model: 'gemini-2.5-flash', contents: prompt }
const CONTENT_COST = '0.00091549'
const content = (candidatesTokenCount: number) => ({
  candidates: [{ content: { role: 'model', parts: [{ text }] }, index: 0, finishReason: 'STOP' }],
  modelVersion: 'gemini-2.5-flash',
  usageMetadata: {
    promptTokenCount: 373,
    promptTokensDetails: [
      { modality: 'TEXT', tokenCount: 115 },
      { modality: 'AUDIO', tokenCount: 258 },
    ],
    cachedContentTokenCount: 63,
    cacheTokensDetails: [{ modality: 'TEXT', tokenCount: 63 }],
    candidatesTokenCount,
    thoughtsTokenCount: 167,
    totalTokenCount: 540 + candidatesTokenCount,
  },
})

// claude-sonnet-4-5 in regions of the EU costs 10 % more: $3.30, $0.33, $4.125, $6.60 and $16.50.
// 3 × 3.30 + 150 × 0.33 + 2,000 × 4.125 + 74 × 6.60 + 288 × 16.50 = 13,549.8.
const CONVERSE = { modelId: 'eu.anthropic.claude-sonnet-4-5-20250929-v1:0', messages: [{ role: 'user' as const, content: [{ text: prompt }] }] }
const CONVERSE_COST = '0.0135498'
const CONVERSE_USAGE = {
  inputTokens: 3,
  outputTokens: 288,
  totalTokens: 2_515,
  cacheReadInputTokens: 150,
  cacheWriteInputTokens: 2_074,
  cacheDetails: [
    { inputTokens: 2_000, ttl: '5m' },
    { inputTokens: 74, ttl: '1h' },
  ],
}

// The same prices: 12 × 3.30 + 2,000 × 0.33 + 300 × 4.125 + 56 × 6.60 + 227 × 16.50 = 6,052.2.
const INVOKED = { modelId: CONVERSE.modelId, body: JSON.stringify({ max_tokens: 500, messages }) }
const INVOKED_COST = '0.0060522'

const openai = (tollgate: Tollgate, { http }: ProviderUrls, operation: string) =>
  meterOpenAI(new OpenAI({ apiKey: 'key', baseURL: http, maxRetries: 0 }), tollgate, { operation })
const anthropic = (tollgate: Tollgate, { http }: ProviderUrls, operation: string) =>
  meterAnthropic(new Anthropic({ apiKey: 'key', baseURL: http, maxRetries: 0 }), tollgate, { operation })
const google = (tollgate: Tollgate, { http }: ProviderUrls, operation: string) =>
  meterGoogle(new GoogleGenAI({ apiKey: 'key', httpOptions: { baseUrl: http } }), tollgate, { operation })
async function withBedrock<Result>({ http2 }: ProviderUrls, work: (client: BedrockRuntimeClient) => Promise<Result>): Promise<Result> {
  const client = new BedrockRuntimeClient({ region: 'eu-central-1', endpoint: http2, credentials: { accessKeyId: 'a', secretAccessKey: 'b' }, maxAttempts: 1 })
  try {
    return await work(client)
  } finally {
    client.destroy()
  }
}

const MODELS = {
  openai: ({ http }: ProviderUrls) => createOpenAI({ apiKey: 'key', baseURL: http }).chat('gpt-5-mini'),
  anthropic: ({ http }: ProviderUrls) => createAnthropic({ apiKey: 'key', baseURL: http })('claude-opus-4-8'),
  google: ({ http }: ProviderUrls) => createGoogleGenerativeAI({ apiKey: 'key', baseURL: http })('gemini-2.5-flash'),
}
const model = (name: keyof typeof MODELS, tollgate: Tollgate, urls: ProviderUrls, operation: string) =>
  wrapLanguageModel({ model: MODELS[name](urls), middleware: tollgateMiddleware(tollgate, { operation }) })

/** Returns the same call of a model of the AI SDK, plain and streamed. */
function aiSdkCalls(name: keyof typeof MODELS, plain: ProviderAnswer, streamed: ProviderAnswer, cost: string): MeteredCall[] {
  return [
    {
      operation: `ai_sdk_${name}`,
      answer: plain,
      call: async (...metered) => generateText({ model: model(name, ...metered), prompt, maxRetries: 0 }),
      cost,
    },
    {
      operation: `ai_sdk_${name}_stream`,
      answer: streamed,
      call: async (...metered) => streamText({ model: model(name, ...metered), prompt, maxRetries: 0 }).text,
      cost,
    },
  ]
}

/** Reads a stream to its end. */
async function read(parts: AsyncIterable<unknown> = (async function* () {})()): Promise<void> {
  for await (const part of parts) void part
}

/** Every metered client, plain and streamed. */
export const METERED_CALLS: readonly MeteredCall[] = [
  { operation: 'openai_chat', answer: COMPLETION, call: async (...metered) => openai(...metered).chat.completions.create(CHAT), cost: CHAT_COST },
  {
    operation: 'openai_chat_stream',
    answer: CHUNKS,
    call: async (...metered) => read(await openai(...metered).chat.completions.create({ ...CHAT, stream: true })),
    cost: CHAT_COST,
  },
  {
    operation: 'openai_responses',
    answer: jsonAnswer(RESPONSE),
    call: async (...metered) => openai(...metered).responses.create({ model: 'gpt-5-mini', input: prompt }),
    cost: RESPONSE_COST,
  },
  {
    operation: 'openai_responses_stream',
    answer: eventsAnswer([{ type: 'response.completed', response: RESPONSE }], { named: true }),
    call: async (...metered) => read(await openai(...metered).responses.create({ model: 'gpt-5-mini', input: prompt, stream: true })),
    cost: RESPONSE_COST,
  },
  { operation: 'anthropic', answer: jsonAnswer(MESSAGE_BODY), call: async (...metered) => anthropic(...metered).messages.create(MESSAGE), cost: MESSAGE_COST },
  {
    operation: 'anthropic_stream',
    answer: eventsAnswer(MESSAGE_EVENTS, { named: true }),
    call: async (...metered) => read(await anthropic(...metered).messages.create({ ...MESSAGE, stream: true })),
    cost: MESSAGE_COST,
  },
  { operation: 'google', answer: jsonAnswer(content(89)), call: async (...metered) => google(...metered).models.generateContent(CONTENT), cost: CONTENT_COST },
  {
    operation: 'google_stream',
    answer: geminiAnswer([content(3), content(89)]),
    call: async (...metered) => read(await google(...metered).models.generateContentStream(CONTENT)),
    cost: CONTENT_COST,
  },
  {
    operation: 'bedrock_converse',
    answer: jsonAnswer({ output: { message: { role: 'assistant', content: [{ text }] } }, stopReason: 'end_turn', usage: CONVERSE_USAGE }),
    call: (tollgate, urls, operation) => withBedrock(urls, client => meterBedrock(client, tollgate, { operation }).send(new ConverseCommand(CONVERSE))),
    cost: CONVERSE_COST,
  },
  {
    operation: 'bedrock_converse_stream',
    answer: bedrockAnswer([
      ['messageStart', { role: 'assistant' }],
      ['contentBlockDelta', { contentBlockIndex: 0, delta: { text } }],
      ['messageStop', { stopReason: 'end_turn' }],
      ['metadata', { usage: CONVERSE_USAGE }],
    ]),
    call: (tollgate, urls, operation) =>
      withBedrock(urls, async client => read((await meterBedrock(client, tollgate, { operation }).send(new ConverseStreamCommand(CONVERSE))).stream)),
    cost: CONVERSE_COST,
  },
  {
    operation: 'bedrock_invoke',
    answer: jsonAnswer(MESSAGE_BODY),
    call: (tollgate, urls, operation) => withBedrock(urls, client => meterBedrock(client, tollgate, { operation }).send(new InvokeModelCommand(INVOKED))),
    cost: INVOKED_COST,
  },
  {
    operation: 'bedrock_invoke_stream',
    answer: bedrockAnswer(MESSAGE_EVENTS.map(event => ['chunk', { bytes: Buffer.from(JSON.stringify(event)).toString('base64') }])),
    call: (tollgate, urls, operation) =>
      withBedrock(urls, async client =>
        read((await meterBedrock(client, tollgate, { operation }).send(new InvokeModelWithResponseStreamCommand(INVOKED))).body),
      ),
    cost: INVOKED_COST,
  },
  ...aiSdkCalls('openai', COMPLETION, CHUNKS, CHAT_COST),
  ...aiSdkCalls('anthropic', jsonAnswer(MESSAGE_BODY), eventsAnswer(MESSAGE_EVENTS, { named: true }), MESSAGE_COST),
  ...aiSdkCalls('google', jsonAnswer(content(89)), geminiAnswer([content(3), content(89)]), CONTENT_COST),
]
