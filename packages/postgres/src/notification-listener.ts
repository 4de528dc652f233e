import { setTimeout as delay } from 'node:timers/promises'
import { Client, escapeIdentifier } from 'pg'

/** What hears a channel. Neither may throw. */
export interface ChannelListener {
  notification(payload: string): void
  /** The connection was lost and is back. What was sent meanwhile is lost too: read again, from your own cursor. */
  gap(): void
}

/** One connection that hears NOTIFY, for a whole process. It reconnects by itself. */
export interface NotificationListener {
  /** Hears a channel until it is stopped. Once this resolves, everything that commits is heard, or a gap is told. */
  listen(channel: string, listener: ChannelListener): Promise<{ stop(): Promise<void> }>
  close(): Promise<void>
}

/** Where to listen. */
export interface NotificationListenerOptions {
  readonly url: string
  /** How the connection shows in `pg_stat_activity`. */
  readonly applicationName?: string
  /** Told of each loss of the connection, and of each failure to get it back. */
  readonly onError?: (error: Error) => void
}

const FIRST_PAUSE_MS = 50
const MAX_PAUSE_MS = 5_000

/** Connects. Rejects where the first connection fails; later ones are tried again, with growing pauses, until `close`. */
export async function openNotificationListener(options: NotificationListenerOptions): Promise<NotificationListener> {
  const { onError = () => {} } = options
  const channels = new Map<string, Set<ChannelListener>>()
  const closed = new AbortController()
  let connection: Client | undefined

  /** Resolves once it listens; to what resolves when the connection ends. */
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
    // Known before it listens: to a channel that is added meanwhile, whoever adds it listens.
    connection = client
    await Promise.all([...channels.keys()].map(channel => client.query(`listen ${escapeIdentifier(channel)}`)))
    return { ended }
  }

  async function reconnect(): Promise<{ ended: Promise<void> } | undefined> {
    for (let failures = 0; ; failures++) {
      await delay(Math.min(FIRST_PAUSE_MS * 2 ** failures, MAX_PAUSE_MS), undefined, { signal: closed.signal }).catch(() => {})
      if (closed.signal.aborted) return undefined
      try {
        return await connect()
      } catch (error) {
        await connection?.end().catch(onError) // It connected, and could not listen.
        onError(error as Error)
      }
    }
  }

  async function stayConnected(first: { ended: Promise<void> }): Promise<void> {
    for (let current: { ended: Promise<void> } | undefined = first; current !== undefined;) {
      await current.ended
      if (closed.signal.aborted) return
      onError(new Error('The connection that hears notifications was lost'))
      current = await reconnect()
      if (current) for (const listeners of channels.values()) for (const listener of listeners) listener.gap()
    }
  }

  const connected = stayConnected(await connect())
  return {
    async listen(channel, listener) {
      const listeners = channels.get(channel) ?? new Set()
      channels.set(channel, listeners.add(listener))
      // Where the connection is lost meanwhile, the next one listens to every channel, and tells the gap.
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
    async close() {
      closed.abort()
      await connection?.end()
      await connected
    },
  }
}

async function openConnection({ url, applicationName }: NotificationListenerOptions): Promise<Client> {
  // Listeners come and go at once: none waits for the answer to another.
  const options = { connectionString: url, application_name: applicationName, keepAlive: true, connectionTimeoutMillis: 5_000, pipeline: true }
  const client = new Client(options)
  client.on('error', () => {}) // An 'end' follows, and that is what is acted on.
  try {
    await client.connect()
    return client
  } catch (error) {
    await client.end().catch(() => {})
    throw error
  }
}
