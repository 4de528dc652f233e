import { performance } from 'node:perf_hooks'

/** A turn of the event loop that takes less has done no work: nothing that is waited for has arrived. */
const IDLE_TURN_MS = 0.03
const MAX_WAIT_MS = 2

/**
 * Returns a wait for work that many requests share, and that costs more than a request. It ends when the event loop has nothing
 * else to do, or after two milliseconds: while the process is busy, requests wait for the processor anyway, and more of them share
 * the work.
 */
export function createTurnEnd(nowMs: () => number = () => performance.now()): () => Promise<void> {
  return () =>
    new Promise(resolve => {
      const startedMs = nowMs()
      const endTurn = (turnStartedMs: number) => {
        const endedMs = nowMs()
        if (endedMs - turnStartedMs < IDLE_TURN_MS || endedMs - startedMs >= MAX_WAIT_MS) resolve()
        else setImmediate(endTurn, endedMs)
      }
      setImmediate(endTurn, startedMs)
    })
}
