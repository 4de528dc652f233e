import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Health } from '../observability/health.ts'
import { refuseUpgrade } from './refuse-upgrade.ts'

/** Takes over a connection that asked to become a WebSocket. */
export type UpgradeHandler = (request: IncomingMessage, socket: Duplex, head: Buffer, about: { readonly requestId: string; readonly path: string }) => void

/** What WebSockets are served by. */
export interface UpgradeOptions {
  readonly health: Health
  /** Undefined until the start is done. */
  readonly sockets: () => { upgrade: UpgradeHandler } | undefined
}

/** Says where WebSockets are served: at /graphql, as long as requests are. */
export function createUpgrades({ health, sockets }: UpgradeOptions): UpgradeHandler {
  return (request, socket, head, about) => {
    if (about.path !== '/graphql') return refuseUpgrade(socket, { status: 404, code: 'NOT_FOUND', message: 'WebSockets are served at /graphql.' })
    const handler = sockets()
    const obstacle = health.obstacle()
    if (handler === undefined || obstacle !== undefined) {
      const { code, message } = obstacle ?? { code: 'STARTING', message: 'The server is still starting.' }
      return refuseUpgrade(socket, { status: 503, code, message: `${message} Try again in a moment.`, headers: { 'retry-after': '1' } })
    }
    handler.upgrade(request, socket, head, about)
  }
}
