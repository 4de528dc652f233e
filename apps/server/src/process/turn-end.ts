import { type EventLoopUtilization, performance } from 'node:perf_hooks'

/** The event loop counts as busy from this part of the time on. */
const BUSY = 0.9
const MEASURED_EVERY_MS = 50
const BUSY_WAIT_MS = 1

/** What is read of the event loop. */
export interface EventLoop {
  nowMs(): number
  utilization(since?: EventLoopUtilization): EventLoopUtilization
}

const THIS_PROCESS: EventLoop = { nowMs: () => performance.now(), utilization: since => performance.eventLoopUtilization(since) }

/**
 * Returns a wait for work that many requests share, and that costs more than a request. It ends with the current turn of the
 * event loop; while the process is busy, a millisecond later, because requests wait for the processor then anyway, and more of
 * them share the work.
 */
export function createTurnEnd(eventLoop: EventLoop = THIS_PROCESS): () => Promise<void> {
  let measuredMs = eventLoop.nowMs()
  let measured = eventLoop.utilization()
  let isBusy = false
  return () => {
    const nowMs = eventLoop.nowMs()
    if (nowMs - measuredMs >= MEASURED_EVERY_MS) {
      isBusy = eventLoop.utilization(measured).utilization >= BUSY
      measured = eventLoop.utilization()
      measuredMs = nowMs
    }
    return new Promise(resolve => {
      if (isBusy) setTimeout(resolve, BUSY_WAIT_MS)
      else setImmediate(resolve)
    })
  }
}
