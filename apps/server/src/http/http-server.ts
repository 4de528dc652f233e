import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { DomainError } from '@tollgate/kernel'
import type { Environment } from '../environment.ts'
import type { Log } from '../observability/log.ts'
import type { Metrics } from '../observability/metrics.ts'
import { REQUEST_ID_HEADER, requestIdOf } from './request-id.ts'
import type { UpgradeHandler } from './upgrades.ts'

/** Responds to one request. */
export type RequestHandler = (
  request: IncomingMessage,
  response: ServerResponse,
  about: { readonly requestId: string; readonly path: string },
) => void | Promise<void>

/** A listening HTTP server. */
export interface HttpServer {
  /** Its address for a browser on this machine: "http://localhost:4000". */
  readonly url: string
  /** Stops accepting connections and waits for requests in progress, at most `withinMs`. Then closes their connections. */
  close(withinMs: number): Promise<void>
}

/** The port is in use, or this user may not listen on it. */
export class PortUnusable extends DomainError<'PORT_UNUSABLE'> {
  readonly port: number

  constructor(port: number, cause: NodeJS.ErrnoException) {
    super('PORT_UNUSABLE', `${reasonOf(port, cause)} Set PORT to another port, such as PORT=${port === 4000 ? 4001 : 4000}.`, { cause })
    this.port = port
  }
}

/** Options of the HTTP server. */
export interface HttpServerOptions {
  readonly environment: Pick<Environment, 'port' | 'host'>
  readonly handle: RequestHandler
  /** Accepts WebSockets. Without it there are none. */
  readonly upgrade?: UpgradeHandler
  readonly metrics: Metrics
  readonly log: Log
}

/** How long a client may take to send the headers, and the whole request. */
const HEADERS_TIMEOUT_MS = 10_000
const REQUEST_TIMEOUT_MS = 60_000

const SECURITY_HEADERS = [
  ['x-content-type-options', 'nosniff'],
  ['x-frame-options', 'DENY'],
  ['referrer-policy', 'no-referrer'],
  ['cache-control', 'no-store'],
] as const

/** Starts listening. The server does this first, so that a port in use is reported at once. */
export async function startHttpServer({ environment: { port, host }, handle, upgrade, metrics, log }: HttpServerOptions): Promise<HttpServer> {
  let closing = false
  const limits = { headersTimeout: HEADERS_TIMEOUT_MS, requestTimeout: REQUEST_TIMEOUT_MS, maxHeaderSize: 16_384 }
  // Some clients (Java's) offer an upgrade to HTTP/2 in every request. They expect a normal response.
  const shouldUpgradeCallback = ({ headers }: IncomingMessage) => upgrade !== undefined && headers.upgrade?.toLowerCase() === 'websocket'
  const server = createServer({ ...limits, shouldUpgradeCallback }, (request, response) => {
    const startedAt = performance.now()
    const requestId = requestIdOf(request)
    const method = request.method ?? ''
    const path = pathOf(request)
    for (const [name, value] of SECURITY_HEADERS) response.setHeader(name, value)
    response.setHeader(REQUEST_ID_HEADER, requestId)
    if (closing) response.setHeader('connection', 'close')
    response.once('close', () => {
      // A request that started before the stop kept its connection open; close it.
      if (closing) setImmediate(() => server.closeIdleConnections())
      const durationMs = performance.now() - startedAt
      const status = response.writableFinished ? response.statusCode : 499
      // A stream lasts as long as its subscriber; its duration is not a response time.
      if (response.getHeader('content-type') !== 'text/event-stream') metrics.observeRequest({ method, path, status, durationMs })
      log[isProbe(path) ? 'debug' : 'info']({ requestId, method, path, status, durationMs: Math.round(durationMs * 10) / 10 }, 'request')
    })
    Promise.resolve(handle(request, response, { requestId, path })).catch((error: unknown) => {
      if (request.errored || request.destroyed) return // The client disconnected while sending its body.
      log.error({ requestId, err: error }, 'A request failed unexpectedly.')
      if (response.headersSent) response.destroy()
      else response.writeHead(500, { connection: 'close' }).end()
    })
  })
  if (upgrade) server.on('upgrade', (request, socket, head) => upgrade(request, socket, head, { requestId: requestIdOf(request), path: pathOf(request) }))
  await listen(server, port, host)
  return {
    url: urlOf(server, host),
    async close(withinMs) {
      closing = true
      const closed = new Promise(done => server.close(done))
      const cutOff = setTimeout(() => server.closeAllConnections(), withinMs)
      await closed
      clearTimeout(cutOff)
    },
  }
}

function listen(server: Server, port: number, host: string | undefined): Promise<void> {
  return new Promise((settle, fail) => {
    server.once('error', (error: NodeJS.ErrnoException) => fail(new PortUnusable(port, error)))
    server.listen({ port, ...(host !== undefined && { host }) }, settle)
  })
}

function reasonOf(port: number, { code, message }: NodeJS.ErrnoException): string {
  if (code === 'EADDRINUSE') return `Port ${port} is in use by another program.`
  if (code === 'EACCES') return `This user may not listen on port ${port}.`
  return `Cannot listen on port ${port}: ${message}.`
}

function urlOf(server: Server, host: string | undefined): string {
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const everywhere = host === undefined || host === '0.0.0.0' || host === '::'
  return `http://${everywhere ? 'localhost' : host.includes(':') ? `[${host}]` : host}:${port}`
}

function pathOf({ url = '/' }: IncomingMessage): string {
  const end = url.indexOf('?')
  return end === -1 ? url : url.slice(0, end)
}

function isProbe(path: string): boolean {
  return path === '/healthz' || path === '/readyz' || path === '/metrics'
}
