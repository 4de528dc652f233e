import { FunctionCallingConfigMode, type GenerateContentResponse, GoogleGenAI } from '@google/genai'
import { describe, expect, it, vi } from 'vitest'
import { geminiAnswer, jsonAnswer } from '../testing/provider-answers.ts'
import { startWrapperTest } from '../testing/wrapper-test.ts'
import { meterGoogle } from './meter-google.ts'
import type { WrapperOptions } from './wrapper-options.ts'

const test = await startWrapperTest()
const { provider, recorded } = test

const bare = () => new GoogleGenAI({ apiKey: 'key', httpOptions: { baseUrl: provider.url } })
const vertex = () => {
  // A real one would ask Google Cloud for a token.
  const authClient = { getRequestHeaders: () => Promise.resolve(new Headers({ authorization: 'Bearer token' })) } as never
  return new GoogleGenAI({ vertexai: true, project: 'p', location: 'europe-west1', googleAuthOptions: { authClient }, httpOptions: { baseUrl: provider.url } })
}
const client = (options?: WrapperOptions) => meterGoogle(bare(), test.createClient(), options)
const asked = { model: 'gemini-2.5-flash', contents: 'Why is the sky blue?' }

const content = (
  usageMetadata: object | undefined,
  parts: readonly object[] = [{ text: 'Rayleigh scattering.' }],
  rest: object = { finishReason: 'STOP' },
) => ({
  candidates: [{ content: { role: 'model', parts }, index: 0, ...rest }],
  modelVersion: 'gemini-2.5-flash',
  ...(usageMetadata && { usageMetadata }),
})

describe.each([
  { name: 'plain', usage: { promptTokenCount: 11, candidatesTokenCount: 32, totalTokenCount: 43 }, tokens: { input: 11, output: 32 } },
  {
    name: 'with thoughts',
    usage: { promptTokenCount: 8, candidatesTokenCount: 53, thoughtsTokenCount: 725, totalTokenCount: 786 },
    tokens: { input: 8, output: 53, reasoning: 725 },
  },
  {
    name: 'with a cache',
    usage: { promptTokenCount: 3_520, cachedContentTokenCount: 3_512, candidatesTokenCount: 2, thoughtsTokenCount: 42, totalTokenCount: 3_564 },
    tokens: { input: 8, cacheRead: 3_512, output: 2, reasoning: 42 },
  },
  {
    name: 'with the prompts of a tool',
    usage: { promptTokenCount: 209, candidatesTokenCount: 206, thoughtsTokenCount: 131, toolUsePromptTokenCount: 286, totalTokenCount: 832 },
    tokens: { input: 495, output: 206, reasoning: 131 },
  },
  {
    name: 'with audio in and out',
    usage: {
      promptTokenCount: 300,
      promptTokensDetails: [
        { modality: 'TEXT', tokenCount: 20 },
        { modality: 'AUDIO', tokenCount: 280 },
      ],
      candidatesTokenCount: 90,
      candidatesTokensDetails: [{ modality: 'AUDIO', tokenCount: 90 }],
      totalTokenCount: 390,
    },
    tokens: { input: 20, audioInput: 280, audioOutput: 90 },
  },
  {
    name: 'with an image',
    usage: {
      promptTokenCount: 11,
      candidatesTokenCount: 1_290,
      candidatesTokensDetails: [{ modality: 'IMAGE', tokenCount: 1_290 }],
      totalTokenCount: 1_301,
    },
    tokens: { input: 11, imageOutput: 1_290 },
  },
])('content $name', ({ usage, tokens }) => {
  it('is recorded with the tokens of the response', async () => {
    provider.answer = jsonAnswer(content(usage))
    const { text } = await client().models.generateContent(asked)
    expect(text).toBe('Rayleigh scattering.')
    expect(await recorded()).toMatchObject([{ operation: 'chat', provider: 'google', model: 'gemini-2.5-flash', tokens }])
    expect(test.engine.events[0]?.metadata?.attributes).toBeUndefined()
  })
})

const CHUNKS = [
  content({ promptTokenCount: 8, thoughtsTokenCount: 40, totalTokenCount: 48 }, [{ text: 'Hm.', thought: true }], {}),
  content({ promptTokenCount: 8, candidatesTokenCount: 3, thoughtsTokenCount: 40, totalTokenCount: 51 }, [{ text: 'Rayleigh ' }], {}),
  content({ promptTokenCount: 8, candidatesTokenCount: 7, thoughtsTokenCount: 40, totalTokenCount: 55 }, [{ text: 'scattering.' }]),
]

it('a stream passes unchanged, and is recorded with its last totals, the time to the first token and the latency', async () => {
  provider.answer = geminiAnswer(CHUNKS)
  test.nowMs = 0
  const passed: GenerateContentResponse[] = []
  for await (const chunk of await client().models.generateContentStream(asked)) {
    test.nowMs += 100
    passed.push(chunk)
  }
  expect(passed).toMatchObject(CHUNKS)
  expect(await recorded()).toMatchObject([{ tokens: { input: 8, output: 7, reasoning: 40 }, latencyMs: 300, model: 'gemini-2.5-flash' }])
  expect(test.engine.events[0]?.metadata?.attributes).toEqual({ time_to_first_token_ms: 0 })
})

it('a stream with searches records a grounded prompt once', async () => {
  const grounded = { groundingMetadata: { webSearchQueries: ['why is the sky blue'] }, finishReason: 'STOP' }
  provider.answer = geminiAnswer([
    ...CHUNKS.slice(0, 2),
    content({ promptTokenCount: 8, candidatesTokenCount: 7, totalTokenCount: 15 }, [{ text: 'scattering.' }], grounded),
  ])
  for await (const chunk of await client().models.generateContentStream(asked)) void chunk
  expect(await recorded()).toMatchObject([{ units: [{ kind: 'grounded_prompt', quantity: '1' }] }])
})

describe.each(['a break', 'an error of the consumer', 'the signal'])('a stream that is ended by %s', how => {
  it('is recorded as aborted, with the last totals that Google reported', async () => {
    provider.answer = geminiAnswer(CHUNKS.slice(0, 2), { open: true })
    const aborting = new AbortController()
    const chunks = await client().models.generateContentStream({ ...asked, config: { abortSignal: aborting.signal } })
    const consume = async () => {
      for await (const { text } of chunks) {
        if (text !== 'Rayleigh ') continue
        if (how === 'a break') break
        if (how === 'an error of the consumer') throw new Error('consumer')
        aborting.abort()
      }
    }
    await (how === 'a break' ? consume() : consume().catch(() => {}))
    expect(await recorded()).toMatchObject([{ tokens: { input: 8, output: 3, reasoning: 40 } }])
    expect(test.engine.events[0]?.metadata?.attributes).toMatchObject({ aborted: true })
    expect(test.engine.events[0]?.status).toBeUndefined()
  })
})

it('each request of automatic function calls is recorded, streamed or not', async () => {
  const call = [{ functionCall: { name: 'weather', args: { city: 'Paris' } } }]
  const answers = [
    content({ promptTokenCount: 80, candidatesTokenCount: 15, totalTokenCount: 95 }, call),
    content({ promptTokenCount: 110, candidatesTokenCount: 7, totalTokenCount: 117 }),
  ]
  const weather = {
    tool: () => Promise.resolve({ functionDeclarations: [{ name: 'weather' }] }),
    callTool: () => Promise.resolve([{ functionResponse: { name: 'weather', response: { output: 'sunny' } } }]),
  }
  const config = { tools: [weather], toolConfig: { functionCallingConfig: { mode: FunctionCallingConfigMode.AUTO } } }
  let turn = 0
  provider.answer = (request, response) => jsonAnswer(answers[turn++])(request, response)
  await client().models.generateContent({ ...asked, config })
  const tokens = [{ tokens: { input: 80, output: 15 } }, { tokens: { input: 110, output: 7 } }]
  expect(await recorded(2)).toMatchObject(tokens)
  turn = 0
  provider.answer = (request, response) => geminiAnswer([answers[turn++] ?? {}])(request, response)
  for await (const chunk of await client().models.generateContentStream({ ...asked, config })) void chunk
  expect((await recorded(4)).slice(2)).toMatchObject(tokens)
})

it('messages of a chat are recorded, and the given client is not metered', async () => {
  provider.answer = jsonAnswer(content({ promptTokenCount: 11, candidatesTokenCount: 32, totalTokenCount: 43 }))
  const original = bare()
  const metered = meterGoogle(original, test.createClient())
  expect(metered).toBeInstanceOf(GoogleGenAI)
  await metered.chats.create({ model: asked.model }).sendMessage({ message: 'Why is the sky blue?' })
  expect(await recorded()).toMatchObject([{ tokens: { input: 11, output: 32 } }])
  await original.models.generateContent(asked)
  await metered.models.countTokens(asked)
  expect(test.engine.events).toHaveLength(1)
})

it('embeddings are recorded, and estimated if Google does not count them', async () => {
  provider.answer = jsonAnswer({ embedding: { values: [0.1] }, embeddings: [{ values: [0.1] }], usageMetadata: { promptTokenCount: 7 } })
  await client().models.embedContent({ model: 'gemini-embedding-2', contents: 'Why is the sky blue?' })
  provider.answer = jsonAnswer({ embeddings: [{ values: [0.1] }] })
  await client().models.embedContent({ model: 'gemini-embedding-001', contents: 'Why is the sky blue?' })
  expect(await recorded(2)).toMatchObject([
    { operation: 'embeddings', model: 'gemini-embedding-2', tokens: { input: 7 } },
    { operation: 'embeddings', model: 'gemini-embedding-001', tokens: { input: 5 }, metadata: { attributes: { estimated: true } } },
  ])
})

it('embeddings of Vertex have the tokens of their statistics and the region', async () => {
  provider.answer = jsonAnswer({ predictions: [{ embeddings: { values: [0.1], statistics: { token_count: 6, truncated: false } } }] })
  await meterGoogle(vertex(), test.createClient()).models.embedContent({ model: 'gemini-embedding-001', contents: 'Why is the sky blue?' })
  expect(await recorded()).toMatchObject([{ operation: 'embeddings', tokens: { input: 6 }, region: 'europe-west1' }])
  expect(test.engine.events[0]?.metadata?.attributes).toBeUndefined()
})

it('images are recorded each', async () => {
  vi.spyOn(console, 'warn').mockImplementation(() => {})
  provider.answer = jsonAnswer({
    predictions: [
      { bytesBase64Encoded: 'aGk=', mimeType: 'image/png' },
      { bytesBase64Encoded: 'aGk=', mimeType: 'image/png' },
    ],
  })
  await meterGoogle(vertex(), test.createClient()).models.generateImages({ model: 'imagen-4.0-generate-001', prompt: 'A sky' })
  expect(await recorded()).toMatchObject([{ operation: 'image_generation', model: 'imagen-4.0-generate-001', units: [{ kind: 'image', quantity: '2' }] }])
  vi.restoreAllMocks()
})

describe.each([
  { status: 500, recordedAs: 'FAILURE' },
  { status: 429, recordedAs: 'RATE_LIMITED' },
  { status: 400, recordedAs: 'FAILURE' },
])('a response with status $status', ({ status, recordedAs }) => {
  it.each(['generateContent', 'generateContentStream'] as const)('rejects %s as it does without metering, and is recorded with no tokens', async method => {
    provider.answer = jsonAnswer({ error: { code: status, message: 'No.', status: 'X' } }, status)
    await expect(client().models[method](asked)).rejects.toMatchObject({ status })
    const [event] = await recorded()
    expect(event).toMatchObject({ status: recordedAs, statusCode: status, model: 'gemini-2.5-flash', errorMessage: expect.stringContaining('No.') })
    expect(event?.tokens).toBeUndefined()
  })
})

it('an error in a stream is a failure with what was used before it', async () => {
  provider.answer = geminiAnswer([...CHUNKS.slice(0, 2), { error: { code: 503, message: 'Overloaded', status: 'UNAVAILABLE' } }])
  const read = async () => {
    for await (const chunk of await client().models.generateContentStream({ ...asked, config: { automaticContinuation: false } })) void chunk
  }
  await expect(read()).rejects.toThrow('Overloaded')
  expect(await recorded()).toMatchObject([{ status: 'FAILURE', tokens: { input: 8, output: 3, reasoning: 40 } }])
})

it('usage that is missing is estimated from what was sent and received, and marked', async () => {
  provider.answer = jsonAnswer(content(undefined))
  await client().models.generateContent(asked)
  provider.answer = geminiAnswer([content(undefined)])
  for await (const chunk of await client().models.generateContentStream(asked)) void chunk
  const estimated = { tokens: { input: 5, output: 5 }, metadata: { attributes: { estimated: true } } }
  expect(await recorded(2)).toMatchObject([estimated, estimated])
})

it('a reservation is held before the call and settled by its record', async () => {
  provider.answer = jsonAnswer(content({ promptTokenCount: 11, candidatesTokenCount: 32, totalTokenCount: 43 }))
  const questions: object[] = []
  test.engine.decide = question => questions.push(question) > 0
  await client({ reserve: true, operation: 'chat_message' }).models.generateContent({ ...asked, config: { maxOutputTokens: 100 } })
  expect(questions).toMatchObject([{ provider: 'google', model: asked.model, requests: [{ metric: 'REQUESTS' }, { metric: 'TOKENS', amount: '105' }] }])
  expect(await recorded()).toMatchObject([{ operation: 'chat_message', reservationId: 'rsv_1' }])
})

it('over the limit the call rejects with QuotaExceeded, and nothing is sent or recorded', async () => {
  test.engine.decide = () => false
  const before = provider.requests.length
  await expect(client({ reserve: true }).models.generateContent(asked)).rejects.toMatchObject({ code: 'QUOTA_EXCEEDED', status: 429 })
  expect([provider.requests.length, test.engine.events]).toEqual([before, []])
})

it('a client of another version is refused with the reason', () => {
  const parts = { models: new Map(), chats: new Map(), apiClient: [] }
  expect(() => meterGoogle(parts, test.createClient())).toThrow(/has no generateContentInternal. Use version 3/)
})
