import { connect } from 'node:net'
import { PortUnusable } from './port-unusable.ts'

const ANSWERS_WITHIN_MS = 1_000

/**
 * Throws `PortUnusable` if a program accepts connections at the port. A server that starts asks before it does anything
 * else. It does not listen itself yet: a proxy that reached it would send it requests before it can serve them.
 */
export async function checkPortFree({ port, host }: { readonly port: number; readonly host: string }): Promise<void> {
  if (port === 0) return
  const { promise: isUsed, resolve } = Promise.withResolvers<boolean>()
  const socket = connect({ port, host: LOOPBACK_OF[host] ?? host, timeout: ANSWERS_WITHIN_MS })
  socket.once('connect', () => resolve(true))
  socket.once('timeout', () => resolve(false))
  socket.once('error', () => resolve(false))
  const used = await isUsed
  socket.destroy()
  if (used) throw new PortUnusable(port, Object.assign(new Error('A program accepts connections there'), { code: 'EADDRINUSE' }))
}

const LOOPBACK_OF: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '::1' }
