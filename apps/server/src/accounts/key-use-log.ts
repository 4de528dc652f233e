import type { Clock, Temporal } from '@tollgate/kernel'
import type { Logger } from 'pino'
import type { AccountStore } from './account-store.ts'

const WRITE_EVERY_MS = 5_000

/** Notes when keys are used, and writes it down every few seconds: a write for each request would cost more than the request. */
export interface KeyUseLog {
  note(apiKeyId: string): void
  /** Writes what is noted, and stops writing. */
  stop(): Promise<void>
}

/** Starts the log. A failed write loses some last uses and nothing else: it is logged, and the next one goes on. */
export function keyUseLog({ store, clock, logger }: { store: Pick<AccountStore, 'noteUses'>; clock: Clock; logger?: Logger | undefined }): KeyUseLog {
  let uses = new Map<string, Temporal.Instant>()
  let writing = Promise.resolve()

  function write(): Promise<void> {
    if (uses.size === 0) return writing
    const noted = uses
    uses = new Map()
    writing = writing.then(() => store.noteUses(noted)).catch((error: unknown) => logger?.warn({ err: error }, 'the last use of API keys could not be written'))
    return writing
  }

  const timer = setInterval(() => void write(), WRITE_EVERY_MS).unref()
  return {
    note: apiKeyId => {
      uses.set(apiKeyId, clock.now())
    },
    stop: () => {
      clearInterval(timer)
      return write()
    },
  }
}
