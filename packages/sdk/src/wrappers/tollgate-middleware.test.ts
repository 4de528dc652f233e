import { createAnthropic } from '@ai-sdk/anthropic'
import { createGoogleGenerativeAI } from '@ai-sdk/google'
import { createOpenAI } from '@ai-sdk/openai'
import { embedMany, generateImage, generateText, jsonSchema, stepCountIs, streamText, tool, wrapEmbeddingModel, wrapImageModel, wrapLanguageModel } from 'ai'
import { describe, expect, it } from 'vitest'
import { eventsAnswer, jsonAnswer } from '../testing/provider-answers.ts'
import { startWrapperTest } from '../testing/wrapper-test.ts'
import { aiSdkProviderName } from './ai-sdk/ai-sdk-provider-name.ts'
import { tollgateMiddleware } from './tollgate-middleware.ts'
import type { WrapperOptions } from './wrapper-options.ts'

const test = await startWrapperTest()
const { provider, recorded } = test

const middleware = (options?: WrapperOptions) => tollgateMiddleware(test.createClient(), options)
const settings = () => ({ apiKey: 'key', baseURL: provider.url })
const MODELS = {
  chat: () => createOpenAI(settings()).chat('gpt-5-mini'),
  responses: () => createOpenAI(settings()).responses('gpt-5-mini'),
  anthropic: () => createAnthropic(settings())('claude-sonnet-4-5'),
  google: () => createGoogleGenerativeAI(settings())('gemini-2.5-flash'),
}
const model = (api: keyof typeof MODELS, options?: WrapperOptions) => wrapLanguageModel({ model: MODELS[api](), middleware: middleware(options) })
const prompt = 'Why is the sky blue?'

const completion = (usage: object | undefined, message: object = { role: 'assistant', content: 'Rayleigh scattering.' }) => ({
  id: 'chatcmpl_1',
  object: 'chat.completion',
  created: 1,
  model: 'gpt-5-mini-2025-08-07',
  choices: [{ index: 0, message, finish_reason: 'tool_calls' in message ? 'tool_calls' : 'stop' }],
  ...(usage && { usage }),
})
const message = (usage: object, content: readonly object[] = [{ type: 'text', text: 'Rayleigh scattering.' }]) => ({
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  model: 'claude-sonnet-4-5-20250929',
  content,
  stop_reason: 'end_turn',
  stop_sequence: null,
  usage,
})
const response = (usage: object) => ({
  id: 'resp_1',
  object: 'response',
  created_at: 1,
  status: 'completed',
  model: 'gpt-5-mini-2025-08-07',
  output: [
    { type: 'message', id: 'msg_1', status: 'completed', role: 'assistant', content: [{ type: 'output_text', text: 'Rayleigh scattering.', annotations: [] }] },
  ],
  usage,
})
const content = (usageMetadata: object, text = 'Rayleigh scattering.') => ({
  candidates: [{ content: { role: 'model', parts: [{ text }] }, finishReason: 'STOP', index: 0 }],
  usageMetadata,
  modelVersion: 'gemini-2.5-flash',
})

describe.each([
  {
    name: 'OpenAI chat with cache and reasoning',
    api: 'chat',
    answer: completion({
      prompt_tokens: 100,
      completion_tokens: 60,
      total_tokens: 160,
      prompt_tokens_details: { cached_tokens: 64 },
      completion_tokens_details: { reasoning_tokens: 40 },
    }),
    records: { provider: 'openai', model: 'gpt-5-mini-2025-08-07', tokens: { input: 36, cacheRead: 64, output: 20, reasoning: 40 } },
  },
  {
    name: 'OpenAI chat with audio',
    api: 'chat',
    answer: completion({
      prompt_tokens: 100,
      completion_tokens: 60,
      total_tokens: 160,
      prompt_tokens_details: { audio_tokens: 30 },
      completion_tokens_details: { audio_tokens: 45 },
    }),
    records: { tokens: { input: 70, audioInput: 30, output: 15, audioOutput: 45 } },
  },
  {
    name: 'OpenAI responses',
    api: 'responses',
    answer: response({
      input_tokens: 100,
      output_tokens: 60,
      total_tokens: 160,
      input_tokens_details: { cached_tokens: 64 },
      output_tokens_details: { reasoning_tokens: 40 },
    }),
    records: { provider: 'openai', tokens: { input: 36, cacheRead: 64, output: 20, reasoning: 40 } },
  },
  {
    name: 'Anthropic with a cache written with two lifetimes, which only the raw usage has',
    api: 'anthropic',
    answer: message({
      input_tokens: 4,
      cache_read_input_tokens: 1_500,
      cache_creation_input_tokens: 356,
      cache_creation: { ephemeral_5m_input_tokens: 300, ephemeral_1h_input_tokens: 56 },
      output_tokens: 9,
    }),
    records: {
      provider: 'anthropic',
      model: 'claude-sonnet-4-5-20250929',
      tokens: { input: 4, cacheRead: 1_500, cacheWrite5m: 300, cacheWrite1h: 56, output: 9 },
    },
  },
  {
    name: 'Anthropic with web searches',
    api: 'anthropic',
    answer: message({ input_tokens: 386, output_tokens: 54, server_tool_use: { web_search_requests: 2 } }),
    records: { tokens: { input: 386, output: 54 }, units: [{ kind: 'web_search', quantity: '2' }] },
  },
  {
    name: 'Google with thoughts, cache and audio',
    api: 'google',
    answer: content({
      promptTokenCount: 373,
      promptTokensDetails: [
        { modality: 'TEXT', tokenCount: 115 },
        { modality: 'AUDIO', tokenCount: 258 },
      ],
      cachedContentTokenCount: 63,
      cacheTokensDetails: [{ modality: 'TEXT', tokenCount: 63 }],
      candidatesTokenCount: 89,
      thoughtsTokenCount: 167,
      totalTokenCount: 629,
    }),
    records: { provider: 'google', model: 'gemini-2.5-flash', tokens: { input: 52, cacheRead: 63, audioInput: 258, output: 89, reasoning: 167 } },
  },
] as const)('a plain call of $name', ({ api, answer, records }) => {
  it('is recorded with the tokens of the response', async () => {
    provider.answer = jsonAnswer(answer)
    test.nowMs = 0
    const { text } = await generateText({ model: model(api), prompt })
    expect(text).toBe('Rayleigh scattering.')
    expect(await recorded()).toMatchObject([{ operation: 'chat', latencyMs: 0, ...records }])
    expect(test.engine.events[0]?.metadata?.attributes).toBeUndefined()
  })
})

const CHAT_CHUNKS = [
  ...['', 'Rayleigh ', 'scattering.'].map(text => ({
    id: 'chatcmpl_1',
    created: 1,
    model: 'gpt-5-mini-2025-08-07',
    choices: [{ index: 0, delta: { role: 'assistant', content: text }, finish_reason: null }],
  })),
  { id: 'chatcmpl_1', created: 1, model: 'gpt-5-mini-2025-08-07', choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] },
  { id: 'chatcmpl_1', created: 1, model: 'gpt-5-mini-2025-08-07', choices: [], usage: { prompt_tokens: 12, completion_tokens: 227, total_tokens: 239 } },
]
const MESSAGE_EVENTS = [
  {
    type: 'message_start',
    message: {
      ...message(
        {
          input_tokens: 12,
          cache_read_input_tokens: 2_000,
          cache_creation_input_tokens: 356,
          cache_creation: { ephemeral_5m_input_tokens: 300, ephemeral_1h_input_tokens: 56 },
          output_tokens: 1,
        },
        [],
      ),
      stop_reason: null,
    },
  },
  { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
  { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Rayleigh ' } },
  { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'scattering.' } },
  { type: 'content_block_stop', index: 0 },
  { type: 'message_delta', delta: { stop_reason: 'end_turn', stop_sequence: null }, usage: { output_tokens: 227 } },
  { type: 'message_stop' },
]
const GEMINI_CHUNKS = [
  {
    ...content({ promptTokenCount: 8, candidatesTokenCount: 2, thoughtsTokenCount: 40, totalTokenCount: 50 }, 'Rayleigh '),
    candidates: [{ content: { parts: [{ text: 'Rayleigh ' }] } }],
  },
  content({ promptTokenCount: 8, candidatesTokenCount: 4, thoughtsTokenCount: 40, totalTokenCount: 52 }, 'scattering.'),
]

describe.each([
  { api: 'chat', answer: eventsAnswer(CHAT_CHUNKS), tokens: { input: 12, output: 227 } },
  {
    api: 'anthropic',
    answer: eventsAnswer(MESSAGE_EVENTS, { named: true }),
    tokens: { input: 12, cacheRead: 2_000, cacheWrite5m: 300, cacheWrite1h: 56, output: 227 },
  },
  { api: 'google', answer: eventsAnswer(GEMINI_CHUNKS, { named: true }), tokens: { input: 8, output: 4, reasoning: 40 } },
] as const)('a stream of $api', ({ api, answer, tokens }) => {
  it('passes unchanged, and is recorded with its usage and the time to its first token', async () => {
    provider.answer = answer
    const parts = async (streamed: ReturnType<typeof model>) => {
      test.nowMs = 0
      const { stream } = await streamed.doStream({ prompt: [{ role: 'user', content: [{ type: 'text', text: prompt }] }] })
      const passed: unknown[] = []
      for await (const part of stream) {
        test.nowMs += 100
        passed.push(part.type === 'response-metadata' ? { ...part, timestamp: undefined } : part)
      }
      return passed
    }
    const bare = await parts(MODELS[api]())
    expect(test.engine.events).toEqual([])
    expect(await parts(model(api))).toEqual(bare)
    const [event] = await recorded()
    expect(event).toMatchObject({ tokens, latencyMs: bare.length * 100 })
    const firstText = (bare as { type: string; delta?: string }[]).findIndex(part => part.type === 'text-delta' && part.delta !== '')
    expect(event?.metadata?.attributes).toEqual({ time_to_first_token_ms: firstText * 100 })
  })
})

describe.each([
  { api: 'chat', parts: eventsAnswer(CHAT_CHUNKS.slice(0, 3), { open: true }), tokens: { input: 5, output: 5 }, estimated: true },
  {
    api: 'anthropic',
    parts: eventsAnswer(MESSAGE_EVENTS.slice(0, 4), { named: true, open: true }),
    tokens: { input: 12, cacheRead: 2_000, cacheWrite5m: 300, cacheWrite1h: 56, output: 5 },
    estimated: true,
  },
] as const)('a stream of $api that is aborted', ({ api, parts, tokens, estimated }) => {
  it.each(['by the signal', 'by a consumer that cancels'])('%s is recorded as aborted, with what it used so far', async how => {
    provider.answer = parts
    const aborting = new AbortController()
    const { stream } = await model(api).doStream({ prompt: [{ role: 'user', content: [{ type: 'text', text: prompt }] }], abortSignal: aborting.signal })
    const reader = stream.getReader()
    let text = ''
    while (text !== 'Rayleigh scattering.') {
      const { value } = await reader.read()
      if (value?.type === 'text-delta') text += value.delta
    }
    if (how === 'by the signal') aborting.abort()
    else await reader.cancel()
    expect(await recorded()).toMatchObject([{ tokens, metadata: { attributes: { aborted: true, estimated } } }])
    expect(test.engine.events[0]?.status).toBeUndefined()
  })
})

it('streamText that is aborted is recorded as aborted', async () => {
  provider.answer = eventsAnswer(CHAT_CHUNKS.slice(0, 3), { open: true })
  const aborting = new AbortController()
  const { textStream } = streamText({ model: model('chat'), prompt, abortSignal: aborting.signal, onError: () => {} })
  for await (const text of textStream) if (text === 'scattering.') aborting.abort()
  expect(await recorded()).toMatchObject([{ tokens: { output: 5 }, metadata: { attributes: { aborted: true, estimated: true } } }])
})

it('parts as the provider sent them reach a caller who asks for them', async () => {
  provider.answer = eventsAnswer(MESSAGE_EVENTS, { named: true })
  const { stream } = await model('anthropic').doStream({ prompt: [{ role: 'user', content: [{ type: 'text', text: prompt }] }], includeRawChunks: true })
  const raw: unknown[] = []
  for await (const part of stream) if (part.type === 'raw') raw.push(part.rawValue)
  expect(raw).toHaveLength(MESSAGE_EVENTS.length)
})

it('each step of a tool loop is recorded', async () => {
  const call = {
    role: 'assistant',
    content: null,
    tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'weather', arguments: '{"city":"Paris"}' } }],
  }
  const answers = [
    completion({ prompt_tokens: 80, completion_tokens: 15, total_tokens: 95 }, call),
    completion({ prompt_tokens: 110, completion_tokens: 7, total_tokens: 117 }),
  ]
  provider.answer = (request, reply) => jsonAnswer(answers.shift())(request, reply)
  const weather = tool({ inputSchema: jsonSchema<{ city: string }>({ type: 'object', properties: { city: { type: 'string' } } }), execute: () => 'sunny' })
  await generateText({ model: model('chat'), prompt, tools: { weather }, stopWhen: stepCountIs(2) })
  expect(await recorded(2)).toMatchObject([{ tokens: { input: 80, output: 15 } }, { tokens: { input: 110, output: 7 } }])
})

describe.each([
  { status: 500, recordedAs: 'FAILURE' },
  { status: 429, recordedAs: 'RATE_LIMITED' },
  { status: 400, recordedAs: 'FAILURE' },
])('a response with status $status', ({ status, recordedAs }) => {
  it.each(['generate', 'stream'])('rejects as it does without metering when asked to %s, and is recorded with no tokens', async how => {
    provider.answer = jsonAnswer({ error: { message: 'No.', type: 'x', code: null, param: null } }, status)
    const parameters = { prompt: [{ role: 'user' as const, content: [{ type: 'text' as const, text: prompt }] }] }
    const calling = how === 'stream' ? model('chat').doStream(parameters) : model('chat').doGenerate(parameters)
    await expect(calling).rejects.toMatchObject({ statusCode: status })
    const [event] = await recorded()
    expect(event).toMatchObject({ status: recordedAs, statusCode: status, errorMessage: 'No.', model: 'gpt-5-mini' })
    expect(event?.tokens).toBeUndefined()
  })
})

it('an error in a stream is a failure with what was used before it', async () => {
  const error = { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }
  provider.answer = eventsAnswer([...MESSAGE_EVENTS.slice(0, 4), error], { named: true })
  const { stream } = await model('anthropic').doStream({ prompt: [{ role: 'user', content: [{ type: 'text', text: prompt }] }] })
  for await (const part of stream) void part
  expect(await recorded()).toMatchObject([{ status: 'FAILURE', errorMessage: expect.stringContaining('Overloaded'), tokens: { input: 12, cacheRead: 2_000 } }])
})

it('usage that is missing is estimated from what was sent and received, and marked', async () => {
  provider.answer = jsonAnswer(completion(undefined))
  await generateText({ model: model('chat'), prompt })
  expect(await recorded()).toMatchObject([{ tokens: { input: 5, output: 5 }, metadata: { attributes: { estimated: true } } }])
})

it('embeddings are recorded, and estimated if the provider does not count them', async () => {
  const embedding = wrapEmbeddingModel({ model: createOpenAI(settings()).embedding('text-embedding-3-small'), middleware: middleware() })
  provider.answer = jsonAnswer({ data: [{ embedding: [0.1] }, { embedding: [0.2] }], usage: { prompt_tokens: 8, total_tokens: 8 } })
  await embedMany({ model: embedding, values: ['one', 'two'] })
  provider.answer = jsonAnswer({ data: [{ embedding: [0.1] }] })
  await embedMany({ model: embedding, values: ['eight by four is eight.'] })
  expect(await recorded(2)).toMatchObject([
    { operation: 'embeddings', provider: 'openai', model: 'text-embedding-3-small', tokens: { input: 8 } },
    { operation: 'embeddings', tokens: { input: 6 }, metadata: { attributes: { estimated: true } } },
  ])
})

it('images are recorded by their tokens, or each if the provider counts none', async () => {
  const images = (id: string) => wrapImageModel({ model: createOpenAI(settings()).image(id), middleware: middleware() })
  provider.answer = jsonAnswer({ created: 1, data: [{ b64_json: 'aGk=' }], usage: { input_tokens: 10, output_tokens: 1_056, total_tokens: 1_066 } })
  await generateImage({ model: images('gpt-image-1'), prompt })
  provider.answer = jsonAnswer({ created: 1, data: [{ b64_json: 'aGk=' }] })
  await generateImage({ model: images('dall-e-3'), prompt })
  const [counted, each] = await recorded(2)
  expect(counted).toMatchObject({ operation: 'image_generation', provider: 'openai', model: 'gpt-image-1', tokens: { input: 10, imageOutput: 1_056 } })
  expect(each).toMatchObject({ model: 'dall-e-3', units: [{ kind: 'image', quantity: '1' }] })
  expect(each?.metadata?.attributes).toBeUndefined()
})

it('a reservation is held before the call and settled by its record', async () => {
  provider.answer = jsonAnswer(completion({ prompt_tokens: 12, completion_tokens: 7, total_tokens: 19 }))
  const questions: object[] = []
  test.engine.decide = question => questions.push(question) > 0
  await generateText({ model: model('chat', { reserve: true, operation: 'chat_message' }), prompt, maxOutputTokens: 100 })
  expect(questions).toMatchObject([
    {
      provider: 'openai',
      model: 'gpt-5-mini',
      requests: [
        { metric: 'REQUESTS', amount: '1', operation: 'chat_message' },
        { metric: 'TOKENS', amount: '105', operation: 'chat_message' },
      ],
    },
  ])
  expect(await recorded()).toMatchObject([{ operation: 'chat_message', reservationId: 'rsv_1' }])
})

it('over the limit generateText rejects with QuotaExceeded after one attempt, and nothing is sent or recorded', async () => {
  let decisions = 0
  test.engine.decide = () => (decisions += 1) < 0
  const before = provider.requests.length
  await expect(generateText({ model: model('chat', { reserve: true }), prompt })).rejects.toMatchObject({ code: 'QUOTA_EXCEEDED', status: 429 })
  expect([decisions, provider.requests.length, test.engine.events]).toEqual([1, before, []])
})

it('providers have the names of their prices', () => {
  const names = [
    'openai.chat',
    'azure.responses',
    'azure-openai.chat',
    'anthropic.messages',
    'google.generative-ai',
    'google.vertex.chat',
    'vertex.anthropic.messages',
  ]
  expect(names.map(aiSdkProviderName)).toEqual(['openai', 'azure', 'azure', 'anthropic', 'google', 'google', 'google'])
  const others = ['amazon-bedrock', 'bedrock.anthropic.messages', 'xai.chat', 'togetherai.chat', 'gateway', 'groq.chat', 'my.own.chat', 'perplexity']
  expect(others.map(aiSdkProviderName)).toEqual(['aws', 'aws', 'x-ai', 'together', 'vercel', 'groq', 'my.own', 'perplexity'])
})
