import type { Client } from 'pg'

/** Options of a heartbeat. */
export interface HeartbeatOptions {
  /** Called once, when PostgreSQL has stopped answering. */
  readonly onSilence: () => void
  /** Defaults to a second. */
  readonly everyMs?: number
}

/** Number of beats in a row without an answer after which PostgreSQL counts as silent. */
const MAX_MISSED_BEATS = 4
const EVERY_MS = 1_000

/**
 * Asks PostgreSQL for an answer every second while the connection is open. Time in which this process itself is busy does
 * not count: it runs at most one beat then.
 */
export function startHeartbeat(client: Client, { onSilence, everyMs = EVERY_MS }: HeartbeatOptions): void {
  let isWaiting = false
  let missed = 0
  const beat = () => {
    if (!isWaiting) {
      isWaiting = true
      missed = 0
      client.query('select 1').then(
        () => (isWaiting = false),
        () => {}, // The connection ends.
      )
      return
    }
    missed += 1
    if (missed < MAX_MISSED_BEATS) return
    clearInterval(timer)
    onSilence()
  }
  const timer = setInterval(beat, everyMs)
  client.once('end', () => clearInterval(timer))
}
