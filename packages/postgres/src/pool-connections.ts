import type { ClientBase, Pool, PoolClient } from 'pg'
import { destroyConnection } from './destroy-connection.ts'

/** The connections of a pool, which can be closed without the cooperation of PostgreSQL. */
export interface PoolConnections {
  /** Closes all connections at once. Calls that use one fail. */
  destroyAll(): void
  /** Ends the watch over their use. */
  stop(): void
}

const MAX_CHECK_INTERVAL_MS = 1_000

/**
 * Follows the connections of a pool, and destroys those that one call uses for longer than `useMs`: PostgreSQL has
 * stopped answering on them.
 */
export function followConnections(pool: Pool, useMs?: number): PoolConnections {
  const open = new Set<PoolClient>()
  const usedSince = new Map<PoolClient, number>()
  pool.on('error', () => {}) // A connection that fails while it is idle leaves the pool.
  pool.on('connect', client => {
    open.add(client)
    client.on('error', () => {}) // The statements in progress fail with the error.
  })
  pool.on('remove', client => open.delete(client))
  if (useMs !== undefined) {
    pool.on('acquire', client => usedSince.set(client, performance.now()))
    pool.on('release', (_error, client) => usedSince.delete(client))
  }
  const destroyOverdue = (limitMs: number) => {
    const now = performance.now()
    for (const [client, since] of usedSince) if (now - since > limitMs) destroyConnection(client)
  }
  const timer = useMs === undefined ? undefined : setInterval(destroyOverdue, Math.min(useMs, MAX_CHECK_INTERVAL_MS), useMs).unref()
  return {
    destroyAll() {
      for (const client of open) destroyConnection(client)
    },
    stop: () => clearInterval(timer),
  }
}

/**
 * Returns a step for new connections of a pool that destroys a connection on which it takes too long. The pool does not
 * limit such steps, and knows a connection only after them.
 */
export function inTime(step: (client: ClientBase) => Promise<void>, timeoutMs: number): (client: ClientBase) => Promise<void> {
  return async client => {
    const timer = setTimeout(() => destroyConnection(client), timeoutMs)
    try {
      await step(client)
    } finally {
      clearTimeout(timer)
    }
  }
}
