import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { createGraphQLClient, ServerUnusable } from './graphql-client.ts'

let server: Server | undefined
afterEach(() => server?.close())

/** A client of a server that returns these answers in order, and the number of requests it got. */
function clientOf(answers: readonly { status?: number; body: unknown }[]) {
  const asked = { times: 0 }
  server = createServer((_request, response) => {
    const { status = 200, body } = answers[Math.min(asked.times, answers.length - 1)] ?? { body: null }
    asked.times += 1
    response.writeHead(status, { 'content-type': 'application/json' }).end(typeof body === 'string' ? body : JSON.stringify(body))
  }).listen(0)
  const { port } = server.address() as AddressInfo
  return { client: createGraphQLClient({ url: `http://127.0.0.1:${port}/graphql`, key: 'k' }), asked }
}

const DATA = { data: { trackUsage: { results: [] } } }
const failing = (code: string) => ({ errors: [{ message: 'No.', extensions: { code } }] })

it.each([
  { first: { body: { data: { trackUsage: { code: 'OVERLOADED', retryAfterMs: 5 } } } }, when: 'the server is overloaded' },
  { first: { status: 503, body: failing('DATABASE_UNAVAILABLE') }, when: 'the database is unavailable' },
  { first: { status: 503, body: failing('STOPPING') }, when: 'the server is shutting down' },
  { first: { status: 502, body: '<h1>Bad Gateway</h1>' }, when: 'a proxy responds instead' },
])('retries when $when', async ({ first }) => {
  const { client, asked } = clientOf([first, { body: DATA }])
  expect(await client.request('{ x }', {})).toEqual(DATA.data)
  expect(asked.times).toBe(2)
})

it('does not retry a call that cannot succeed', async () => {
  const { client, asked } = clientOf([{ status: 401, body: failing('UNAUTHENTICATED') }])
  await expect(client.request('{ x }', {})).rejects.toThrow(ServerUnusable)
  expect(asked.times).toBe(1)
})
