import {
  BedrockRuntime,
  BedrockRuntimeClient,
  ConverseCommand,
  ConverseStreamCommand,
  type ConverseStreamOutput,
  CountTokensCommand,
  InvokeModelCommand,
  InvokeModelWithResponseStreamCommand,
  type ResponseStream,
} from '@aws-sdk/client-bedrock-runtime'
import { afterAll, describe, expect, it } from 'vitest'
import { bedrockAnswer, jsonAnswer } from '../testing/provider-answers.ts'
import { startWrapperTest } from '../testing/wrapper-test.ts'
import { meterBedrock } from './meter-bedrock.ts'
import type { WrapperOptions } from './wrapper-options.ts'

const test = await startWrapperTest({ http2: true })
const { provider, recorded } = test

const settings = () => ({ region: 'eu-central-1', endpoint: provider.url, credentials: { accessKeyId: 'a', secretAccessKey: 'b' }, maxAttempts: 1 })
const bare = new BedrockRuntimeClient(settings())
afterAll(() => bare.destroy())
const client = (options?: WrapperOptions) => meterBedrock(bare, test.createClient(), options)
const asked = { modelId: 'eu.anthropic.claude-sonnet-4-5-20250929-v1:0', messages: [{ role: 'user' as const, content: [{ text: 'Why is the sky blue?' }] }] }
const invoked = (modelId: string, body: object) => ({ modelId, body: JSON.stringify(body) })

const converse = (usage: object | undefined, content: readonly object[] = [{ text: 'Rayleigh scattering.' }], rest: object = {}) => ({
  output: { message: { role: 'assistant', content } },
  stopReason: 'end_turn',
  metrics: { latencyMs: 300 },
  ...(usage && { usage }),
  ...rest,
})

describe.each([
  { name: 'plain', answer: converse({ inputTokens: 40, outputTokens: 302, totalTokens: 342 }), records: { tokens: { input: 40, output: 302 } } },
  {
    name: 'with a cache, written with two lifetimes',
    answer: converse({
      inputTokens: 3,
      outputTokens: 288,
      totalTokens: 2_515,
      cacheReadInputTokens: 150,
      cacheWriteInputTokens: 2_074,
      cacheDetails: [
        { inputTokens: 2_000, ttl: '5m' },
        { inputTokens: 74, ttl: '1h' },
      ],
    }),
    records: { tokens: { input: 3, cacheRead: 150, cacheWrite5m: 2_000, cacheWrite1h: 74, output: 288 } },
  },
  {
    name: 'with thinking',
    answer: converse({ inputTokens: 334, outputTokens: 432, totalTokens: 766 }, [
      { reasoningContent: { reasoningText: { text: 'Hm.' } } },
      { text: 'Rayleigh.' },
    ]),
    records: { tokens: { input: 334, output: 432 } },
  },
  {
    name: 'that calls a tool',
    answer: converse({ inputTokens: 386, outputTokens: 54, totalTokens: 440 }, [{ toolUse: { toolUseId: 't1', name: 'weather', input: { city: 'Paris' } } }]),
    records: { tokens: { input: 386, output: 54 } },
  },
  {
    name: 'by another tier',
    answer: converse({ inputTokens: 1, outputTokens: 2, totalTokens: 3 }, [{ text: 'Hi.' }], {
      serviceTier: { type: 'priority' },
      performanceConfig: { latency: 'optimized' },
    }),
    records: { tokens: { input: 1, output: 2 }, serviceTier: 'priority', speed: 'optimized' },
  },
])('a response of Converse $name', ({ answer, records }) => {
  it('is recorded with its tokens, under the requested name', async () => {
    provider.answer = jsonAnswer(answer)
    const { stopReason } = await client().send(new ConverseCommand(asked))
    expect(stopReason).toBe('end_turn')
    expect(await recorded()).toMatchObject([{ operation: 'chat', provider: 'aws', model: asked.modelId, region: 'eu-central-1', ...records }])
    expect(test.engine.events[0]?.metadata?.attributes).toBeUndefined()
  })
})

const CONVERSE_EVENTS = [
  ['messageStart', { role: 'assistant' }],
  ['contentBlockDelta', { contentBlockIndex: 0, delta: { text: 'Rayleigh ' } }],
  ['contentBlockDelta', { contentBlockIndex: 0, delta: { text: 'scattering.' } }],
  ['contentBlockStop', { contentBlockIndex: 0 }],
  ['messageStop', { stopReason: 'end_turn' }],
  ['metadata', { usage: { inputTokens: 12, outputTokens: 227, totalTokens: 2_239, cacheReadInputTokens: 2_000 }, metrics: { latencyMs: 300 } }],
] as const

it('a stream of Converse passes unchanged, and is recorded with its usage, the time to the first token and the latency', async () => {
  provider.answer = bedrockAnswer(CONVERSE_EVENTS)
  test.nowMs = 0
  const passed: ConverseStreamOutput[] = []
  for await (const event of (await client().send(new ConverseStreamCommand(asked))).stream ?? []) {
    test.nowMs += 100
    passed.push(event)
  }
  expect(passed.map(event => Object.entries(event)[0])).toEqual(CONVERSE_EVENTS)
  expect(await recorded()).toMatchObject([{ tokens: { input: 12, cacheRead: 2_000, output: 227 }, latencyMs: 600, model: asked.modelId }])
  expect(test.engine.events[0]?.metadata?.attributes).toEqual({ time_to_first_token_ms: 100 })
})

describe.each(['a break', 'an error of the consumer', 'the signal'])('a stream that is ended by %s', how => {
  it('is recorded as aborted, and what it used is estimated', async () => {
    provider.answer = bedrockAnswer(CONVERSE_EVENTS.slice(0, 3), { open: true })
    const aborting = new AbortController()
    const { stream = [] } = await client().send(new ConverseStreamCommand(asked), { abortSignal: aborting.signal })
    const consume = async () => {
      for await (const { contentBlockDelta } of stream) {
        if (contentBlockDelta?.delta?.text !== 'scattering.') continue
        if (how === 'a break') break
        if (how === 'an error of the consumer') throw new Error('consumer')
        aborting.abort()
        break
      }
    }
    await (how === 'an error of the consumer' ? expect(consume()).rejects.toThrow('consumer') : consume())
    expect(await recorded()).toMatchObject([{ tokens: { input: 5, output: 5 }, metadata: { attributes: { aborted: true, estimated: true } } }])
    expect(test.engine.events[0]?.status).toBeUndefined()
  })
})

it('an error in a stream is a refusal with what was used before it', async () => {
  provider.answer = bedrockAnswer([...CONVERSE_EVENTS.slice(0, 3), ['throttlingException', { message: 'Too many tokens.' }]])
  const { stream = [] } = await client().send(new ConverseStreamCommand(asked))
  const consume = async () => {
    for await (const event of stream) void event
  }
  await expect(consume()).rejects.toThrow('Too many tokens.')
  expect(await recorded()).toMatchObject([{ status: 'RATE_LIMITED', errorMessage: 'Too many tokens.', tokens: { input: 5, output: 5 } }])
})

describe.each([
  {
    name: 'Claude with a cache, by its body',
    modelId: 'anthropic.claude-3-5-haiku-20241022-v1:0',
    body: {
      type: 'message',
      model: 'claude-3-5-haiku-20241022',
      usage: { input_tokens: 3, cache_read_input_tokens: 1_000, cache_creation_input_tokens: 300, output_tokens: 50 },
    },
    headers: { 'x-amzn-bedrock-input-token-count': '3', 'x-amzn-bedrock-output-token-count': '50' },
    records: { operation: 'chat', tokens: { input: 3, cacheRead: 1_000, cacheWrite5m: 300, output: 50 } },
  },
  {
    name: 'Mistral, by its headers',
    modelId: 'mistral.mistral-large-2402-v1:0',
    body: { outputs: [{ text: 'Rayleigh.', stop_reason: 'stop' }] },
    headers: { 'x-amzn-bedrock-input-token-count': '17', 'x-amzn-bedrock-output-token-count': '4' },
    records: { operation: 'chat', tokens: { input: 17, output: 4 } },
  },
  {
    name: 'embeddings of Titan',
    modelId: 'amazon.titan-embed-text-v2:0',
    body: { embedding: [0.1], inputTextTokenCount: 6 },
    headers: {},
    records: { operation: 'embeddings', tokens: { input: 6 } },
  },
  {
    name: 'embeddings of Cohere, by its headers',
    modelId: 'cohere.embed-english-v3',
    body: { id: '1', texts: ['a'], embeddings: [[0.1]], response_type: 'embeddings_floats' },
    headers: { 'x-amzn-bedrock-input-token-count': '9' },
    records: { operation: 'embeddings', tokens: { input: 9 } },
  },
  {
    name: 'images of Nova Canvas',
    modelId: 'amazon.nova-canvas-v1:0',
    body: { images: ['aGk=', 'aGk='] },
    headers: {},
    records: {
      operation: 'image_generation',
      units: [{ kind: 'image', quantity: '2' }],
    },
  },
])('a response of InvokeModel: $name', ({ modelId, body, headers, records }) => {
  it('is recorded with its usage, and its body passes byte by byte', async () => {
    provider.answer = jsonAnswer(body, 200, { ...headers })
    const response = await client().send(new InvokeModelCommand(invoked(modelId, { prompt: 'Hi' })))
    expect(response.body.transformToString()).toBe(JSON.stringify(body))
    expect(await recorded()).toMatchObject([{ model: modelId, ...records }])
    expect(test.engine.events[0]?.metadata?.attributes).toBeUndefined()
  })
})

const metrics = { inputTokenCount: 12, outputTokenCount: 227, invocationLatency: 300, firstByteLatency: 100 }
const chunks = (events: readonly object[]) => events.map(event => ['chunk', { bytes: Buffer.from(JSON.stringify(event)).toString('base64') }] as const)

describe.each([
  {
    name: 'Claude with a cache',
    modelId: 'us.anthropic.claude-sonnet-4-5-20250929-v1:0',
    events: [
      {
        type: 'message_start',
        message: { model: 'claude-sonnet-4-5-20250929', usage: { input_tokens: 12, cache_read_input_tokens: 2_000, output_tokens: 1 } },
      },
      { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Rayleigh.' } },
      { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 227 } },
      { type: 'message_stop', 'amazon-bedrock-invocationMetrics': { ...metrics, cacheReadInputTokenCount: 2_000 } },
    ],
    tokens: { input: 12, cacheRead: 2_000, output: 227 },
  },
  {
    name: 'Llama',
    modelId: 'meta.llama3-70b-instruct-v1:0',
    events: [
      { generation: 'Rayleigh.', prompt_token_count: 12, generation_token_count: 1, stop_reason: null },
      { generation: '', prompt_token_count: null, generation_token_count: 227, stop_reason: 'stop', 'amazon-bedrock-invocationMetrics': metrics },
    ],
    tokens: { input: 12, output: 227 },
  },
  {
    name: 'Nova',
    modelId: 'amazon.nova-lite-v1:0',
    events: [
      { contentBlockDelta: { delta: { text: 'Rayleigh.' }, contentBlockIndex: 0 } },
      { metadata: { usage: { inputTokens: 12, outputTokens: 227, cacheReadInputTokenCount: 100 } }, 'amazon-bedrock-invocationMetrics': metrics },
    ],
    tokens: { input: 12, cacheRead: 100, output: 227 },
  },
  {
    name: 'Mistral',
    modelId: 'mistral.mistral-large-2402-v1:0',
    events: [
      { outputs: [{ text: 'Rayleigh.', stop_reason: null }] },
      { outputs: [{ text: '', stop_reason: 'stop' }], 'amazon-bedrock-invocationMetrics': metrics },
    ],
    tokens: { input: 12, output: 227 },
  },
])('a stream of InvokeModel: $name', ({ modelId, events, tokens }) => {
  it('is recorded with its usage and passes unchanged', async () => {
    provider.answer = bedrockAnswer(chunks(events))
    const { body = [] } = await client().send(new InvokeModelWithResponseStreamCommand(invoked(modelId, { prompt: 'Hi' })))
    const passed: unknown[] = []
    for await (const { chunk } of body as AsyncIterable<ResponseStream>) passed.push(JSON.parse(new TextDecoder().decode(chunk?.bytes)))
    expect(passed).toEqual(events)
    expect(await recorded()).toMatchObject([{ model: modelId, tokens }])
    expect(test.engine.events[0]?.metadata?.attributes).toEqual({ time_to_first_token_ms: 0 })
  })
})

it('a stream of InvokeModel that is aborted has the input that Claude reported, caches included', async () => {
  const start = { type: 'message_start', message: { usage: { input_tokens: 12, cache_read_input_tokens: 2_000, output_tokens: 1 } } }
  provider.answer = bedrockAnswer(chunks([start, { type: 'content_block_delta', delta: { text: 'Rayleigh scattering.' } }]), { open: true })
  const { body = [] } = await client().send(new InvokeModelWithResponseStreamCommand(invoked('anthropic.claude-3-haiku-20240307-v1:0', { messages: [] })))
  let count = 0
  for await (const event of body) if (event.chunk !== undefined && (count += 1) === 2) break
  expect(await recorded()).toMatchObject([{ tokens: { input: 12, cacheRead: 2_000, output: 5 }, metadata: { attributes: { aborted: true, estimated: true } } }])
})

describe.each([
  { status: 429, type: 'ThrottlingException', recordedAs: 'RATE_LIMITED' },
  { status: 400, type: 'ValidationException', recordedAs: 'FAILURE' },
  { status: 503, type: 'ServiceUnavailableException', recordedAs: 'FAILURE' },
])('a response with status $status', ({ status, type, recordedAs }) => {
  it.each([ConverseCommand, ConverseStreamCommand])(
    'rejects as it does without metering, and is recorded with the status code and no tokens',
    async Command => {
      provider.answer = jsonAnswer({ message: 'No.' }, status, { 'x-amzn-errortype': type })
      await expect(client().send(new Command(asked) as ConverseCommand)).rejects.toMatchObject({ name: type })
      const [event] = await recorded()
      expect(event).toMatchObject({ status: recordedAs, statusCode: status, errorMessage: 'No.', model: asked.modelId })
      expect(event?.tokens).toBeUndefined()
    },
  )
})

it('usage that is missing is estimated from what was sent and received, and marked', async () => {
  provider.answer = jsonAnswer(converse(undefined))
  await client().send(new ConverseCommand(asked))
  provider.answer = jsonAnswer({ completion: 'Rayleigh scattering.' })
  await client().send(new InvokeModelCommand(invoked('anthropic.claude-v2', { prompt: 'Why is the sky blue?' })))
  const estimated = { tokens: { input: 5, output: 5 }, metadata: { attributes: { estimated: true } } }
  expect(await recorded(2)).toMatchObject([estimated, estimated])
})

it('a callback, the aggregated client, and a command that is sent twice are metered; the given client and other commands are not', async () => {
  provider.answer = jsonAnswer(converse({ inputTokens: 1, outputTokens: 2, totalTokens: 3 }))
  const command = new ConverseCommand(asked)
  const called = Promise.withResolvers<unknown>()
  client().send(command, (error, data) => (data === undefined ? called.reject(error as Error) : called.resolve(data)))
  expect(await called.promise).toMatchObject({ stopReason: 'end_turn' })
  await client().send(command)
  const aggregated = new BedrockRuntime(settings())
  const metered = meterBedrock(aggregated, test.createClient())
  await metered.converse(asked)
  expect(metered).toBeInstanceOf(BedrockRuntime)
  await recorded(3)
  await bare.send(new ConverseCommand(asked))
  provider.answer = jsonAnswer({ inputTokens: 5 })
  await client().send(new CountTokensCommand({ modelId: asked.modelId, input: { converse: { messages: asked.messages } } }))
  expect(test.engine.events).toHaveLength(3)
  metered.destroy()
})

it('the model behind a profile of the caller is that of the response', async () => {
  const modelId = 'arn:aws:bedrock:eu-central-1:123456789012:application-inference-profile/abc'
  provider.answer = jsonAnswer({ type: 'message', model: 'claude-3-5-haiku-20241022', usage: { input_tokens: 3, output_tokens: 50 } })
  await client().send(new InvokeModelCommand(invoked(modelId, { messages: [] })))
  expect(await recorded()).toMatchObject([{ model: 'claude-3-5-haiku-20241022' }])
})

it('a reservation is held before the call and settled by its record', async () => {
  provider.answer = jsonAnswer({ type: 'message', usage: { input_tokens: 744, output_tokens: 53 } })
  const questions: object[] = []
  test.engine.decide = question => questions.push(question) > 0
  const body = { max_tokens: 100, messages: [{ role: 'user', content: 'Why is the sky blue?' }] }
  await client({ reserve: true }).send(new InvokeModelCommand(invoked('anthropic.claude-3-haiku-20240307-v1:0', body)))
  expect(questions).toMatchObject([{ provider: 'aws', requests: [{ metric: 'REQUESTS' }, { metric: 'TOKENS', amount: '105' }] }])
  expect(await recorded()).toMatchObject([{ reservationId: 'rsv_1', tokens: { input: 744, output: 53 } }])
})

it('over the limit the call rejects with QuotaExceeded, and nothing is sent or recorded', async () => {
  test.engine.decide = () => false
  const before = provider.requests.length
  await expect(client({ reserve: true }).send(new ConverseCommand(asked))).rejects.toMatchObject({ code: 'QUOTA_EXCEEDED', status: 429 })
  expect([provider.requests.length, test.engine.events]).toEqual([before, []])
})
