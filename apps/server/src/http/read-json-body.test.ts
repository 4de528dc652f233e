import type { IncomingMessage } from 'node:http'
import { PassThrough } from 'node:stream'
import { getIntrospectionQuery } from 'graphql'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createBodyMemory } from './body-memory.ts'
import { type BodyLimits, readJsonBody } from './read-json-body.ts'
import { MAX_KEYLESS_BODY_BYTES } from './request-limits.ts'

const tooLarge = { status: 413, code: 'TEST', message: 'Too large.' }

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function start(limits: Partial<BodyLimits> = {}) {
  const stream = new PassThrough()
  const request = Object.assign(stream, { headers: { 'content-type': 'application/json' } }) as unknown as IncomingMessage
  const memory = createBodyMemory({ maxBytes: 10_000 }).open('test')
  return { stream, body: readJsonBody(request, { maxBytes: 100, memory, tooLarge, onRead: () => {}, ...limits }) }
}

it('reads a body that arrives in parts', async () => {
  const { stream, body } = start()
  stream.write('{"query":')
  stream.end('"{ viewer { kind } }"}')
  expect(await body).toEqual({ value: { query: '{ viewer { kind } }' } })
})

it.each([
  ['is read without waiting', 100, 10_000, { value: { query: '{ viewer { kind } }' } }],
  ['is refused if it is too large', 10, 10_000, { error: tooLarge }],
  ['is refused if it does not fit in the memory for bodies', 100, 100, { error: expect.objectContaining({ code: 'OVERLOADED' }) }],
])('a body that has arrived with its headers %s', async (_, maxBytes, memoryBytes, expected) => {
  const stream = new PassThrough()
  stream.end('{"query":"{ viewer { kind } }"}')
  const request = Object.assign(stream, { complete: true, headers: { 'content-type': 'application/json' } }) as unknown as IncomingMessage
  const on = vi.spyOn(stream, 'on')
  const memory = createBodyMemory({ maxBytes: memoryBytes, maxBytesOfOwner: memoryBytes })
  const open = memory.open('test')
  expect(await readJsonBody(request, { maxBytes, memory: open, tooLarge, onRead: () => {} })).toEqual(expected)
  expect(on).not.toHaveBeenCalled()
  expect(memory.bytes() > 0).toBe('value' in expected)
})

it('reads all chunks of a body that has arrived', async () => {
  const stream = new PassThrough()
  stream.end('{"query":"{ viewer { kind } }"}')
  const chunks = [Buffer.from('{"query":'), Buffer.from('"{ viewer { kind } }"}')]
  const read = () => chunks.shift() ?? null
  const request = Object.assign(stream, { complete: true, read, headers: { 'content-type': 'application/json' } }) as unknown as IncomingMessage
  const memory = createBodyMemory({ maxBytes: 10_000 }).open('test')
  expect(await readJsonBody(request, { maxBytes: 100, memory, tooLarge, onRead: () => {} })).toEqual({ value: { query: '{ viewer { kind } }' } })
})

it.each([
  ['gzip', 415],
  [' Identity', undefined],
])('a body with the content encoding "%s" gets the status %s', async (encoding, status) => {
  const stream = new PassThrough()
  stream.end('{"query":"{ viewer { kind } }"}')
  const headers = { 'content-type': 'application/json', 'content-encoding': encoding }
  const request = Object.assign(stream, { complete: true, headers }) as unknown as IncomingMessage
  const memory = createBodyMemory({ maxBytes: 10_000 }).open('test')
  const body = await readJsonBody(request, { maxBytes: 100, memory, tooLarge, onRead: () => {} })
  expect('error' in body ? [body.error.status, body.error.message] : []).toEqual(status === undefined ? [] : [status, expect.stringContaining('uncompressed')])
})

it('refuses a body that does not arrive in time, and closes the connection', async () => {
  const { stream, body } = start({ withinMs: 5_000 })
  stream.write('{"query":')
  vi.advanceTimersByTime(5_000)
  expect(await body).toEqual({ error: expect.objectContaining({ status: 408, code: 'REQUEST_TIMEOUT', headers: { connection: 'close' } }) })
})

it('refuses a body without a length as soon as it is too large', async () => {
  const { stream, body } = start()
  stream.write('x'.repeat(101))
  expect(await body).toEqual({ error: tooLarge })
})

it('refuses a body that does not fit in the memory for bodies', async () => {
  const { stream, body } = start({ maxBytes: 100_000 })
  stream.write('x'.repeat(6_000))
  expect(await body).toEqual({ error: expect.objectContaining({ status: 503, code: 'OVERLOADED' }) })
})

it.each([
  ['lists', '['.repeat(100)],
  ['objects', '{"a":'.repeat(100)],
])('refuses %s that are nested too deeply without parsing them', async (_, json) => {
  const parse = vi.spyOn(JSON, 'parse')
  const { stream, body } = start({ maxBytes: 1_000 })
  stream.end(json)
  expect(await body).toEqual({ error: expect.objectContaining({ status: 400, message: 'The body is nested deeper than 64 levels.' }) })
  expect(parse).not.toHaveBeenCalled()
})

it('lets clients without a key send any introspection', () => {
  const longest = getIntrospectionQuery({
    specifiedByUrl: true,
    directiveIsRepeatable: true,
    schemaDescription: true,
    inputValueDeprecation: true,
    oneOf: true,
  })
  expect(JSON.stringify({ operationName: 'IntrospectionQuery', query: longest }).length).toBeLessThan(MAX_KEYLESS_BODY_BYTES)
})

it('refuses several operations in one body', async () => {
  for (const batch of ['[]', '[{ "query": "{ viewer { kind } }" }]', `[${'{},'.repeat(20)}{}]`]) {
    const { stream, body } = start()
    stream.end(batch)
    expect(await body).toEqual({
      error: expect.objectContaining({ status: 400, code: 'BAD_REQUEST', message: expect.stringContaining('Send one operation in each request') }),
    })
  }
})
