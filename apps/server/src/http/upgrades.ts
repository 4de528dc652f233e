import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Health } from '../observability/health.ts'
import { rejectUpgrade } from './reject-upgrade.ts'

/** Accepts a connection that asks to become a WebSocket. */
export type UpgradeHandler = (request: IncomingMessage, socket: Duplex, head: Buffer, about: { readonly requestId: string; readonly path: string }) => void

/** What serves WebSockets. */
export interface UpgradeOptions {
  readonly health: Health
  /** Undefined until the server has started. */
  readonly sockets: () => { upgrade: UpgradeHandler } | undefined
}

/** Serves WebSockets at /graphql, whenever requests are served. */
export function createUpgrades({ health, sockets }: UpgradeOptions): UpgradeHandler {
  return (request, socket, head, about) => {
    if (about.path !== '/graphql') return rejectUpgrade(socket, { status: 404, code: 'NOT_FOUND', message: 'WebSockets are served at /graphql.' })
    const handler = sockets()
    const unavailable = health.unavailable()
    if (handler === undefined || unavailable !== undefined) {
      const { code, message } = unavailable ?? { code: 'STARTING', message: 'The server is still starting.' }
      return rejectUpgrade(socket, { status: 503, code, message: `${message} Try again in a moment.`, headers: { 'retry-after': '1' } })
    }
    handler.upgrade(request, socket, head, about)
  }
}
