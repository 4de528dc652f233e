import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { Server as NetServer } from 'node:net'
import type { Environment } from '../environment.ts'
import type { Log } from '../observability/log.ts'
import { logRequest } from '../observability/log-request.ts'
import type { Metrics } from '../observability/metrics.ts'
import { requestsBehind } from './client-address.ts'
import { countConnections } from './connection-limits.ts'
import { type AllowedOrigins, crossOriginLines } from './cross-origin.ts'
import { requestIdOf } from './request-id.ts'
import { HEADERS_WITHIN_MS, REQUEST_WITHIN_MS } from './request-limits.ts'
import { malformedRequest } from './malformed-request.ts'
import { dropOrigin, pathOf } from './paths.ts'
import { type ErrorResponse, respondError } from './respond.ts'
import { PortUnusable } from './listening/port-unusable.ts'
import { quietTurn } from './listening/quiet-turn.ts'
import { respondAndClose } from './respond-and-close.ts'
import { TollgateResponse } from './server-response.ts'
import type { UpgradeHandler } from './upgrades.ts'

/** Responds to one request. */
export type RequestHandler = (
  request: IncomingMessage,
  response: TollgateResponse,
  about: { readonly requestId: string; readonly path: string },
) => void | Promise<void>

/** A listening HTTP server. */
export interface HttpServer {
  /** Its address for a browser on this machine: "http://localhost:4000". */
  readonly url: string
  /** Number of connections that are open now, and of those that were closed because there were too many. */
  readonly connections: { open(): number; refused(): number }
  /** Still serves, but every response from now on ends its connection and says so, so that clients move to other servers. */
  leave(): void
  /** Leaves, and accepts no further connections. Those that are open are still served. */
  stopListening(): Promise<void>
  /**
   * Stops listening. Connections without a request are closed after `idleMs`: until then, clients that use them get a
   * response. Then waits for requests in progress, at most `withinMs` in all, and closes their connections.
   */
  close(within: { readonly idleMs: number; readonly withinMs: number }): Promise<void>
}

/** Options of the HTTP server. */
export interface HttpServerOptions {
  readonly environment: Pick<Environment, 'port' | 'host' | 'keepAliveSeconds' | 'maxConnections' | 'maxConnectionsPerAddress' | 'trustedProxies'> & {
    readonly allowedOrigins?: AllowedOrigins
  }
  readonly handle: RequestHandler
  /** Accepts WebSockets. Without it there are none. */
  readonly upgrade?: UpgradeHandler
  readonly metrics: Metrics
  readonly log: Log
}

const UNEXPECTED: ErrorResponse = { status: 500, code: 'INTERNAL_SERVER_ERROR', message: 'An internal error occurred; it was logged.' }

/** How often Node.js looks for clients that took too long. It defaults to 30 seconds. */
const CHECK_CLIENTS_EVERY_MS = 2_000

/** Starts listening. */
export async function startHttpServer({ environment, handle, upgrade, metrics, log }: HttpServerOptions): Promise<HttpServer> {
  const { port, host, keepAliveSeconds, allowedOrigins } = environment
  const connections = countConnections(environment)
  const state = { isClosing: false, closesIdle: false }
  let closed: Promise<unknown> | undefined
  // Some clients (Java's) offer an upgrade to HTTP/2 in every request. They expect a normal response.
  const shouldUpgradeCallback = ({ headers }: IncomingMessage) => upgrade !== undefined && headers.upgrade?.toLowerCase() === 'websocket'
  const server = createServer({
    IncomingMessage: requestsBehind(environment.trustedProxies),
    ServerResponse: TollgateResponse,
    headersTimeout: HEADERS_WITHIN_MS,
    requestTimeout: REQUEST_WITHIN_MS,
    connectionsCheckingInterval: CHECK_CLIENTS_EVERY_MS,
    keepAliveTimeout: keepAliveSeconds * 1_000,
    maxHeaderSize: 16_384,
    shouldUpgradeCallback,
  })

  const answer = (request: IncomingMessage, response: TollgateResponse): void => {
    const startedAt = performance.now()
    const requestId = requestIdOf(request)
    const method = request.method ?? ''
    dropOrigin(request)
    const path = pathOf(request)
    response.requestId = requestId
    response.crossOriginLines = crossOriginLines(request.headers, path, allowedOrigins)
    response.server = state
    // Emitted once. `once` would cost more.
    response.on('close', () => {
      response.bodyMemory?.release()
      // Its headers were sent before the stop and kept the connection open; close it.
      if (state.closesIdle) setImmediate(() => server.closeIdleConnections())
      const durationMs = performance.now() - startedAt
      const status = response.writableFinished ? response.statusCode : 499
      // A stream lasts as long as its subscriber; its duration is not a response time.
      if (!response.isEventStream) metrics.observeRequest({ method, path, status, durationMs })
      logRequest(log, isProbe(path) ? 'debug' : 'info', { requestId, method, path, status, durationMs })
    })
    try {
      const handled = handle(request, response, { requestId, path })
      if (handled instanceof Promise) handled.catch((error: unknown) => fail(error, request, response))
    } catch (error) {
      fail(error, request, response)
    }
  }
  const fail = (error: unknown, request: IncomingMessage, response: TollgateResponse): void => {
    if (request.errored || (request.destroyed && !request.complete)) return // The client disconnected while sending its body.
    log.error({ requestId: response.requestId, err: error }, 'A request failed unexpectedly.')
    if (response.headersSent) response.destroy()
    else respondError(response, { ...UNEXPECTED, headers: { connection: 'close' } })
  }
  server.on('request', answer)
  // Handlers ask for the body once they want it. Node.js would ask for it before they are called.
  server.on('checkContinue', answer)
  server.on('clientError', (error, socket) => {
    const refusal = malformedRequest(error, allowedOrigins)
    // As Node.js decides it when there is no listener.
    const isResponding = (socket as { readonly _httpMessage?: ServerResponse | null })._httpMessage?.headersSent === true
    if (refusal === undefined || isResponding || !socket.writable) socket.destroy()
    else respondAndClose(socket, refusal)
  })
  server.on('connection', socket => connections.admit(socket))
  if (upgrade) {
    server.on('upgrade', (request, socket, head) => {
      dropOrigin(request)
      upgrade(request, socket, head, { requestId: requestIdOf(request), path: pathOf(request) })
    })
  }
  await listen(server, port, host)
  return {
    url: urlOf(server, host),
    connections,
    leave,
    stopListening,
    async close({ idleMs, withinMs }) {
      await stopListening()
      const cutOff = setTimeout(() => server.closeAllConnections(), Math.max(idleMs, withinMs))
      await noneOpen(connections, idleMs)
      state.closesIdle = true
      server.close() // Closes the connections without a request.
      await closed
      clearTimeout(cutOff)
    },
  }

  function leave(): void {
    state.isClosing = true
  }

  async function stopListening(): Promise<void> {
    leave()
    if (closed !== undefined) return
    await quietTurn(server, LISTEN_AT_MOST_MS)
    // That of HTTP servers also closes connections without a request, while a proxy may be sending one.
    closed ??= new Promise(done => NetServer.prototype.close.call(server, done))
  }
}

const CHECK_OPEN_EVERY_MS = 20
/** How long a busy server goes on listening while it looks for a moment to stop. */
const LISTEN_AT_MOST_MS = 1_000

/** Waits until no connection is open, at most `withinMs`. */
async function noneOpen(connections: { open(): number }, withinMs: number): Promise<void> {
  const until = performance.now() + withinMs
  while (connections.open() > 0 && performance.now() < until) await new Promise(done => setTimeout(done, CHECK_OPEN_EVERY_MS))
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((settle, fail) => {
    server.once('error', (error: NodeJS.ErrnoException) => fail(new PortUnusable(port, error)))
    server.listen({ port, host }, settle)
  })
}

const ALSO_LOCALHOST: ReadonlySet<string> = new Set(['127.0.0.1', '::1', '0.0.0.0', '::'])

function urlOf(server: Server, host: string): string {
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return `http://${ALSO_LOCALHOST.has(host) ? 'localhost' : host.includes(':') ? `[${host}]` : host}:${port}`
}

function isProbe(path: string): boolean {
  return path === '/healthz' || path === '/readyz' || path === '/metrics'
}
