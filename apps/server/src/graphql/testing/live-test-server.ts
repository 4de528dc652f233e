import { serverAuthenticator } from '../../features/accounts/server-authenticator.ts'
import { type DatabaseAccess, openNotificationListener } from '@tollgate/postgres'
import { type EntityDatabase, openEntityDatabase } from '@tollgate/postgres/mikro-orm'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { randomIds, type SettableClock } from '@tollgate/kernel'
import { type Client, createClient } from 'graphql-ws'
import { pino } from 'pino'
import { followRevokedKeys } from '../../features/accounts/revoked-keys.ts'
import { composeTollgate } from '../../compose.ts'
import type { Tollgate } from '../../tollgate.ts'
import { entities } from '../../database/entities.ts'
import { type Live, openLive } from '../../live/live.ts'
import { notifyThrough } from '../../live/notify.ts'
import { openUsageSignals } from '../../features/usage/live/usage-signals.ts'
import { createGraphQLListener } from '../graphql-listener.ts'
import { createGraphQLSockets, type GraphQLSockets } from '../live/graphql-sockets.ts'
import type { PersistedOperationsSettings } from '../persisted/read-persisted-operations.ts'
import { createLiveServing, type LiveServing } from '../live/live-serving.ts'

/** Options of a live test server. */
export interface LiveTestServerOptions {
  /** Access to a test database, which several servers can share. */
  readonly access: DatabaseAccess
  readonly clock: SettableClock
  readonly persisted?: PersistedOperationsSettings
}

/** A listening server with subscriptions in this process. It shares nothing but the database with others, like a process of its own. */
export interface LiveTestServer {
  /** URL of GraphQL. */
  readonly url: string
  readonly tollgate: Tollgate
  readonly live: Live
  readonly serving: LiveServing
  readonly sockets: GraphQLSockets
  /** Returns the statements sent to the database since the last call. */
  statements(): string[]
  /** Creates a WebSocket client that does not reconnect by itself. */
  socketClient(key: string): Client
  stop(): Promise<void>
}

/** The operator key of test servers. */
export const OPERATOR_KEY = 'operator-key-of-the-tests'

/** Starts a live test server. */
export async function startLiveTestServer({ access, clock, persisted }: LiveTestServerOptions): Promise<LiveTestServer> {
  const logger = pino({ level: 'silent' })
  const statements: string[] = []
  const database = recording(await openEntityDatabase({ ...access, entities, poolSize: 6 }), statements)
  const listener = await openNotificationListener({ url: access.directUrl })
  const signals = await openUsageSignals({ listener, notify: notifyThrough(database), intervalMs: 20 })
  const tollgate = composeTollgate({ database, clock, ids: randomIds(), listener, operatorKey: OPERATOR_KEY, observer: signals.observer })
  const live = await openLive({ tollgate, signals, listener, clock, log: logger })
  const authenticator = serverAuthenticator({
    accounts: tollgate.accounts,
    accessTokens: tollgate.accessTokens,
    sessions: tollgate.sessions,
    clock,
    operatorKey: OPERATOR_KEY,
  })
  const serving = createLiveServing({ live, authenticator, clock, logger })
  const revoked = await followRevokedKeys(listener, serving.keysRevoked)
  const options = { tollgate, authenticator, logger, serving, persisted }
  const sockets = createGraphQLSockets(options)
  const handle = createGraphQLListener(options)
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const body = request.method === 'POST' ? { body: JSON.parse(await text(request)) as object } : {}
    await handle(Object.assign(request, body), response, { requestId: 'test' })
  }
  const server = createServer((request, response) => void answer(request, response))
  server.on('upgrade', (request, socket, head) => sockets.upgrade(request, socket, head, { requestId: 'test' }))
  await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  const clients: Client[] = []
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    tollgate,
    live,
    serving,
    sockets,
    statements: () => statements.splice(0),
    socketClient(key) {
      const client = createClient({ url: `ws://127.0.0.1:${port}/graphql`, connectionParams: { authorization: `Bearer ${key}` }, retryAttempts: 0 })
      clients.push(client)
      return client
    },
    async stop() {
      for (const client of clients) await client.dispose()
      await sockets.stop()
      serving.stop()
      server.closeAllConnections()
      await new Promise(closed => server.close(closed))
      await revoked.stop()
      await live.stop()
      await tollgate.stop()
      await signals.stop()
      await listener.close()
      await database.close()
    },
  }
}

function recording(database: EntityDatabase, statements: string[]): EntityDatabase {
  return {
    ...database,
    query: (scope, statement, values) => {
      statements.push(typeof statement === 'string' ? statement : statement.text)
      return database.query(scope, statement, values)
    },
    entities: (scope, work) => {
      statements.push('entities')
      return database.entities(scope, work)
    },
  }
}
