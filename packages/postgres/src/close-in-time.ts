import type { PoolConnections } from './pool-connections.ts'

/** How long closing waits for PostgreSQL before it cuts connections. */
const MAX_CLOSE_MS = 2_000

/** Closes a pool, and cuts its connections if PostgreSQL does not answer. */
export async function closeInTime(connections: PoolConnections, close: () => Promise<void>): Promise<void> {
  const cut = setTimeout(() => connections.destroyAll(), MAX_CLOSE_MS)
  try {
    await close()
  } finally {
    clearTimeout(cut)
    connections.stop()
  }
}
