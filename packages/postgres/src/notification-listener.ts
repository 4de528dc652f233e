import { setTimeout as delay } from 'node:timers/promises'
import { Client, escapeIdentifier } from 'pg'
import { connectionSettings } from './connection-settings.ts'
import { destroyConnection } from './destroy-connection.ts'

/** Receives the notifications of a channel. Neither method may throw. */
export interface ChannelListener {
  notification(payload: string): void
  /** Called after a reconnect. Notifications sent meanwhile are lost: read again from your own cursor. */
  gap(): void
}

/** One connection that listens for NOTIFY, shared by a whole process. It reconnects automatically. */
export interface NotificationListener {
  /** Listens to a channel until it is stopped. After this resolves, every committed notification arrives, or a gap is reported. */
  listen(channel: string, listener: ChannelListener): Promise<{ stop(): Promise<void> }>
  /** Closes the connection at once, because PostgreSQL has stopped answering, and reconnects. */
  disconnect(): void
  close(): Promise<void>
}

/** Options of a listener. */
export interface NotificationListenerOptions {
  readonly url: string
  /** The name of the connection in `pg_stat_activity`. */
  readonly applicationName?: string
  /** Called when the connection is lost, and when a reconnect fails. */
  readonly onError?: (error: Error) => void
}

const FIRST_PAUSE_MS = 50
const MAX_PAUSE_MS = 5_000
const KEEP_ALIVE_AFTER_MS = 10_000
/** How long `close` waits for PostgreSQL before it cuts the connection. */
const MAX_CLOSE_MS = 2_000

/** Connects. Rejects if the first connection fails. Later failures are retried with growing delays, until `close`. */
export async function openNotificationListener(options: NotificationListenerOptions): Promise<NotificationListener> {
  const { onError = () => {} } = options
  const channels = new Map<string, Set<ChannelListener>>()
  const closed = new AbortController()
  let connection: Client | undefined

  /** Resolves when it listens, to a promise that resolves when the connection ends. */
  async function connect(): Promise<{ ended: Promise<void> }> {
    const client = await openConnection(options)
    const ended = new Promise<void>(resolve => {
      client.once('end', () => {
        connection = undefined
        resolve()
      })
    })
    client.on('notification', ({ channel, payload = '' }) => {
      for (const listener of channels.get(channel) ?? []) listener.notification(payload)
    })
    // Set before it listens, so that `listen` uses it for a channel that is added meanwhile.
    connection = client
    await Promise.all([...channels.keys()].map(channel => client.query(`listen ${escapeIdentifier(channel)}`)))
    return { ended }
  }

  async function reconnect(): Promise<{ ended: Promise<void> } | undefined> {
    for (let failures = 0; ; failures++) {
      await delay(Math.min(FIRST_PAUSE_MS * 2 ** failures, MAX_PAUSE_MS), undefined, { signal: closed.signal }).catch(() => {})
      if (closed.signal.aborted) return undefined
      try {
        const next = await connect()
        if (!closed.signal.aborted) return next
        await connection?.end() // It was closed in the meantime.
        return undefined
      } catch (error) {
        await connection?.end().catch(onError) // It connected but could not listen.
        onError(error as Error)
      }
    }
  }

  async function stayConnected(first: { ended: Promise<void> }): Promise<void> {
    for (let current: { ended: Promise<void> } | undefined = first; current !== undefined;) {
      await current.ended
      if (closed.signal.aborted) return
      onError(new Error('The connection for notifications was lost'))
      current = await reconnect()
      if (current) for (const listeners of channels.values()) for (const listener of listeners) listener.gap()
    }
  }

  const connected = stayConnected(await connect())
  return {
    async listen(channel, listener) {
      const listeners = channels.get(channel) ?? new Set()
      channels.set(channel, listeners.add(listener))
      // If the connection is lost meanwhile, the next one listens to all channels and reports the gap.
      await connection?.query(`listen ${escapeIdentifier(channel)}`).catch(onError)
      return {
        async stop() {
          listeners.delete(listener)
          if (listeners.size > 0 || channels.get(channel) !== listeners) return
          channels.delete(channel)
          await connection?.query(`unlisten ${escapeIdentifier(channel)}`).catch(onError)
        },
      }
    },
    disconnect() {
      if (connection !== undefined) destroyConnection(connection)
    },
    async close() {
      closed.abort()
      const client = connection
      const cut = setTimeout(() => client && destroyConnection(client), MAX_CLOSE_MS)
      await client?.end()
      await connected
      clearTimeout(cut)
    },
  }
}

async function openConnection({ url, applicationName }: NotificationListenerOptions): Promise<Client> {
  // Pipelined, so that concurrent listens do not wait for each other.
  const options = {
    ...connectionSettings(url),
    application_name: applicationName,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_AFTER_MS,
    connectionTimeoutMillis: 5_000,
    pipeline: true,
  }
  const client = new Client(options)
  client.on('error', () => {}) // An 'end' event follows, which is handled.
  try {
    await client.connect()
    return client
  } catch (error) {
    await client.end().catch(() => {})
    throw error
  }
}
