import { once } from 'node:events'
import { Agent, type IncomingMessage, request } from 'node:http'
import { connect, type Socket } from 'node:net'
import { Writable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createMetrics } from '../observability/metrics.ts'
import { type HttpServer, type RequestHandler, startHttpServer } from './http-server.ts'
import { PortUnusable } from './listening/port-unusable.ts'
import { respondAndClose } from './respond-and-close.ts'
import type { UpgradeHandler } from './upgrades.ts'
import { SECURITY_HEADERS } from './security-headers.ts'
import { waitFor } from '../../../../test/kit/wait-for.ts'

const handle = vi.fn<RequestHandler>()
const logged: Record<string, unknown>[] = []
const sink = new Writable({
  write(line: Buffer, _encoding, done) {
    logged.push(JSON.parse(line.toString()) as Record<string, unknown>)
    done()
  },
})
const metrics = createMetrics()
let server: HttpServer

const ENVIRONMENT = { port: 0, host: '127.0.0.1', keepAliveSeconds: 65, maxConnections: 100, maxConnectionsPerAddress: 100, trustedProxies: undefined }
const AT_ONCE = { idleMs: 0, withinMs: 0 }

const start = (port = 0) => startHttpServer({ environment: { ...ENVIRONMENT, port }, handle, metrics, log: pino(sink) })

beforeEach(async () => {
  handle.mockReset()
  logged.length = 0
  server = await start()
})
afterEach(() => server.close(AT_ONCE))

it('finishes a request in progress before it is closed', async () => {
  const { promise: release, resolve } = Promise.withResolvers<void>()
  handle.mockImplementation(async (_request, response) => {
    await release
    response.end('done')
  })
  const answer = fetch(server.url)
  await waitFor(() => expect(handle).toHaveBeenCalled())
  const closed = server.close({ idleMs: 0, withinMs: 10_000 })
  resolve()
  expect(await (await answer).text()).toBe('done')
  await closed
  await expect(fetch(server.url)).rejects.toThrow()
})

it('closes connections whose request does not finish in time', async () => {
  handle.mockImplementation(() => {})
  const answer = fetch(server.url).catch((error: unknown) => error)
  await waitFor(() => expect(handle).toHaveBeenCalled())
  await server.close(AT_ONCE)
  expect(await answer).toBeInstanceOf(Error)
})

it('responds 500 without the cause, and logs the cause', async () => {
  handle.mockRejectedValue(new Error('a secret of ours'))
  const response = await fetch(server.url, { headers: { 'x-request-id': 'r-1' } })
  expect([response.status, await response.json()]).toEqual([
    500,
    { errors: [{ message: 'An internal error occurred; it was logged.', extensions: { code: 'INTERNAL_SERVER_ERROR' } }] },
  ])
  expect(logged.find(({ level }) => level === 50)).toMatchObject({ requestId: 'r-1', err: { message: 'a secret of ours' } })
})

it('counts requests by route, and all unknown paths as one', async () => {
  handle.mockImplementation((_request, response) => void response.end())
  for (const path of ['/graphql?query=x', '/wp-admin', '/etc/passwd']) await (await fetch(`${server.url}${path}`)).text()
  await waitFor(async () => expect(await metrics.text()).toContain('tollgate_http_request_duration_seconds_count{method="GET",route="other",status="200"} 2'))
  expect(await metrics.text()).toContain('tollgate_http_request_duration_seconds_count{method="GET",route="/graphql",status="200"} 1')
})

it.each([
  ['http://proxy.example/healthz', '/healthz'],
  ['HTTPS://proxy.example:8443/graphql?query=x', '/graphql?query=x'],
  ['http://proxy.example?a=1', '/?a=1'],
  ['http://proxy.example', '/'],
])('serves the target %s like %s', async (target, url) => {
  handle.mockImplementation((served, response, { path }) => void response.end(`${path} ${served.url}`))
  const [response] = (await once(request(server.url, { path: target }).end(), 'response')) as [IncomingMessage]
  expect(await text(response)).toBe(`${url.split('?', 1)[0]} ${url}`)
})

it('upgrades a request for a WebSocket, and responds normally to an offer of HTTP/2', async () => {
  const upgrade = vi.fn<UpgradeHandler>((_request, socket) => respondAndClose(socket, { status: 503, code: 'TEST', message: 'Not now.' }))
  const upgrading = await startHttpServer({ environment: ENVIRONMENT, handle, upgrade, metrics, log: pino(sink) })
  handle.mockImplementation((_request, response) => void response.end('plain'))
  const ask = async (protocol: string) => {
    const sent = request(`${upgrading.url}/graphql?x`, { agent: false, headers: { connection: 'Upgrade', upgrade: protocol } }).end()
    const [response] = (await once(sent, 'response')) as [IncomingMessage]
    return [response.statusCode, await text(response)]
  }
  expect(await ask('h2c')).toEqual([200, 'plain'])
  expect(upgrade).not.toHaveBeenCalled()
  expect(await ask('websocket')).toEqual([503, '{"errors":[{"message":"Not now.","extensions":{"code":"TEST"}}]}'])
  expect(upgrade.mock.calls[0]?.[3]).toMatchObject({ path: '/graphql' })
  await upgrading.close(AT_ONCE)
})

it('does not count streams among response times', async () => {
  handle.mockImplementation((_request, response) => void response.writeHead(200, { 'content-type': 'text/event-stream' }).end())
  const counted = async () => Number(/_count\{method="GET",route="\/readyz",status="200"\} (\d+)/.exec(await metrics.text())?.[1] ?? 0)
  await (await fetch(`${server.url}/readyz`)).text()
  handle.mockImplementation((_request, response) => void response.end())
  await (await fetch(`${server.url}/readyz`)).text()
  await waitFor(async () => expect(await counted()).toBe(1))
})

it('rejects a port that is in use', async () => {
  const port = Number(new URL(server.url).port)
  await expect(start(port)).rejects.toThrow(PortUnusable)
  await expect(start(port)).rejects.toThrow(`Port ${port} is in use by another program.`)
})

it('logs status 499 for a client that disconnects', async () => {
  handle.mockImplementation(() => {})
  const controller = new AbortController()
  const answer = fetch(server.url, { signal: controller.signal }).catch(() => {})
  await waitFor(() => expect(handle).toHaveBeenCalled())
  const response = handle.mock.calls[0]?.[1]
  controller.abort()
  await answer
  if (response?.closed === false) await once(response, 'close')
  expect(logged.at(-1)).toMatchObject({ msg: 'request', status: 499 })
})

/** Sends a request on a connection that stays open. */
async function askOn(agent: Agent, url = server.url): Promise<IncomingMessage> {
  const [response] = (await once(request(url, { agent }).end(), 'response')) as [IncomingMessage]
  await text(response)
  return response
}

it('keeps a connection open for longer than a load balancer does, and says for how long', async () => {
  handle.mockImplementation((_request, response) => void response.end())
  const agent = new Agent({ keepAlive: true })
  expect((await askOn(agent)).headers).toMatchObject({ connection: 'keep-alive', 'keep-alive': 'timeout=65' })
  agent.destroy()
})

it('still responds on connections that are idle when it is closed, and asks to close them', async () => {
  handle.mockImplementation((_request, response) => void response.end())
  const agents = Array.from({ length: 3 }, () => new Agent({ keepAlive: true }))
  await Promise.all(agents.map(agent => askOn(agent)))
  const closed = server.close({ idleMs: 60_000, withinMs: 60_000 })
  const responses = await Promise.all(agents.map(agent => askOn(agent)))
  expect(responses.map(({ headers }) => headers.connection)).toEqual(['close', 'close', 'close'])
  await closed // Without waiting, because no connection is left.
})

it('serves new and open connections while it leaves, and asks to close them', async () => {
  handle.mockImplementation((_request, response) => void response.end('served'))
  const open = new Agent({ keepAlive: true })
  await askOn(open)
  server.leave()
  const answers = [await askOn(open), await askOn(new Agent({ keepAlive: true }))]
  expect(answers.map(({ statusCode, headers }) => [statusCode, headers.connection])).toEqual([
    [200, 'close'],
    [200, 'close'],
  ])
})

it('serves open connections after it has stopped listening', async () => {
  handle.mockImplementation((_request, response) => void response.end('served'))
  const open = new Agent({ keepAlive: true })
  await askOn(open)
  await server.stopListening()
  await expect(fetch(server.url)).rejects.toThrow()
  expect((await askOn(open)).headers.connection).toBe('close')
})

it('asks to close a connection whose request was in progress when it was closed', async () => {
  const { promise: release, resolve } = Promise.withResolvers<void>()
  handle.mockImplementation(async (_request, response) => {
    await release
    response.end()
  })
  const response = askOn(new Agent({ keepAlive: true }))
  await waitFor(() => expect(handle).toHaveBeenCalled())
  const closed = server.close({ idleMs: 60_000, withinMs: 60_000 })
  resolve()
  expect((await response).headers.connection).toBe('close')
  await closed
})

it('closes connections beyond the maximum, in all and of one address, and counts them', async () => {
  handle.mockImplementation((_request, response) => void response.end())
  const limits = [
    { maxConnections: 2, maxConnectionsPerAddress: 100, trustedProxies: undefined },
    { maxConnections: 100, maxConnectionsPerAddress: 2 },
  ]
  for (const limit of limits) {
    const limited = await startHttpServer({ environment: { ...ENVIRONMENT, ...limit }, handle, metrics, log: pino(sink) })
    const open = async (): Promise<Socket> => {
      const socket = connect({ port: Number(new URL(limited.url).port), host: '127.0.0.1' })
      socket.on('error', () => {})
      await once(socket, 'connect')
      return socket
    }
    const sockets = [await open(), await open()]
    await once(await open(), 'close')
    expect([limited.connections.open(), limited.connections.refused()]).toEqual([2, 1])
    sockets[0]?.destroy()
    await waitFor(() => expect(limited.connections.open()).toBe(1))
    expect((await fetch(limited.url)).status).toBe(200)
    sockets[1]?.destroy()
    await limited.close(AT_ONCE)
  }
})

it('does not ask a client for a body that its handler does not want', async () => {
  handle.mockImplementation((_request, response) => void response.writeHead(401, { connection: 'close' }).end())
  const asked = vi.fn()
  const sent = request(server.url, { method: 'POST', headers: { expect: '100-continue', 'content-length': 1_000_000 } }).on('continue', asked)
  sent.flushHeaders()
  const [response] = (await once(sent, 'response')) as [IncomingMessage]
  expect([response.statusCode, asked.mock.calls.length]).toEqual([401, 0])
  sent.destroy()
})

it.each<[string, Parameters<typeof handle.mockImplementation>[0]]>([
  ['in one call', (_request, response) => void response.writeHead(200, { 'content-type': 'text/plain', 'content-length': 4 }).end('text')],
  ['one by one', (_request, response) => void response.setHeader('content-type', 'text/plain').end('text')],
])('sends each header of its own once if the handler sets others %s', async (_how, respond) => {
  handle.mockImplementation(respond)
  for (let time = 1; time <= 2; time += 1) {
    const response = await fetch(server.url)
    expect(Object.fromEntries(response.headers)).toMatchObject({ ...Object.fromEntries(SECURITY_HEADERS), 'content-type': 'text/plain', 'content-length': '4' })
    expect(await response.text()).toBe('text')
  }
})

it.each<[string, Parameters<typeof handle.mockImplementation>[0]]>([
  ['headers in one call', (_request, response) => void response.writeHead(200, { 'content-type': 'text/plain', 'cache-control': 'max-age=60' }).end()],
  ['headers one by one', (_request, response) => void response.setHeader('content-type', 'text/plain').setHeader('cache-control', 'max-age=60').end()],
  [
    'headers with a reason',
    (_request, response) => void response.setHeader('content-type', 'text/plain').writeHead(200, 'Fine', { 'cache-control': 'max-age=60' }).end(),
  ],
])('adds its own headers to a response whose handler sets %s, which come first', async (_how, respond) => {
  handle.mockImplementation(respond)
  const { headers } = await fetch(server.url, { headers: { 'x-request-id': 'r-2' } })
  expect(Object.fromEntries(headers)).toMatchObject({
    'content-type': 'text/plain',
    'cache-control': 'max-age=60',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'x-request-id': 'r-2',
    connection: 'keep-alive',
  })
})
