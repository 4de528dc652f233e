import OpenAI, { toFile } from 'openai'
import { describe, expect, it, vi } from 'vitest'
import { eventsAnswer, jsonAnswer } from '../testing/provider-answers.ts'
import type { ProviderAnswer } from '../testing/provider-server.ts'
import { collect, startWrapperTest } from '../testing/wrapper-test.ts'
import { meterOpenAI } from './meter-openai.ts'
import { providerOfHost } from './provider-of-host.ts'
import type { WrapperOptions } from './wrapper-options.ts'

const test = await startWrapperTest()
const { provider, recorded } = test

const client = (options?: WrapperOptions) => meterOpenAI(new OpenAI({ apiKey: 'key', baseURL: provider.url, maxRetries: 0 }), test.createClient(), options)

const asked = { model: 'gpt-5-mini', messages: [{ role: 'user' as const, content: 'Why is the sky blue?' }] }
const completion = (usage: object | undefined, answer: object = { content: 'Rayleigh scattering.' }) => ({
  id: 'chatcmpl-1',
  object: 'chat.completion',
  created: 1,
  model: 'gpt-5-mini-2025-08-07',
  service_tier: 'default',
  choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', ...answer } }],
  usage,
})
const chunk = (delta: object, more: object = {}) => ({
  id: 'chatcmpl-1',
  object: 'chat.completion.chunk',
  created: 1,
  model: 'gpt-5-mini-2025-08-07',
  service_tier: 'default',
  choices: [{ index: 0, delta, finish_reason: null }],
  usage: null,
  ...more,
})
const CHUNKS = [
  chunk({ role: 'assistant', content: '' }),
  chunk({ content: 'Rayleigh ' }),
  chunk({ content: 'scattering.' }),
  chunk({}, { choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] }),
]
const USAGE_CHUNK = chunk({}, { choices: [], usage: { prompt_tokens: 2_006, completion_tokens: 300, prompt_tokens_details: { cached_tokens: 1_920 } } })
const response = (more: object) => ({
  id: 'resp_1',
  object: 'response',
  model: 'gpt-5-2025-08-07',
  status: 'completed',
  service_tier: 'default',
  output: [],
  ...more,
})

/** One call of each API, what the provider answers in its wire format, and what is recorded to the token. */
const CALLS: readonly { name: string; answer: ProviderAnswer; call: (openai: OpenAI) => PromiseLike<unknown>; event: object }[] = [
  {
    name: 'a chat completion',
    answer: jsonAnswer(completion({ prompt_tokens: 19, completion_tokens: 10, total_tokens: 29 })),
    call: openai => openai.chat.completions.create(asked),
    event: { operation: 'chat', provider: 'openai', model: 'gpt-5-mini-2025-08-07', serviceTier: 'standard', tokens: { input: 19, output: 10 } },
  },
  {
    name: 'a chat completion with cached input and reasoning',
    answer: jsonAnswer(
      completion({
        prompt_tokens: 2_006,
        completion_tokens: 300,
        prompt_tokens_details: { cached_tokens: 1_920 },
        completion_tokens_details: { reasoning_tokens: 256 },
      }),
    ),
    call: openai => openai.chat.completions.create(asked),
    event: { tokens: { input: 86, cacheRead: 1_920, output: 44, reasoning: 256 } },
  },
  {
    name: 'a chat completion with audio',
    answer: jsonAnswer(
      completion({
        prompt_tokens: 30,
        completion_tokens: 220,
        prompt_tokens_details: { audio_tokens: 20 },
        completion_tokens_details: { audio_tokens: 180 },
      }),
    ),
    call: openai => openai.chat.completions.create(asked),
    event: { tokens: { input: 10, audioInput: 20, output: 40, audioOutput: 180 } },
  },
  {
    name: 'a parsed chat completion that calls a tool',
    answer: jsonAnswer(
      completion(
        { prompt_tokens: 84, completion_tokens: 17 },
        { content: null, tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'weather', arguments: '{"city":"Paris"}' } }] },
      ),
    ),
    call: openai => openai.chat.completions.parse(asked),
    event: { tokens: { input: 84, output: 17 } },
  },
  {
    name: 'a response with reasoning and a web search',
    answer: jsonAnswer(
      response({
        output: [{ type: 'web_search_call', action: { type: 'search' } }],
        usage: {
          input_tokens: 100,
          output_tokens: 60,
          input_tokens_details: { cached_tokens: 64 },
          output_tokens_details: { reasoning_tokens: 40 },
        },
      }),
    ),
    call: openai => openai.responses.create({ model: 'gpt-5', input: 'x' }),
    event: { model: 'gpt-5-2025-08-07', tokens: { input: 36, cacheRead: 64, output: 20, reasoning: 40 }, units: [{ kind: 'web_search', quantity: '1' }] },
  },
  {
    name: 'a response that failed after its request succeeded',
    answer: jsonAnswer(response({ status: 'failed', error: { code: 'rate_limit_exceeded', message: 'Slow down.' }, usage: null })),
    call: openai => openai.responses.create({ model: 'gpt-5', input: 'Why?' }),
    event: { status: 'RATE_LIMITED', errorMessage: 'Slow down.', tokens: { input: 1, output: 0 } },
  },
  {
    name: 'an embedding',
    answer: jsonAnswer({
      object: 'list',
      model: 'text-embedding-3-small',
      data: [{ index: 0, embedding: 'AACAPw==' }],
      usage: { prompt_tokens: 8, total_tokens: 8 },
    }),
    call: openai => openai.embeddings.create({ model: 'text-embedding-3-small', input: 'x' }),
    event: { operation: 'embeddings', model: 'text-embedding-3-small', tokens: { input: 8 } },
  },
  {
    name: 'an image of a model that bills tokens',
    answer: jsonAnswer({
      created: 1,
      data: [{ b64_json: 'AAAA' }],
      usage: { input_tokens: 50, output_tokens: 4_160, total_tokens: 4_210, input_tokens_details: { text_tokens: 10, image_tokens: 40 } },
    }),
    call: openai => openai.images.generate({ model: 'gpt-image-1', prompt: 'x' }),
    event: { operation: 'image_generation', model: 'gpt-image-1', tokens: { input: 10, imageInput: 40, imageOutput: 4_160 } },
  },
  {
    name: 'images of a model that bills each',
    answer: jsonAnswer({ created: 1, data: [{ url: 'https://example.com/1' }, { url: 'https://example.com/2' }] }),
    call: openai => openai.images.generate({ model: 'dall-e-2', prompt: 'x', n: 2 }),
    event: { units: [{ kind: 'image', quantity: '2' }] },
  },
  {
    name: 'an edited image',
    answer: jsonAnswer({
      created: 1,
      data: [{ b64_json: 'AAAA' }],
      usage: { input_tokens: 50, output_tokens: 100, total_tokens: 150, input_tokens_details: { text_tokens: 10, image_tokens: 40 } },
    }),
    call: async openai => openai.images.edit({ model: 'gpt-image-1', prompt: 'x', image: await toFile(new Uint8Array(8), 'a.png') }),
    event: { model: 'gpt-image-1', tokens: { input: 10, imageInput: 40, imageOutput: 100 } },
  },
  {
    name: 'a transcription that bills tokens',
    answer: jsonAnswer({
      text: 'x',
      usage: { type: 'tokens', input_tokens: 150, input_token_details: { text_tokens: 50, audio_tokens: 100 }, output_tokens: 30, total_tokens: 180 },
    }),
    call: async openai => openai.audio.transcriptions.create({ model: 'gpt-4o-transcribe', file: await toFile(new Uint8Array(8), 'a.mp3') }),
    event: { operation: 'transcription', model: 'gpt-4o-transcribe', tokens: { input: 50, audioInput: 100, output: 30 } },
  },
  {
    name: 'a transcription that bills seconds',
    answer: jsonAnswer({ text: 'x', usage: { type: 'duration', seconds: 37 } }),
    call: async openai => openai.audio.transcriptions.create({ model: 'whisper-1', file: await toFile(new Uint8Array(8), 'a.mp3') }),
    event: { model: 'whisper-1', units: [{ kind: 'audio_second', quantity: '37' }] },
  },
  {
    name: 'a transcription as plain text, whose seconds are estimated',
    answer: (_request, answer) => void answer.writeHead(200, { 'content-type': 'text/plain' }).end('x'.repeat(150)),
    call: async openai => openai.audio.transcriptions.create({ model: 'whisper-1', response_format: 'text', file: await toFile(new Uint8Array(8), 'a.mp3') }),
    event: { units: [{ kind: 'audio_second', quantity: '10' }], metadata: { attributes: { estimated: true } } },
  },
  {
    name: 'speech of a model that bills characters',
    answer: (_request, answer) => void answer.writeHead(200, { 'content-type': 'audio/mpeg' }).end('audio'),
    call: async openai => (await openai.audio.speech.create({ model: 'tts-1', voice: 'alloy', input: 'Hello world' })).text(),
    event: { operation: 'speech', model: 'tts-1', units: [{ kind: 'character', quantity: '11' }] },
  },
  {
    name: 'speech of a model that bills tokens, which only its events have',
    answer: eventsAnswer([
      { type: 'speech.audio.delta', audio: 'AAAA' },
      { type: 'speech.audio.done', usage: { input_tokens: 14, output_tokens: 101, total_tokens: 115 } },
    ]),
    call: async openai => (await openai.audio.speech.create({ model: 'gpt-4o-mini-tts', voice: 'alloy', input: 'Hello world', stream_format: 'sse' })).text(),
    event: { model: 'gpt-4o-mini-tts', tokens: { input: 14, audioOutput: 101 } },
  },
  {
    name: 'speech of a model that bills tokens, as audio, whose tokens are estimated',
    answer: (_request, answer) => void answer.writeHead(200, { 'content-type': 'audio/mpeg' }).end('audio'),
    call: async openai => (await openai.audio.speech.create({ model: 'gpt-4o-mini-tts', voice: 'alloy', input: 'x'.repeat(60) })).text(),
    event: { tokens: { input: 15, audioOutput: 80 }, metadata: { attributes: { estimated: true } } },
  },
]

describe.each(CALLS)('$name', ({ answer, call, event }) => {
  it('is recorded once, to the token', async () => {
    provider.answer = answer
    await call(client())
    expect(await recorded()).toMatchObject([event])
  })
})

it('a stream requests its usage, and hides the chunk with it from the caller', async () => {
  provider.answer = eventsAnswer([...CHUNKS, USAGE_CHUNK])
  expect(await collect(await client().chat.completions.create({ ...asked, stream: true }))).toEqual(CHUNKS)
  expect(JSON.parse(provider.requests.at(-1) ?? '')).toMatchObject({ stream: true, stream_options: { include_usage: true } })
  expect(await recorded()).toMatchObject([{ tokens: { input: 86, cacheRead: 1_920, output: 300 }, serviceTier: 'standard' }])
})

it('a stream whose caller asks for the usage passes all chunks', async () => {
  provider.answer = eventsAnswer([...CHUNKS, USAGE_CHUNK])
  const stream = await client().chat.completions.create({ ...asked, stream: true, stream_options: { include_usage: true } })
  expect(await collect(stream)).toEqual([...CHUNKS, USAGE_CHUNK])
  expect(await recorded()).toMatchObject([{ tokens: { input: 86, output: 300 } }])
})

it('the helper stream is recorded once, and both halves of a tee get all chunks', async () => {
  provider.answer = eventsAnswer([...CHUNKS, USAGE_CHUNK])
  const final = await client().chat.completions.stream(asked).finalChatCompletion()
  expect(final.choices[0]?.message.content).toBe('Rayleigh scattering.')
  expect(await recorded()).toMatchObject([{ tokens: { input: 86, output: 300 } }])
  const [left, right] = (await client().chat.completions.create({ ...asked, stream: true })).tee()
  expect(await Promise.all([collect(left), collect(right)])).toEqual([CHUNKS, CHUNKS])
  await recorded(2)
})

it('a streamed response is recorded with the usage of its last event', async () => {
  const completed = response({ usage: { input_tokens: 100, output_tokens: 60, output_tokens_details: { reasoning_tokens: 40 } } })
  const list = [
    { type: 'response.created', response: response({ status: 'in_progress', usage: null }) },
    { type: 'response.output_text.delta', delta: 'Rayleigh ', output_index: 0, content_index: 0 },
    { type: 'response.completed', response: completed },
  ]
  provider.answer = eventsAnswer(list, { named: true })
  expect(await collect(await client().responses.create({ model: 'gpt-5', input: 'x', stream: true }))).toEqual(list)
  expect(await recorded()).toMatchObject([{ model: 'gpt-5-2025-08-07', tokens: { input: 100, output: 20, reasoning: 40 } }])
})

it.each([
  { name: 'a chat completion', list: CHUNKS.slice(0, 3), start: (openai: OpenAI) => openai.chat.completions.create({ ...asked, stream: true }) },
  {
    name: 'a response',
    list: [
      { type: 'response.created', response: response({ status: 'in_progress', usage: null }) },
      { type: 'response.output_text.delta', delta: 'Rayleigh ' },
      { type: 'response.output_text.delta', delta: 'scattering.' },
    ],
    start: (openai: OpenAI) => openai.responses.create({ model: 'gpt-5-mini', input: 'Why is the sky blue?', stream: true }),
  },
])('$name that is left early is estimated, and marked as aborted', async ({ list, start }) => {
  provider.answer = eventsAnswer(list, { open: true })
  let parts = 0
  for await (const _ of await start(client())) {
    parts += 1
    if (parts === 3) break
  }
  expect(await recorded()).toMatchObject([
    { model: 'gpt-5-mini', tokens: { input: 5, output: 5 }, metadata: { attributes: { aborted: true, estimated: true } } },
  ])
})

it('a stream that was left after its usage arrived is aborted, but not estimated', async () => {
  provider.answer = eventsAnswer([...CHUNKS, USAGE_CHUNK], { open: true })
  for await (const part of await client().chat.completions.create({ ...asked, stream: true, stream_options: { include_usage: true } })) {
    if (part.usage) break
  }
  const [event] = await recorded()
  expect(event).toMatchObject({ tokens: { input: 86, output: 300 }, metadata: { attributes: { aborted: true } } })
  expect(event?.metadata?.attributes).not.toHaveProperty('estimated')
})

it('a response in the background is recorded when its end is retrieved, with its usage', async () => {
  const openai = client()
  provider.answer = jsonAnswer(response({ status: 'queued', usage: null }))
  const { id } = await openai.responses.create({ model: 'gpt-5', input: 'x', background: true })
  await openai.responses.retrieve(id)
  expect(test.engine.events).toEqual([])
  provider.answer = jsonAnswer(response({ usage: { input_tokens: 100, output_tokens: 60 } }))
  await openai.responses.retrieve(id)
  await openai.responses.retrieve(id)
  expect(await recorded()).toMatchObject([{ model: 'gpt-5-2025-08-07', tokens: { input: 100, output: 60 } }])
})

it('a stream that is aborted before it is read is recorded as aborted', async () => {
  provider.answer = eventsAnswer(CHUNKS, { open: true })
  const stream = await client().chat.completions.create({ ...asked, stream: true })
  stream.controller.abort()
  expect(await recorded()).toMatchObject([{ tokens: { input: 5, output: 0 }, metadata: { attributes: { aborted: true, estimated: true } } }])
})

it('a call that is aborted before its response is a failure without tokens', async () => {
  provider.answer = () => {}
  const aborting = new AbortController()
  const sent = client().chat.completions.create(asked, { signal: aborting.signal })
  await vi.waitFor(() => expect(provider.requests.at(-1)).toContain('sky'), { interval: 1 })
  aborting.abort()
  await expect(sent).rejects.toThrow('aborted')
  expect(await recorded()).toMatchObject([{ status: 'FAILURE', metadata: { attributes: { aborted: true } } }])
})

it.each([
  { status: 500, recordedAs: 'FAILURE' },
  { status: 429, recordedAs: 'RATE_LIMITED' },
])('a response with status $status rejects and is recorded once, after the retries of the client', async ({ status, recordedAs }) => {
  provider.answer = jsonAnswer({ error: { message: 'No.' } }, status, { 'retry-after-ms': '1' })
  const sent = provider.requests.length
  await expect(client().chat.completions.create(asked, { maxRetries: 1 })).rejects.toMatchObject({ status })
  expect(provider.requests.length).toBe(sent + 2)
  expect(await recorded()).toMatchObject([{ status: recordedAs, statusCode: status, model: 'gpt-5-mini' }])
})

it('a body that cannot be parsed is a failure', async () => {
  provider.answer = (_request, answer) => void answer.writeHead(200, { 'content-type': 'application/json' }).end('{"choices":')
  await expect(client().chat.completions.create(asked)).rejects.toThrow(SyntaxError)
  expect(await recorded()).toMatchObject([{ status: 'FAILURE' }])
})

it('the headers can be read before the parsed body, and the call is recorded once', async () => {
  provider.answer = jsonAnswer(completion({ prompt_tokens: 19, completion_tokens: 10 }), 200, { 'x-request-id': 'req_1' })
  const sent = client().chat.completions.create(asked)
  expect((await sent.asResponse()).headers.get('x-request-id')).toBe('req_1')
  expect((await sent).choices[0]?.message.content).toBe('Rayleigh scattering.')
  expect((await sent.withResponse()).request_id).toBe('req_1')
  expect(await recorded()).toMatchObject([{ tokens: { input: 19, output: 10 } }])
})

it.each([
  { url: 'https://api.openai.com/v1', provider: 'openai' },
  { url: 'https://resource.openai.azure.com/openai/v1/', provider: 'azure' },
  { url: 'https://api.groq.com/openai/v1', provider: 'groq' },
  { url: 'http://localhost:8080/v1', provider: 'openai' },
  { url: 'https://notopenrouter.ai', provider: 'openai' },
])('a call to $url is one of $provider', ({ url, provider: expected }) => {
  expect(providerOfHost(url, 'openai')).toBe(expected)
})
