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
  /** A connection over which nothing has arrived for so long is closed. Node.js limits the time of a request only from its first byte. */
  readonly keepAliveSeconds: number
}

/** Creates a counter of connections. */
export function countConnections({ maxConnections, maxConnectionsPerAddress, keepAliveSeconds }: ConnectionLimits): ConnectionCounter {
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
      const silent = setTimeout(() => {
        if (socket.bytesRead === 0) socket.destroy()
      }, keepAliveSeconds * 1_000)
      silent.unref()
      socket.once('close', () => {
        clearTimeout(silent)
        add(address, -1)
      })
      return true
    },
    open: () => open,
    refused: () => refused,
  }
}
