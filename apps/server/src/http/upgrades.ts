import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Health } from '../observability/health.ts'
import { respondAndClose } from './respond-and-close.ts'
import type { ErrorResponse } from './respond.ts'

/** Accepts a connection that asks to become a WebSocket. */
export type UpgradeHandler = (request: IncomingMessage, socket: Duplex, head: Buffer, about: { readonly requestId: string; readonly path: string }) => void

/** What serves WebSockets. */
export interface UpgradeOptions {
  readonly health: Health
  /** Undefined until the server has started. */
  readonly sockets: () => { upgrade: UpgradeHandler } | undefined
  /** Origins whose pages may open WebSockets. Undefined for all. Programs that are no browsers send no origin. */
  readonly allowedOrigins?: readonly string[] | undefined
}

/** Serves WebSockets at /graphql, whenever requests are served. */
export function createUpgrades({ health, sockets, allowedOrigins }: UpgradeOptions): UpgradeHandler {
  return (request, socket, head, about) => {
    if (about.path !== '/graphql') return respondAndClose(socket, { status: 404, code: 'NOT_FOUND', message: 'WebSockets are served at /graphql.' })
    const { origin } = request.headers
    if (origin !== undefined && allowedOrigins?.includes(origin) === false) return respondAndClose(socket, ORIGIN_NOT_ALLOWED)
    const handler = sockets()
    const unavailable = health.unavailable()
    if (handler === undefined || unavailable !== undefined) {
      const { code, message } = unavailable ?? { code: 'STARTING', message: 'The server is still starting.' }
      return respondAndClose(socket, { status: 503, code, message: `${message} Try again in a moment.`, headers: { 'retry-after': '1' } })
    }
    handler.upgrade(request, socket, head, about)
  }
}

// Browsers do not apply CORS to WebSockets.
const ORIGIN_NOT_ALLOWED: ErrorResponse = {
  status: 403,
  code: 'ORIGIN_NOT_ALLOWED',
  message: 'Pages of this origin may not use this server. Its operator can add the origin to TOLLGATE_ALLOWED_ORIGINS.',
}
