import { setTimeout as delay } from 'node:timers/promises'
import { Client } from 'pg'
import type { Log } from '../observability/log.ts'

/** One connection that is held as long as the database is in use, and notices when the database goes away. */
export interface DatabaseWatch {
  /** Whether the connection stands. While it does not, requests are better refused than left to wait. */
  isUp(): boolean
  /** Ends the watch. */
  release(): Promise<void>
}

/** What is watched. */
export interface DatabaseWatchOptions {
  readonly url: string
  /** How this process shows in `pg_stat_activity`. */
  readonly applicationName: string
  readonly log: Log
  /** Called on each new connection; what it throws ends the attempt. */
  readonly onConnect?: (connection: Client) => Promise<void>
  /** Called on the connection, where it stands, before it is given up. */
  readonly onRelease?: (connection: Client) => Promise<void>
  /** Brings the database back, where that is in this process's hands. */
  readonly revive?: () => Promise<void>
  /** How often in an outage, at the most, it is tried to come back. */
  readonly attempts?: number
}

const FIRST_PAUSE_MS = 100
const MAX_PAUSE_MS = 5_000
/** A database that dies again sooner than this is still in the same outage: a crash loop ends. */
const STABLE_AFTER_MS = 60_000

/** Connects, and from then on reconnects with growing pauses. Rejects where the first connection fails. */
export async function watchDatabase(options: DatabaseWatchOptions): Promise<DatabaseWatch> {
  const { log, attempts = Number.POSITIVE_INFINITY } = options
  const released = new AbortController()
  let failures = 0
  let connectedAt = 0
  let connection: Client | undefined
  let recovery: Promise<void> | undefined

  const connect = async () => {
    const client = await openWatchConnection(options)
    connectedAt = performance.now()
    connection = client
    client.once('end', () => {
      connection = undefined
      if (released.signal.aborted) return
      if (performance.now() - connectedAt > STABLE_AFTER_MS) failures = 0
      log.error('The connection to the database was lost.')
      recovery = recover()
    })
  }

  const recover = async () => {
    while (!released.signal.aborted) {
      if (failures === attempts)
        return log.fatal({ attempts }, 'The database did not come back; no more is tried. Start the server again once the cause is mended.')
      const pauseMs = failures === 0 ? 0 : Math.min(FIRST_PAUSE_MS * 2 ** failures, MAX_PAUSE_MS)
      failures += 1
      await delay(pauseMs, undefined, { signal: released.signal }).catch(() => {})
      if (released.signal.aborted) return
      try {
        await options.revive?.()
        await connect()
        return log.info({ attempt: failures }, 'The database is back.')
      } catch (error) {
        log.warn({ attempt: failures, reason: (error as Error).message }, 'The database is not back yet.')
      }
    }
  }

  await connect()
  return {
    isUp: () => connection !== undefined,
    async release() {
      released.abort()
      await recovery
      const client = connection
      if (client === undefined) return
      await options.onRelease?.(client)
      await client.end()
    },
  }
}

async function openWatchConnection({ url, applicationName, onConnect }: DatabaseWatchOptions): Promise<Client> {
  const client = new Client({ connectionString: url, application_name: applicationName, keepAlive: true, connectionTimeoutMillis: 5_000 })
  client.on('error', () => {}) // An 'end' follows, and that is what is acted on.
  try {
    await client.connect()
    await onConnect?.(client)
    return client
  } catch (error) {
    await client.end().catch(() => {})
    throw error
  }
}
