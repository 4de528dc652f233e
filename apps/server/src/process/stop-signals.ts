import type { Log } from '../observability/log.ts'

/** A terminal's Ctrl-C reaches this process, and npm passes it on a second time: these two are one. */
const SAME_SIGNAL_MS = 500

/** Resolves at the first request to stop; a second one, made while that is under way, ends the process at once. */
export function stopSignals(log: Log): { readonly first: Promise<void> } {
  const { promise: first, resolve } = Promise.withResolvers<void>()
  let firstAt: number | undefined
  const receive = (signal: NodeJS.Signals) => {
    const now = performance.now()
    if (firstAt === undefined) {
      firstAt = now
      log.info({ signal }, 'Stopping.')
      return resolve()
    }
    if (now - firstAt > SAME_SIGNAL_MS) {
      log.warn({ signal }, 'Stopping at once.')
      process.exit(130)
    }
  }
  process.on('SIGINT', receive)
  process.on('SIGTERM', receive)
  // A closed terminal. Without one, whoever sent us to the background chose what a hangup means.
  if (process.stdout.isTTY) process.on('SIGHUP', receive)
  return { first }
}
