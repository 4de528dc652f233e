import { describe, expect, it } from 'vitest'
import { EngineFailure, type EngineFailureCode } from '../errors.ts'
import { createGraphQLClient } from './graphql-client.ts'
import { readExpectedError, readRetryAfter } from './read-failure.ts'

const DATE = 'Fri, 20 Nov 2026 12:00:00 GMT'

/** Sends an operation to a server that gives this answer. */
function send(answer: () => Promise<Response>) {
  const platform = {
    fetch: answer,
    nowMs: () => Date.parse(DATE) + 90_000,
    monotonicMs: () => 0,
    random: () => 0,
    randomBytes: (count: number) => new Uint8Array(count),
    warn: () => {},
  }
  const client = createGraphQLClient({ url: 'http://localhost', apiKey: 'key', platform })
  return { client, result: client.send('query { x }', {}, new AbortController().signal) }
}
const json = (body: unknown, status = 200, headers: Record<string, string> = {}) => Promise.resolve(Response.json(body, { status, headers }))
const failed = (code: string, extensions: object = {}, path?: string[]) => ({ errors: [{ message: 'why', path, extensions: { code, ...extensions } }] })

describe('an answer without data', () => {
  it.each<{ name: string; answer: () => Promise<Response>; code: EngineFailureCode; retryAfterMs?: number; nothingDone?: boolean }>([
    { name: 'no connection', answer: () => Promise.reject(new TypeError('fetch failed')), code: 'UNAVAILABLE' },
    { name: 'the page of a proxy', answer: () => Promise.resolve(new Response('<p>Wait</p>')), code: 'UNAVAILABLE' },
    { name: 'a body that is cut off', answer: () => Promise.resolve(new Response('{"data":{"x"')), code: 'UNAVAILABLE' },
    { name: '500', answer: () => Promise.resolve(new Response('', { status: 500 })), code: 'UNAVAILABLE' },
    { name: '503 with seconds to wait', answer: () => json({}, 503, { 'retry-after': '7' }), code: 'UNAVAILABLE', retryAfterMs: 7_000 },
    { name: '429', answer: () => json(failed('TOO_MANY_REQUESTS'), 429, { 'retry-after': '1' }), code: 'UNAVAILABLE', retryAfterMs: 1_000, nothingDone: true },
    {
      name: 'a busy database',
      answer: () => json(failed('OVERLOADED', { retryAfterMs: 250 }, ['x'])),
      code: 'UNAVAILABLE',
      retryAfterMs: 250,
      nothingDone: true,
    },
    { name: 'a defect of the server', answer: () => json(failed('INTERNAL_SERVER_ERROR', {}, ['x'])), code: 'UNAVAILABLE' },
    { name: '401', answer: () => json(failed('UNAUTHENTICATED'), 401), code: 'UNAUTHENTICATED' },
    { name: '413', answer: () => json(failed('PAYLOAD_TOO_LARGE'), 413), code: 'TOO_LARGE' },
    { name: 'a field that failed', answer: () => json(failed('INVALID_INPUT', {}, ['trackUsage'])), code: 'REFUSED' },
    { name: 'an operation that the server does not know', answer: () => json(failed('INVALID_INPUT'), 400), code: 'INCOMPATIBLE' },
    { name: 'another page', answer: () => Promise.resolve(new Response('Not found', { status: 404 })), code: 'INCOMPATIBLE' },
  ])('$name is $code', async ({ answer, code, retryAfterMs, nothingDone = false }) => {
    const error = await send(answer).result.catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(EngineFailure)
    expect(error).toMatchObject({ code, nothingDone })
    expect((error as EngineFailure).retryAfterMs).toBe(retryAfterMs)
  })
})

it.each([
  ['OVERLOADED', 'UNAVAILABLE', true],
  ['STORE_UNAVAILABLE', 'UNAVAILABLE', false],
  ['USAGE_STOPPED', 'UNAVAILABLE', true],
  ['INVALID_INPUT', 'REFUSED', false],
  ['FORBIDDEN', 'FORBIDDEN', false],
  ['NOT_FOUND', 'FORBIDDEN', false],
])('the expected error %s is %s', (serverCode, code, nothingDone) => {
  expect(readExpectedError({ code: serverCode, message: 'why', retryAfterMs: 5 })).toMatchObject({ code, nothingDone, retryAfterMs: 5 })
})

it('reads Retry-After as a date of the same server, whatever the time of the client is', () => {
  expect(readRetryAfter(new Headers({ date: DATE, 'retry-after': 'Fri, 20 Nov 2026 12:00:30 GMT' }))).toBe(30_000)
  expect(readRetryAfter(new Headers({ 'retry-after': 'soon' }))).toBeUndefined()
})

it('measures the offset of the clock by the header Date', async () => {
  const { client, result } = send(() => json({ data: { x: 1 } }, 200, { date: DATE }))
  expect(await result).toEqual({ x: 1 })
  expect(client.clockOffsetMs()).toBe(-89_500)
})
