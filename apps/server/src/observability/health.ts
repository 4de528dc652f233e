import type { PostgresDatabase } from '@tollgate/postgres'
import type { DatabaseWatch } from '../database/database-watch.ts'

/** Why requests cannot be served at the moment. */
export interface Obstacle {
  readonly code: 'STARTING' | 'STOPPING' | 'DATABASE_UNAVAILABLE'
  readonly message: string
}

/** Whether this server should be sent requests. */
export type Readiness = { readonly ready: true } | ({ readonly ready: false } & Obstacle)

/** What is known of the server's state. */
export interface Health {
  /** From memory: asked for each request. */
  obstacle(): Obstacle | undefined
  /** Asks the database too. Answers within a few seconds. */
  readiness(): Promise<Readiness>
  started(parts: { readonly database: Pick<PostgresDatabase, 'ping'>; readonly watch: Pick<DatabaseWatch, 'isUp'> }): void
  stopping(): void
}

const PING_TIMEOUT_MS = 3_000

const STARTING: Obstacle = { code: 'STARTING', message: 'The server is still starting.' }
const STOPPING: Obstacle = { code: 'STOPPING', message: 'The server is stopping.' }
const DATABASE_UNAVAILABLE: Obstacle = { code: 'DATABASE_UNAVAILABLE', message: 'The database does not answer.' }

/** Begins as starting. */
export function createHealth(): Health {
  let parts: Parameters<Health['started']>[0] | undefined
  let isStopping = false
  const obstacle = () => {
    if (isStopping) return STOPPING
    if (parts === undefined) return STARTING
    return parts.watch.isUp() ? undefined : DATABASE_UNAVAILABLE
  }
  return {
    obstacle,
    async readiness() {
      const known = obstacle()
      if (known !== undefined) return { ready: false, ...known }
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
  const { promise: tooLate, resolve } = Promise.withResolvers<boolean>()
  const timer = setTimeout(() => resolve(false), PING_TIMEOUT_MS)
  try {
    return (await Promise.race([ping, tooLate])) === true
  } finally {
    clearTimeout(timer)
  }
}
