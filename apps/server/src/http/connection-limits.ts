import type { Socket } from 'node:net'

/** Counts the connections of a server, and closes those beyond its limits. */
export interface ConnectionCounter {
  /** Counts a new connection until it closes. Returns false, after closing it, if there are too many. */
  admit(socket: Socket): boolean
  open(): number
  /** Returns how many connections were closed because there were too many. */
  refused(): number
}

/** Limits of connections. Behind a proxy, the address of every connection is the proxy's. */
export interface ConnectionLimits {
  readonly maxConnections: number
  readonly maxConnectionsPerAddress: number
}

/** Creates a counter of connections. */
export function countConnections({ maxConnections, maxConnectionsPerAddress }: ConnectionLimits): ConnectionCounter {
  const byAddress = new Map<string, number>()
  let open = 0
  let refused = 0

  function add(address: string, step: 1 | -1): void {
    open += step
    const count = (byAddress.get(address) ?? 0) + step
    if (count === 0) byAddress.delete(address)
    else byAddress.set(address, count)
  }

  return {
    admit(socket) {
      const address = socket.remoteAddress ?? ''
      if (open >= maxConnections || (byAddress.get(address) ?? 0) >= maxConnectionsPerAddress) {
        refused += 1
        socket.destroy()
        return false
      }
      add(address, 1)
      socket.once('close', () => add(address, -1))
      return true
    },
    open: () => open,
    refused: () => refused,
  }
}
