import type { Log } from '../observability/log.ts'

/** Ctrl-C in a terminal reaches this process twice, once passed on by npm. Two signals this close are one request. */
const SAME_SIGNAL_MS = 500

/** Requests to stop the process: SIGINT and SIGTERM, and SIGHUP in a terminal. */
export interface StopSignals extends Disposable {
  /** Resolves at the first request, to its signal. */
  readonly first: Promise<NodeJS.Signals>
}

/** Listens for requests to stop, until it is disposed of. A second request, made during the stop, ends the process at once. */
export function stopSignals(log: Log): StopSignals {
  const { promise: first, resolve } = Promise.withResolvers<NodeJS.Signals>()
  let firstAt: number | undefined
  const receive = (signal: NodeJS.Signals) => {
    const now = performance.now()
    if (firstAt === undefined) {
      firstAt = now
      log.info({ signal }, 'Stopping.')
      return resolve(signal)
    }
    if (now - firstAt > SAME_SIGNAL_MS) {
      log.warn({ signal }, 'Stopping at once.')
      process.exit(130)
    }
  }
  // SIGHUP means that the terminal was closed. Without a terminal, its meaning was chosen by the program that started us.
  const signals: readonly NodeJS.Signals[] = process.stdout.isTTY ? ['SIGINT', 'SIGTERM', 'SIGHUP'] : ['SIGINT', 'SIGTERM']
  for (const signal of signals) process.on(signal, receive)
  return {
    first,
    [Symbol.dispose]() {
      for (const signal of signals) process.off(signal, receive)
    },
  }
}
