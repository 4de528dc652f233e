import { setTimeout as delay } from 'node:timers/promises'
import type { ClockReading } from '@tollgate/kernel'
import { Client } from 'pg'
import type { Log } from '../observability/log.ts'

/** A connection that stays open as long as the database is in use, and detects when the database goes down. */
export interface DatabaseWatch {
  /** Whether the connection is open. While it is not, requests are rejected at once and do not wait. */
  isUp(): boolean
  /** Ends the watch. */
  release(): Promise<void>
}

/** Options of a database watch. */
export interface DatabaseWatchOptions {
  readonly url: string
  /** The name of this process in `pg_stat_activity`. */
  readonly applicationName: string
  readonly log: Log
  /** Called with each new connection. If it throws, the attempt fails. */
  readonly onConnect?: (connection: Client) => Promise<void>
  /** Called with readings of the database's clock: several at each new connection, then one every few seconds. */
  readonly onClock?: (reading: ClockReading) => void
  /** Called with the connection, if it is open, before it is closed. */
  readonly onRelease?: (connection: Client) => Promise<void>
  /** Restarts the database, if this process can. */
  readonly revive?: () => Promise<void>
  /** Maximum number of attempts to reconnect in one outage. Defaults to no limit. */
  readonly attempts?: number
}

const FIRST_PAUSE_MS = 100
const MAX_PAUSE_MS = 5_000
/** A database that goes down again sooner than this is in the same outage, so that a crash loop ends. */
const STABLE_AFTER_MS = 60_000
/** The fastest of several readings is the most exact. */
const FIRST_CLOCK_READINGS = 3
const READ_CLOCK_EVERY_MS = 2_000

/** Connects, and reconnects after each loss with growing pauses. Rejects if the first connection fails. */
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
    const readings = readClockRegularly(client, options)
    client.once('end', () => {
      connection = undefined
      clearInterval(readings)
      if (released.signal.aborted) return
      if (performance.now() - connectedAt > STABLE_AFTER_MS) failures = 0
      log.error('The connection to the database was lost.')
      recovery = recover()
    })
  }

  const recover = async () => {
    while (!released.signal.aborted) {
      if (failures === attempts) return log.fatal({ attempts }, 'The database did not come back; giving up. Fix the cause and restart the server.')
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

/** Reads the clock every few seconds. Skips a reading while another is still waiting. */
function readClockRegularly(client: Client, { onClock }: DatabaseWatchOptions): NodeJS.Timeout | undefined {
  if (onClock === undefined) return undefined
  let isReading = false
  return setInterval(() => {
    if (isReading) return
    isReading = true
    // If the connection is lost, the next one continues.
    void readClock(client)
      .then(onClock, () => {})
      .finally(() => (isReading = false))
  }, READ_CLOCK_EVERY_MS)
}

async function readClock(client: Client): Promise<ClockReading> {
  const requestedAtMs = performance.now()
  const { rows } = await client.query<{ ms: string }>('select extract(epoch from clock_timestamp()) * 1000 as ms')
  return { epochMs: Number(rows[0]?.ms), requestedAtMs, receivedAtMs: performance.now() }
}

async function openWatchConnection({ url, applicationName, onConnect, onClock }: DatabaseWatchOptions): Promise<Client> {
  const client = new Client({ connectionString: url, application_name: applicationName, keepAlive: true, connectionTimeoutMillis: 5_000 })
  client.on('error', () => {}) // An 'end' event follows and is handled.
  try {
    await client.connect()
    await onConnect?.(client)
    if (onClock !== undefined) for (let i = 0; i < FIRST_CLOCK_READINGS; i++) onClock(await readClock(client))
    return client
  } catch (error) {
    await client.end().catch(() => {})
    throw error
  }
}
