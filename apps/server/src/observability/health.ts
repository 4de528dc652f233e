import type { PostgresDatabase } from '@tollgate/postgres'
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
  /** Also pings the database. Resolves within a few seconds. */
  readiness(): Promise<Readiness>
  started(parts: {
    readonly database: Pick<PostgresDatabase, 'ping'>
    readonly watch: Pick<DatabaseWatch, 'isUp'>
    readonly clock: Pick<DatabaseClock, 'refusal'>
  }): void
  stopping(): void
}

const PING_TIMEOUT_MS = 3_000

const STARTING: UnavailableReason = { code: 'STARTING', message: 'The server is still starting.' }
const STOPPING: UnavailableReason = { code: 'STOPPING', message: 'The server is stopping.' }
/** The reason while the database is down. */
export const DATABASE_UNAVAILABLE: UnavailableReason = { code: 'DATABASE_UNAVAILABLE', message: 'The database does not respond.' }

/** Creates the health of a server that is starting. */
export function createHealth(): Health {
  let parts: Parameters<Health['started']>[0] | undefined
  let isStopping = false
  const unavailable = () => {
    if (isStopping) return STOPPING
    if (parts === undefined) return STARTING
    return parts.watch.isUp() ? parts.clock.refusal() : DATABASE_UNAVAILABLE
  }
  return {
    unavailable,
    async readiness() {
      const known = unavailable()
      if (known !== undefined) return { ready: false, code: known.code, message: known.message }
      const answers = await answersInTime(parts?.database.ping())
      return answers ? { ready: true } : { ready: false, ...DATABASE_UNAVAILABLE }
    },
    started(started) {
      parts = started
    },
    stopping() {
      isStopping = true
    },
  }
}

async function answersInTime(ping: Promise<boolean> | undefined): Promise<boolean> {
  const { promise: timeout, resolve } = Promise.withResolvers<boolean>()
  const timer = setTimeout(() => resolve(false), PING_TIMEOUT_MS)
  try {
    return (await Promise.race([ping, timeout])) === true
  } finally {
    clearTimeout(timer)
  }
}
