import Anthropic from '@anthropic-ai/sdk'
import { describe, expect, it } from 'vitest'
import { eventsAnswer, jsonAnswer } from '../testing/provider-answers.ts'
import { collect, startWrapperTest } from '../testing/wrapper-test.ts'
import { meterAnthropic } from './meter-anthropic.ts'
import type { WrapperOptions } from './wrapper-options.ts'

const test = await startWrapperTest()
const { provider, recorded } = test

const bare = () => new Anthropic({ apiKey: 'key', baseURL: provider.url, maxRetries: 0 })
const client = (options?: WrapperOptions) => meterAnthropic(bare(), test.createClient(), options)
const asked = { model: 'claude-opus-4-8', max_tokens: 100, messages: [{ role: 'user' as const, content: 'Why is the sky blue?' }] }
const used = (tokens: object) => expect.objectContaining(tokens)

const message = (usage: object, content: readonly object[] = [{ type: 'text', text: 'Rayleigh scattering.' }]) => ({
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  model: 'claude-opus-4-8-20260301',
  content,
  stop_reason: 'end_turn',
  usage,
})

const STREAM = [
  {
    type: 'message_start',
    message: { ...message({ input_tokens: 12, cache_read_input_tokens: 2_000, output_tokens: 1, service_tier: 'standard' }, []), stop_reason: null },
  },
  { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
  { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Rayleigh ' } },
  { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'scattering.' } },
  { type: 'content_block_stop', index: 0 },
  { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 227 } },
  { type: 'message_stop' },
]

describe.each([
  {
    name: 'a plain message',
    usage: { input_tokens: 744, output_tokens: 53, service_tier: 'standard' },
    tokens: { input: 744, output: 53 },
  },
  {
    name: 'a message with a cache, written with two lifetimes',
    usage: {
      input_tokens: 4,
      cache_read_input_tokens: 1_500,
      cache_creation_input_tokens: 356,
      cache_creation: { ephemeral_5m_input_tokens: 300, ephemeral_1h_input_tokens: 56 },
      output_tokens: 9,
    },
    tokens: { input: 4, cacheRead: 1_500, cacheWrite5m: 300, cacheWrite1h: 56, output: 9 },
  },
  {
    name: 'a message with thinking',
    usage: { input_tokens: 43, output_tokens: 321, output_tokens_details: { thinking_tokens: 200 } },
    tokens: { input: 43, output: 121, reasoning: 200 },
  },
])('$name', ({ usage, tokens }) => {
  it('is recorded with the tokens of the response', async () => {
    provider.answer = jsonAnswer(message(usage))
    const answer = await client().messages.create(asked)
    expect(answer.content).toEqual([{ type: 'text', text: 'Rayleigh scattering.' }])
    expect(await recorded()).toMatchObject([{ operation: 'chat', provider: 'anthropic', model: 'claude-opus-4-8-20260301', tokens }])
  })
})

it('a message that calls a tool is recorded, and web searches are units', async () => {
  const content = [{ type: 'tool_use', id: 'toolu_1', name: 'weather', input: { city: 'Paris' } }]
  provider.answer = jsonAnswer(message({ input_tokens: 386, output_tokens: 54, server_tool_use: { web_search_requests: 2 } }, content))
  await client().messages.create(asked)
  expect(await recorded()).toMatchObject([{ tokens: { input: 386, output: 54 }, units: [{ kind: 'web_search', quantity: '2' }] }])
})

it('a beta message is recorded, and a compaction is a call of its own', async () => {
  const iterations = [
    { type: 'compaction', input_tokens: 180_000, output_tokens: 3_500 },
    { type: 'message', input_tokens: 23_000, output_tokens: 1_000 },
  ]
  provider.answer = jsonAnswer(message({ input_tokens: 23_000, output_tokens: 1_000, iterations }))
  await client().beta.messages.create(asked)
  expect(await recorded(2)).toMatchObject([{ tokens: { input: 23_000, output: 1_000 } }, { tokens: { input: 180_000, output: 3_500 } }])
})

it('a stream passes unchanged, and is recorded with its running totals, the time to the first token and the latency', async () => {
  provider.answer = eventsAnswer(STREAM, { named: true })
  test.nowMs = 0
  const passed: unknown[] = []
  for await (const event of await client().messages.create({ ...asked, stream: true })) {
    test.nowMs += 100
    passed.push(event)
  }
  expect(passed).toEqual(STREAM)
  expect(await recorded()).toMatchObject([
    {
      tokens: { input: 12, cacheRead: 2_000, output: 227 },
      latencyMs: 700,
      serviceTier: 'standard',
      metadata: { attributes: { time_to_first_token_ms: 200 } },
    },
  ])
})

it('the helper stream is recorded once, with its final message', async () => {
  provider.answer = eventsAnswer(STREAM, { named: true })
  const final = await client().messages.stream(asked).finalMessage()
  expect(final.usage.output_tokens).toBe(227)
  expect(await recorded()).toMatchObject([{ tokens: { input: 12, cacheRead: 2_000, output: 227 } }])
})

describe.each([
  { name: 'a break', stop: 'break' },
  { name: 'an error of the consumer', stop: 'throw' },
  { name: 'an abort of the controller', stop: 'abort' },
] as const)('$name', ({ stop }) => {
  it('ends a stream, which is recorded as aborted with what it used so far', async () => {
    provider.answer = eventsAnswer(STREAM.slice(0, 4), { named: true, open: true })
    const stream = await client().messages.create({ ...asked, stream: true })
    const consume = async () => {
      let text = 0
      for await (const event of stream) {
        if (event.type !== 'content_block_delta' || (text += 1) < 2) continue
        if (stop === 'break') break
        if (stop === 'throw') throw new Error('consumer')
        stream.controller.abort()
      }
    }
    await (stop === 'throw' ? expect(consume()).rejects.toThrow('consumer') : consume())
    await provider.closedEarly
    // The input is what the provider reported; the output is estimated: 20 characters.
    expect(await recorded()).toMatchObject([
      { tokens: { input: 12, cacheRead: 2_000, output: 5 }, metadata: { attributes: { aborted: true, estimated: true } } },
    ])
    expect(test.engine.events[0]?.status).toBeUndefined()
  })
})

it('a stream that is aborted by the signal of the caller while nobody reads it is recorded as aborted', async () => {
  provider.answer = eventsAnswer(STREAM.slice(0, 4), { named: true, open: true })
  const aborting = new AbortController()
  const stream = await client().messages.create({ ...asked, stream: true }, { signal: aborting.signal })
  const parts = stream[Symbol.asyncIterator]()
  await parts.next()
  aborting.abort()
  expect(await recorded()).toMatchObject([{ tokens: { input: 12, cacheRead: 2_000 }, metadata: { attributes: { aborted: true } } }])
})

it('an error in a stream is a failure with what was used before it', async () => {
  const error = { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }
  provider.answer = eventsAnswer([...STREAM.slice(0, 4), error], { named: true })
  const stream = await client().messages.create({ ...asked, stream: true })
  await expect(collect(stream)).rejects.toThrow('Overloaded')
  expect(await recorded()).toMatchObject([
    { status: 'FAILURE', errorMessage: expect.stringContaining('Overloaded'), tokens: { input: 12, output: 5 }, metadata: { attributes: { estimated: true } } },
  ])
})

describe.each([
  { status: 529, recordedAs: 'FAILURE' },
  { status: 429, recordedAs: 'RATE_LIMITED' },
  { status: 400, recordedAs: 'FAILURE' },
])('a response with status $status', ({ status, recordedAs }) => {
  it('rejects as it does without metering, and is recorded with the status code and no tokens', async () => {
    provider.answer = jsonAnswer({ type: 'error', error: { type: 'x', message: 'No.' } }, status)
    await expect(client().messages.create(asked)).rejects.toMatchObject({ status })
    const [event] = await recorded()
    expect(event).toMatchObject({ status: recordedAs, statusCode: status, model: 'claude-opus-4-8', errorMessage: expect.stringContaining('No.') })
    expect(event?.tokens).toBeUndefined()
  })
})

it('usage that is missing is estimated from what was sent and received, and marked', async () => {
  const { usage: _usage, ...answer } = message({})
  provider.answer = jsonAnswer(answer)
  await client().messages.create(asked)
  expect(await recorded()).toMatchObject([{ tokens: { input: 5, output: 5 }, metadata: { attributes: { estimated: true } } }])
})

it('withResponse and asResponse are metered once, and a raw body passes byte by byte', async () => {
  provider.answer = jsonAnswer(message({ input_tokens: 1, output_tokens: 2 }), 200, { 'request-id': 'req_1' })
  const { data, response, request_id } = await client().messages.create(asked).withResponse()
  expect([data.usage.output_tokens, response.status, request_id]).toEqual([2, 200, 'req_1'])
  await recorded()
  const raw = await client().messages.create(asked).asResponse()
  expect(await raw.text()).toBe(JSON.stringify(message({ input_tokens: 1, output_tokens: 2 })))
  expect(await recorded(2)).toMatchObject([{ tokens: used({ input: 1, output: 2 }) }, { tokens: used({ input: 1, output: 2 }) }])
  provider.answer = eventsAnswer(STREAM, { named: true })
  const streamed = await client()
    .messages.create({ ...asked, stream: true })
    .asResponse()
  expect(await streamed.text()).toContain('data: {"type":"message_stop"}')
  expect((await recorded(3))[2]).toMatchObject({ tokens: { input: 12, output: 227 } })
})

it('counting tokens and listing models is not recorded', async () => {
  provider.answer = jsonAnswer({ input_tokens: 12 })
  expect(await client().messages.countTokens({ model: 'claude-opus-4-8', messages: asked.messages })).toMatchObject({ input_tokens: 12 })
  expect(test.engine.events).toEqual([])
})

it('a reservation is held before the call and settled by its record', async () => {
  provider.answer = jsonAnswer(message({ input_tokens: 744, output_tokens: 53 }))
  const questions: object[] = []
  test.engine.decide = question => questions.push(question) > 0
  await client({ reserve: true, operation: 'chat_message' }).messages.create(asked)
  expect(questions).toMatchObject([
    {
      provider: 'anthropic',
      model: 'claude-opus-4-8',
      requests: [
        { metric: 'REQUESTS', amount: '1', operation: 'chat_message' },
        { metric: 'TOKENS', amount: '105', operation: 'chat_message' },
      ],
    },
  ])
  expect(await recorded()).toMatchObject([{ operation: 'chat_message', reservationId: 'rsv_1' }])
})

it('over the limit the call rejects with QuotaExceeded, and nothing is sent or recorded', async () => {
  test.engine.decide = () => false
  const before = provider.requests.length
  await expect(client({ reserve: true }).messages.create(asked)).rejects.toMatchObject({ code: 'QUOTA_EXCEEDED', status: 429 })
  expect([provider.requests.length, test.engine.events]).toEqual([before, []])
})

it('the copy of a metered client with other options is metered, and the client itself is not', async () => {
  provider.answer = jsonAnswer(message({ input_tokens: 1, output_tokens: 2 }))
  const original = bare()
  await meterAnthropic(original, test.createClient()).withOptions({ timeout: 5_000 }).messages.create(asked)
  await recorded()
  await original.messages.create(asked)
  expect(test.engine.events).toHaveLength(1)
})

it('calls are attributed to the context that they start in, even if their stream is read elsewhere', async () => {
  provider.answer = eventsAnswer(STREAM, { named: true })
  const tollgate = test.createClient()
  const metered = meterAnthropic(bare(), tollgate, { metadata: { featureId: 'chat' } })
  const stream = await tollgate.run({ customerId: 'cust_0001' }, () => metered.messages.create({ ...asked, stream: true }))
  await tollgate.run({ customerId: 'cust_0002' }, () => collect(stream))
  expect(await recorded()).toMatchObject([{ metadata: { customerId: 'cust_0001', featureId: 'chat' } }])
})
