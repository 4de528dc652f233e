import type { DatabaseClock } from '../database/database-clock.ts'
import type { DatabaseWatch } from '../database/database-watch.ts'

/** Why the server cannot serve requests now. */
export interface UnavailableReason {
  readonly code: 'STARTING' | 'STOPPING' | 'DATABASE_UNAVAILABLE' | 'CLOCK_OFF'
  readonly message: string
}

/** Whether the server should receive requests. */
export type Readiness = { readonly ready: true } | ({ readonly ready: false } & UnavailableReason)

/** The state of the server. */
export interface Health {
  /** Returns why requests cannot be served, if so. Reads memory only, because every request asks. */
  unavailable(): UnavailableReason | undefined
  /** Says the same as `unavailable`, and that the server is stopping. A busy database does not matter. */
  readiness(): Readiness
  /** Returns why the server has to be restarted, if so. */
  beyondRecovery(): string | undefined
  started(parts: { readonly watch: Pick<DatabaseWatch, 'isUp' | 'lost'>; readonly clock: Pick<DatabaseClock, 'refusal'> }): void
  /** Load balancers hear from now on that the server is stopping. It still serves the requests that it gets. */
  leaving(): void
}

const STARTING: UnavailableReason = { code: 'STARTING', message: 'The server is still starting.' }
const STOPPING: UnavailableReason = { code: 'STOPPING', message: 'The server is stopping.' }
/** The reason while the database is down. */
export const DATABASE_UNAVAILABLE: UnavailableReason = { code: 'DATABASE_UNAVAILABLE', message: 'The database does not respond.' }

/** Creates the health of a server that is starting. */
export function createHealth(): Health {
  let parts: Parameters<Health['started']>[0] | undefined
  let isLeaving = false
  const unavailable = () => {
    if (parts === undefined) return STARTING
    return parts.watch.isUp() ? parts.clock.refusal() : DATABASE_UNAVAILABLE
  }
  return {
    unavailable,
    readiness() {
      const reason = isLeaving ? STOPPING : unavailable()
      return reason === undefined ? { ready: true } : { ready: false, code: reason.code, message: reason.message }
    },
    beyondRecovery: () => parts?.watch.lost(),
    started(started) {
      parts = started
    },
    leaving() {
      isLeaving = true
    },
  }
}
