import { EventEmitter } from 'node:events'
import type { Socket } from 'node:net'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { countConnections } from './connection-limits.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A connection over which some bytes have arrived. */
function connection(bytesRead: number): Socket {
  const socket = new EventEmitter()
  return Object.assign(socket, { remoteAddress: '127.0.0.1', bytesRead, destroy: () => socket.emit('close') }) as unknown as Socket
}

it('closes a connection that has sent nothing for the time that idle connections stay open, and no other', () => {
  const connections = countConnections({ maxConnections: 10, maxConnectionsPerAddress: 10, keepAliveSeconds: 65 })
  connections.admit(connection(0))
  connections.admit(connection(100))
  vi.advanceTimersByTime(64_000)
  expect(connections.open()).toBe(2)
  vi.advanceTimersByTime(1_000)
  expect([connections.open(), connections.refused()]).toEqual([1, 0])
})
