import { type ScriptedProvider, scriptedProvider } from '@tollgate/invoicing/testing'
import { serverAuthenticator } from '../../features/accounts/server-authenticator.ts'
import { createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import type { PostgresDatabase } from '@tollgate/postgres'
import { type EntityDatabase, openEntityDatabase } from '@tollgate/postgres/mikro-orm'
import { randomIds, type SettableClock, settableClock } from '@tollgate/kernel'
import { pino } from 'pino'
import { KEY_SCOPES, type KeyScope } from '../../features/accounts/key-scopes.ts'
import { composeTollgate } from '../../compose.ts'
import type { Tollgate } from '../../tollgate.ts'
import type { MailSettings } from '../../features/billing/mail/mail-settings.ts'
import { entities } from '../../database/entities.ts'
import { createGraphQLHandler } from '../yoga.ts'

/** The response to a request. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  /** The data as selected by the query. */
  readonly data: any
  readonly errors: { message: string; path?: (string | number)[]; extensions: { code: string; issues?: { path: string; message: string }[] } }[]
}

/** GraphQL in this process, with a database of its own. */
export interface GraphQLTestServer {
  readonly tollgate: Tollgate
  readonly test: TestDatabase
  readonly clock: SettableClock
  /** Takes payments. */
  readonly provider: ScriptedProvider
  readonly operatorKey: string
  /** The logged lines. */
  readonly logged: Record<string, unknown>[]
  /** Returns the statements sent to the database since the last call. */
  statements(): string[]
  /** Sends an operation, without a key if that is null. */
  send(key: string | null, query: string, variables?: Record<string, unknown>): Promise<Answer>
  fetch(request: Request): Promise<Response>
  /** Creates a key and returns its secret. */
  keyOf(tenantId: string | null, scopes?: readonly KeyScope[]): Promise<string>
  /** Composes the program again over the same database with its own connections, like another server process. `stop` stops it too. */
  another(): Promise<Tollgate>
  stop(): Promise<void>
}

/** Options of a test server. */
export interface TestServerOptions {
  readonly queuedEvents?: number
  /** Replaces transactions, to delay them or to let them fail. */
  readonly transaction?: (database: PostgresDatabase) => PostgresDatabase['transaction']
  /** How e-mails are sent. Defaults to none. */
  readonly mail?: MailSettings
}

/** Starts a test server with the tenants "acme" and "globex". Its clock stands at noon of 2026-11-20 UTC. */
export async function startGraphQLTestServer({ queuedEvents, transaction, mail }: TestServerOptions = {}): Promise<GraphQLTestServer> {
  const test = await createTestDatabase({ entities })
  const clock = settableClock('2026-11-20T12:00:00Z')
  const logged: Record<string, unknown>[] = []
  const logger = pino({ level: 'info', base: null }, { write: line => void logged.push(JSON.parse(line) as Record<string, unknown>) })
  const statements: string[] = []
  const operatorKey = 'operator-key-of-the-tests'
  const others: { other: Tollgate; database: PostgresDatabase }[] = []
  const provider = scriptedProvider()
  const tollgate = composeTollgate({
    database: recording(transaction ? { ...test.database, transaction: transaction(test.database) } : test.database, statements),
    clock,
    ids: randomIds(),
    logger,
    operatorKey,
    collection: { providers: [provider], graceDays: 7 },
    mail,
    limits: { ...(queuedEvents !== undefined && { queuedEvents }) },
  })
  await tollgate.accounts.createTenant({ id: 'acme', name: 'Acme' })
  await tollgate.accounts.createTenant({ id: 'globex', name: 'Globex' })
  const yoga = createGraphQLHandler({
    tollgate,
    authenticator: serverAuthenticator({
      accounts: tollgate.accounts,
      accessTokens: tollgate.accessTokens,
      sessions: tollgate.sessions,
      signInCodes: tollgate.signInCodes,
      clock,
      operatorKey,
    }),
    logger,
  })
  return {
    tollgate,
    test,
    clock,
    provider,
    operatorKey,
    logged,
    statements: () => statements.splice(0),
    async send(key, query, variables = {}) {
      const response = await yoga.fetch('http://localhost/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(key !== null && { authorization: `Bearer ${key}` }) },
        body: JSON.stringify({ query, variables }),
      })
      const { data = null, errors = [] } = (await response.json()) as Partial<Answer>
      return { status: response.status, headers: response.headers, data, errors }
    },
    fetch: async request => yoga.fetch(request),
    keyOf: async (tenantId, scopes) => (await tollgate.accounts.createApiKey({ tenantId, name: 'test', scopes }, new Set(KEY_SCOPES))).secret,
    async another() {
      const database = await openEntityDatabase({ ...test.access, entities })
      const other = composeTollgate({ database, clock, ids: randomIds(), logger, mail })
      others.push({ other, database })
      return other
    },
    async stop() {
      for (const { other, database } of others) {
        await other.stop()
        await database.close()
      }
      await tollgate.stop()
      await test.drop()
    },
  }
}

/** Returns the same database, which records its statements. */
function recording(database: EntityDatabase, statements: string[]): EntityDatabase {
  return {
    ...database,
    query: (scope, statement, values) => {
      statements.push(typeof statement === 'string' ? statement : statement.text)
      return database.query(scope, statement, values)
    },
    transaction: (scope, work) => {
      statements.push('transaction')
      return database.transaction(scope, work)
    },
    entities: (scope, work) => {
      statements.push('entities')
      return database.entities(scope, work)
    },
  }
}
