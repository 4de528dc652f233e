import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createTollgate } from '@tollgate/sdk'
import { type MemoryEngine, memoryEngine } from '@tollgate/sdk/testing'
import OpenAI from 'openai'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createChatApp } from './create-chat-app.ts'

let engine: MemoryEngine
let server: Server | undefined
beforeEach(() => {
  engine = memoryEngine()
})
afterEach(() => {
  server?.closeAllConnections()
  server?.close()
})

const chunk = (more: object) => `data: ${JSON.stringify({ id: 'chatcmpl-1', model: 'gpt-5-mini-2025-08-07', choices: [], ...more })}\n\n`
const text = (content: string) => chunk({ choices: [{ index: 0, delta: { content } }] })

/** What OpenAI answers: a stream of these chunks, which stays open unless they end with `[DONE]`. */
function streamOf(...chunks: readonly string[]): () => Response {
  return () => {
    const body = new ReadableStream({
      start(controller) {
        for (const part of chunks) controller.enqueue(new TextEncoder().encode(part))
        if (chunks.at(-1)?.includes('[DONE]') === true) controller.close()
      },
    })
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
  }
}
const ANSWER = streamOf(text('Rayleigh '), text('scattering.'), chunk({ usage: { prompt_tokens: 11, completion_tokens: 4 } }), 'data: [DONE]\n\n')

async function chat(answer: () => Response, init: RequestInit = {}): Promise<Response> {
  const openai = new OpenAI({ apiKey: 'key', maxRetries: 0, fetch: async () => answer() })
  server = createChatApp(createTollgate({ engine }), openai).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const headers = { 'content-type': 'application/json', 'x-customer-id': 'cust_0001' }
  return fetch(`http://127.0.0.1:${port}/chat`, { method: 'POST', headers, body: '{"prompt":"Why is the sky blue?"}', ...init })
}

it('streams the answer, and settles the reservation by the tokens that it took', async () => {
  expect(await (await chat(ANSWER)).text()).toBe('Rayleigh scattering.')
  expect(engine.reservationCalls).toEqual(['reserve'])
  expect(engine.events).toMatchObject([
    { operation: 'chat_message', tokens: { input: 11, output: 4 }, reservationId: 'rsv_1', metadata: { customerId: 'cust_0001', featureId: 'chat' } },
  ])
})

it('answers 429 with the time to wait if the customer has no headroom left', async () => {
  engine.decide = () => false
  const response = await chat(ANSWER)
  expect([response.status, response.headers.get('retry-after')]).toEqual([429, '1'])
  expect(engine.events).toEqual([])
})

it('records what was used when the client aborts the stream', async () => {
  const aborting = new AbortController()
  const response = await chat(streamOf(text('Rayleigh ')), { signal: aborting.signal })
  await response.body?.getReader().read()
  aborting.abort()
  await vi.waitFor(() =>
    expect(engine.events).toMatchObject([{ tokens: { input: 5, output: 3 }, metadata: { attributes: { aborted: true, estimated: true } } }]),
  )
})

it('records a failure of the model', async () => {
  const response = await chat(() => Response.json({ error: { message: 'overloaded' } }, { status: 529 }))
  expect(response.status).toBe(529)
  expect(engine.events).toMatchObject([{ status: 'FAILURE', statusCode: 529, errorMessage: expect.stringContaining('overloaded'), reservationId: 'rsv_1' }])
})
