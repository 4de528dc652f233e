import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createTollgate } from '@tollgate/sdk'
import { type MemoryEngine, memoryEngine } from '@tollgate/sdk/testing'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createChatApp, type StreamAnswer } from './create-chat-app.ts'

let engine: MemoryEngine
let server: Server | undefined
beforeEach(() => {
  engine = memoryEngine()
})
afterEach(() => {
  server?.closeAllConnections()
  server?.close()
})

async function chat(streamAnswer: StreamAnswer, init: RequestInit = {}): Promise<Response> {
  server = createChatApp(createTollgate({ engine }), streamAnswer).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const headers = { 'content-type': 'application/json', 'x-customer-id': 'cust_0001' }
  return fetch(`http://127.0.0.1:${port}/chat`, { method: 'POST', headers, body: '{"prompt":"Why is the sky blue?"}', ...init })
}

async function* answer(): AsyncGenerator<{ text: string } | { tokens: { input: number; output: number } }> {
  yield { text: 'Rayleigh ' }
  yield { text: 'scattering.' }
  yield { tokens: { input: 6, output: 4 } }
}

it('streams the answer, and settles the reservation by the tokens that it took', async () => {
  expect(await (await chat(answer)).text()).toBe('Rayleigh scattering.')
  expect(engine.reservationCalls).toEqual(['reserve'])
  expect(engine.events).toMatchObject([
    { operation: 'chat_message', tokens: { input: 6, output: 4 }, reservationId: 'rsv_1', metadata: { customerId: 'cust_0001', featureId: 'chat' } },
  ])
})

it('answers 429 with the time to wait if the customer has no headroom left', async () => {
  engine.decide = () => false
  const response = await chat(answer)
  expect([response.status, response.headers.get('retry-after')]).toEqual([429, '1'])
  expect(engine.events).toEqual([])
})

it('records what was used when the client aborts the stream', async () => {
  const aborting = new AbortController()
  const response = await chat(
    async function* (_prompt, signal) {
      yield { text: 'Rayleigh ' }
      await new Promise<void>(resolve => signal.addEventListener('abort', () => resolve()))
      throw signal.reason
    },
    { signal: aborting.signal },
  )
  await response.body?.getReader().read()
  aborting.abort()
  await vi.waitFor(() =>
    expect(engine.events).toMatchObject([{ tokens: { input: 5, output: 3 }, metadata: { attributes: { aborted: true, estimated: true } } }]),
  )
})

it('records a failure of the model', async () => {
  // oxlint-disable-next-line require-yield -- It fails before its first part.
  const response = await chat(async function* () {
    throw Object.assign(new Error('overloaded'), { status: 529 })
  })
  expect(response.status).toBe(529)
  expect(engine.events).toMatchObject([{ status: 'FAILURE', statusCode: 529, errorMessage: 'overloaded', reservationId: 'rsv_1' }])
})
