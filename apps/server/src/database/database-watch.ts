import { setTimeout as delay } from 'node:timers/promises'
import type { ClockReading } from '@tollgate/kernel'
import { connectionSettings, destroyConnection } from '@tollgate/postgres'
import { Client } from 'pg'
import type { Log } from '../observability/log.ts'
import { startHeartbeat } from './heartbeat.ts'
import { whyPermanent } from './permanent-failure.ts'

/** A connection that stays open as long as the database is in use, and detects when the database goes down. */
export interface DatabaseWatch {
  /** Whether the connection is open and PostgreSQL answers on it. While it does not, requests are rejected at once and do not wait. */
  isUp(): boolean
  /** Returns why the database will not come back without help; undefined while it is up or may come back. */
  lost(): string | undefined
  /** Calls the listener when PostgreSQL stops answering without closing its connections. */
  onSilence(listener: () => void): void
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
  /** How long an outage may last until the database counts as lost, which is reported while attempts continue. Defaults to forever. */
  readonly maxOutageMs?: number
  /** Interval of heartbeats. Defaults to a second. */
  readonly heartbeatMs?: number
}

const FIRST_PAUSE_MS = 100
const MAX_PAUSE_MS = 5_000
/** A database that goes down again sooner than this is in the same outage, so that a crash loop is slowed down. */
const STABLE_AFTER_MS = 60_000
const QUERY_TIMEOUT_MS = 10_000
/** How long `release` waits for PostgreSQL before it cuts the connection. */
const MAX_RELEASE_MS = 2_000
/** The fastest of several readings is the most exact. */
const FIRST_CLOCK_READINGS = 3
const READ_CLOCK_EVERY_MS = 2_000

/**
 * Connects, and reconnects after each loss with growing pauses, for as long as the watch lasts. Rejects if the first
 * connection fails.
 */
export async function watchDatabase(options: DatabaseWatchOptions): Promise<DatabaseWatch> {
  const { log, maxOutageMs = Number.POSITIVE_INFINITY, heartbeatMs } = options
  const released = new AbortController()
  let failures = 0
  let connectedAt = 0
  let connection: Client | undefined
  let recovery: Promise<void> | undefined
  let downSince = 0
  let lost: string | undefined
  const silenceListeners: (() => void)[] = []

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
    startHeartbeat(client, { onSilence: () => declareSilent(client), ...(heartbeatMs !== undefined && { everyMs: heartbeatMs }) })
  }

  const declareSilent = (client: Client) => {
    if (released.signal.aborted || connection !== client) return
    log.error('PostgreSQL has stopped answering. Its connections are closed.')
    connection = undefined
    for (const listener of silenceListeners) listener()
    destroyConnection(client)
  }

  const giveUp = (reason: string) => {
    if (lost === undefined) log.fatal({ reason }, 'The database will not come back without help. Attempts continue.')
    lost = reason
  }

  const recover = async () => {
    if (failures === 0) downSince = performance.now()
    while (!released.signal.aborted) {
      const pauseMs = failures === 0 ? 0 : Math.min(FIRST_PAUSE_MS * 2 ** failures, MAX_PAUSE_MS)
      failures += 1
      await delay(pauseMs, undefined, { signal: released.signal }).catch(() => {})
      if (released.signal.aborted) return
      try {
        await options.revive?.()
        await connect()
        lost = undefined
        return log.info({ attempt: failures }, 'The database is back.')
      } catch (error) {
        log.warn({ attempt: failures, reason: (error as Error).message }, 'The database is not back yet.')
        const reason = whyPermanent(error)
        if (reason !== undefined) giveUp(reason)
        else if (performance.now() - downSince > maxOutageMs) giveUp((error as Error).message)
      }
    }
  }

  await connect()
  return {
    isUp: () => connection !== undefined,
    lost: () => lost,
    onSilence: listener => void silenceListeners.push(listener),
    async release() {
      released.abort()
      await recovery
      const client = connection
      if (client === undefined) return
      const cut = setTimeout(() => destroyConnection(client), MAX_RELEASE_MS)
      await options.onRelease?.(client)
      await client.end()
      clearTimeout(cut)
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
  const client = new Client({
    ...connectionSettings(url),
    application_name: applicationName,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    connectionTimeoutMillis: 5_000,
    query_timeout: QUERY_TIMEOUT_MS,
  })
  client.on('error', () => {}) // An 'end' event follows and is handled.
  try {
    await client.connect()
    await onConnect?.(client)
    if (onClock !== undefined) for (let i = 0; i < FIRST_CLOCK_READINGS; i++) onClock(await readClock(client))
    return client
  } catch (error) {
    destroyConnection(client)
    throw error
  }
}
