import type { Metadata } from '@tollgate/metadata'
import { serve } from '@hono/node-server'
import express from 'express'
import fastify from 'fastify'
import { Hono } from 'hono'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTollgate } from '../create-tollgate.ts'
import { requestContext as expressContext } from '../express/index.ts'
import { requestContext as fastifyContext } from '../fastify/index.ts'
import { requestContext as honoContext } from '../hono/index.ts'
import { withRequestContext as withHttpContext } from '../http/index.ts'
import { withRequestContext as withNextContext } from '../next/index.ts'
import { type MemoryEngine, memoryEngine } from '../testing/memory-engine.ts'
import type { Tollgate } from '../tollgate.ts'
import { requestMetadata } from './request-metadata.ts'

const TRACE = '0af7651916cd43dd8448eb211c80319c'
const HEADERS = {
  'user-agent': 'test/1.0',
  traceparent: `00-${TRACE}-b7ad6b7169203331-01`,
  'x-request-id': 'req_1',
  'x-forwarded-for': '203.0.113.7, 10.0.0.1',
  'content-type': 'application/json',
}
const attributed = (customerId: string, ipAddress: unknown) => ({
  customerId,
  traceId: TRACE,
  requestId: 'req_1',
  attributes: { ip_address: ipAddress, user_agent: 'test/1.0', parent_span_id: 'b7ad6b7169203331' },
})
const LOOPBACK = expect.stringMatching(/127\.0\.0\.1|::1/)

let engine: MemoryEngine
let tollgate: Tollgate
const closers: (() => unknown)[] = []
beforeEach(() => {
  engine = memoryEngine()
  tollgate = createTollgate({ engine })
})
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

/** What every handler does: works for a while, and records a call. */
async function handle(body: unknown): Promise<string> {
  await new Promise(resolve => setTimeout(resolve, 1))
  const receipt = await tollgate.record({ operation: (body as { operation: string }).operation })
  return receipt.outcome
}

async function listen(server: Server): Promise<string> {
  closers.push(() => server.close())
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** Sends two requests at a time, of different customers. Returns the metadata of their events, by operation. */
async function send(ask: (customer: string, init: RequestInit) => Promise<unknown>): Promise<Record<string, unknown>> {
  await Promise.all(
    ['a', 'b'].map(customer =>
      ask(customer, { method: 'POST', headers: { ...HEADERS, 'x-customer': customer }, body: JSON.stringify({ operation: customer }) }),
    ),
  )
  return Object.fromEntries(engine.events.map(({ operation, metadata }) => [operation, metadata]))
}

describe('calls are attributed to their request, across awaits and parallel requests', () => {
  const customerOf = (request: { headers: Readonly<Record<string, unknown>> }): Metadata => ({ customerId: String(request.headers['x-customer']) })
  const both = (ipAddress: unknown) => ({ a: attributed('a', ipAddress), b: attributed('b', ipAddress) })

  it('with node:http', async () => {
    const listener: RequestListener = (request, response) => void text(request).then(async body => response.end(await handle(JSON.parse(body))))
    const url = await listen(createServer(withHttpContext(tollgate, listener, { metadata: customerOf })))
    expect(await send((_, init) => fetch(url, init))).toEqual(both(LOOPBACK))
  })

  it('with node:http behind a trusted proxy', async () => {
    const listener: RequestListener = (request, response) => void text(request).then(async body => response.end(await handle(JSON.parse(body))))
    const url = await listen(createServer(withHttpContext(tollgate, listener, { metadata: customerOf, trustProxy: true })))
    expect(await send((_, init) => fetch(url, init))).toEqual(both('203.0.113.7'))
  })

  it('with Express, by its own setting of trusted proxies', async () => {
    const app = express()
    app.set('trust proxy', true)
    app.use(express.json(), expressContext(tollgate, { metadata: customerOf }))
    app.post('/', (request, response) => void handle(request.body).then(outcome => response.send(outcome)))
    const url = await listen(createServer(app))
    expect(await send((_, init) => fetch(url, init))).toEqual(both('203.0.113.7'))
  })

  it('with Fastify, in hooks and handlers', async () => {
    const app = fastify()
    closers.push(() => app.close())
    await app.register(fastifyContext(tollgate, { metadata: customerOf }))
    app.addHook('onRequest', async () => void (await handle({ operation: 'hook' })))
    app.post('/', request => handle(request.body))
    const url = await app.listen({ port: 0, host: '127.0.0.1' })
    const events = await send((_, init) => fetch(url, init))
    expect(events).toMatchObject(both(LOOPBACK))
    expect(events['hook']).toMatchObject({ traceId: TRACE })
  })

  it('with Fastify, by its own request id if the client sent none', async () => {
    const app = fastify({ genReqId: () => 'made by Fastify' })
    closers.push(() => app.close())
    await app.register(fastifyContext(tollgate))
    app.get('/', async () => handle({ operation: 'chat' }))
    await app.inject('/')
    expect(engine.events).toMatchObject([{ metadata: { requestId: 'made by Fastify' } }])
  })

  it('with Hono', async () => {
    const app = new Hono()
    app.use(honoContext(tollgate, { metadata: context => ({ customerId: context.req.raw.headers.get('x-customer') ?? '' }) }))
    app.post('/', async context => context.text(await handle(await context.req.json())))
    const url = await new Promise<string>(resolve => {
      const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => resolve(`http://127.0.0.1:${port}`))
      closers.push(() => server.close())
    })
    expect(await send((_, init) => fetch(url, init))).toEqual(both(LOOPBACK))
  })

  it('with route handlers of Next.js', async () => {
    const handler = withNextContext(tollgate, async (request: Request) => new Response(await handle(await request.json())), {
      trustProxy: true,
      metadata: request => ({ customerId: request.headers.get('x-customer') ?? '' }),
    })
    expect(
      await send((_, { method, headers, body }) =>
        handler(new Request('http://localhost/api', { method: method ?? '', headers: headers ?? {}, body: body ?? null })),
      ),
    ).toEqual(both('203.0.113.7'))
  })
})

describe('the metadata of a request', () => {
  it.each([
    ['of another version', `01-${TRACE}-b7ad6b7169203331-01-more`, TRACE],
    ['without a trace id', `00-${'0'.repeat(32)}-b7ad6b7169203331-01`, undefined],
    ['of a forbidden version', `ff-${TRACE}-b7ad6b7169203331-01`, undefined],
    ['that is none', 'garbage', undefined],
  ])('reads a traceparent %s as the standard says', (_, traceparent, traceId) => {
    expect(requestMetadata({ traceparent }).traceId).toBe(traceId)
  })
  it('never makes the server reject the event, whatever the client sent', () => {
    const { requestId, attributes } = requestMetadata({ userAgent: `${'x'.repeat(999)}\u{1F600}`, requestId: 'y'.repeat(1_000), ipAddress: '' })
    expect(requestId).toHaveLength(256)
    expect(attributes).toEqual({ user_agent: `${'x'.repeat(999)}\uFFFD` })
  })
  it('is empty for a request that says nothing', () => {
    expect(requestMetadata({})).toEqual({})
  })
})
