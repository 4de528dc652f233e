import { type Clock, Temporal } from '@tollgate/kernel'
import type { ApiKeyStore } from './api-key-store.ts'

const WRITE_INTERVAL_MS = 5_000

/** Records when keys are used, and writes the times every few seconds: one write for each request would cost more than the request. */
export interface KeyUseRecorder {
  record(apiKeyId: string): void
  /** Writes the recorded times and ends the interval. */
  stop(): Promise<void>
}

/** What the recorder writes to, and whom it reports a failed write to. */
export interface KeyUseRecorderDependencies {
  readonly store: Pick<ApiKeyStore, 'recordUses'>
  readonly clock: Clock
  readonly onKeyUsesLost: (error: unknown) => void
}

/** Starts a recorder. A failed write loses its times of last use; the next write is not affected. */
export function keyUseRecorder({ store, clock, onKeyUsesLost }: KeyUseRecorderDependencies): KeyUseRecorder {
  /** When each key was used last, in milliseconds since 1970. */
  let uses = new Map<string, number>()
  let writing = Promise.resolve()

  function write(): Promise<void> {
    if (uses.size === 0) return writing
    const recorded = new Map([...uses].map(([id, usedAtMs]) => [id, Temporal.Instant.fromEpochMilliseconds(usedAtMs)]))
    uses = new Map()
    writing = writing.then(() => store.recordUses(recorded)).catch(onKeyUsesLost)
    return writing
  }

  const timer = setInterval(() => void write(), WRITE_INTERVAL_MS).unref()
  return {
    record: apiKeyId => {
      uses.set(apiKeyId, clock.nowMs?.() ?? clock.now().epochMilliseconds)
    },
    stop: () => {
      clearInterval(timer)
      return write()
    },
  }
}
