import type { Server } from 'node:net'

/** A turn of the event loop that takes longer has done something. */
const MAX_QUIET_MS = 0.1

/**
 * Waits for a turn of the event loop in which nothing happens, at most `withinMs`. If the server stops listening right after
 * it, no client has a connection that was not accepted yet, which the operating system would reset: a proxy has sent its
 * request by then, and cannot know that nobody has read it.
 */
export async function quietTurn(server: Server, withinMs: number): Promise<void> {
  let arrived = false
  const arrive = () => void (arrived = true)
  server.on('connection', arrive)
  const startedAt = performance.now()
  let before = startedAt
  for (;;) {
    await new Promise(resolve => setImmediate(resolve))
    const now = performance.now()
    if ((!arrived && now - before < MAX_QUIET_MS) || now - startedAt > withinMs) break
    arrived = false
    before = performance.now()
  }
  server.off('connection', arrive)
}
