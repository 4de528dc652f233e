import type { Scope } from '@tollgate/kernel'
import type { PoolClient } from 'pg'
import { awaitAll } from './await-all.ts'
import type { PostgresTransaction, PreparedStatement } from './database.ts'
import { commitFailed, statementOrCommitFailed } from './database-failure.ts'
import { holdWrites, sendHeld } from './hold-writes.ts'
import { ROW_TYPES } from './row-types.ts'
import { ScopedQuery } from './scoped-query.ts'
import type { SetScope } from './set-scope.ts'

/** What starts a transaction. */
export interface Begin extends Signing {
  readonly signedScope: string
}

/** How the transactions of a connection set their scope. */
export interface Signing {
  readonly setScope: SetScope
  readonly sign: (scope: Scope) => string
  /** Returns a prepared statement with its name, or without it. */
  readonly named: (statement: PreparedStatement) => { readonly name: string | undefined; readonly text: string }
}

/** Runs work in a transaction. */
export async function transact<Result>(
  client: PoolClient,
  { scope, begin, work }: { scope: Scope; begin: Begin; work: (transaction: PostgresTransaction) => Promise<Result> },
): Promise<Result> {
  holdWrites(client)
  const opened = open(client, begin)
  const result = await work(openTransaction(client, begin, scope))
  await opened
  const { command } = await client.query('commit').catch(commitFailed)
  // PostgreSQL answers a commit after a failed statement with a rollback. This must not be reported as success, even if
  // the work caught the error of the statement.
  if (command !== 'COMMIT') throw new Error('The transaction was rolled back, because a statement in it failed')
  return result
}

/** Returns the transaction that was opened on a connection. It sets the scope again only where queries in several scopes alternate. */
function openTransaction(client: PoolClient, begin: Begin, scope: Scope): PostgresTransaction {
  let current = begin.signedScope
  let isFirst = true
  const inScope = (own: Scope, signedScope: string): PostgresTransaction => ({
    scope: own,
    query: async <Row>(statement: string | PreparedStatement, values: readonly unknown[] = []) => {
      holdWrites(client)
      // Sent together: if the scope cannot be set, PostgreSQL refuses the statement too.
      const changed = current === signedScope ? undefined : sendScope(client, begin, signedScope)
      current = signedScope
      const sent = send(client, begin, statement, values)
      // The caller may prepare the next statements while PostgreSQL works on the first.
      sendHeld(client, { isNow: isFirst })
      isFirst = false
      const { rows } = changed === undefined ? await sent : (await awaitAll([changed, sent]))[1]
      return rows as Row[]
    },
    inScope: other => inScope(other, begin.sign(other)),
  })
  return inScope(scope, begin.signedScope)
}

/** Runs one statement in a transaction of its own. PostgreSQL answers it with an error if it, or its commit, fails. */
export async function transactOne<Row>(
  client: PoolClient,
  { begin, statement, values }: { begin: Begin; statement: string | PreparedStatement; values: readonly unknown[] },
): Promise<Row[]> {
  holdWrites(client)
  try {
    return await new Promise<Row[]>((resolve, reject) => {
      const query = { ...queryOf(begin, statement), values: [...values], types: ROW_TYPES }
      void client.query(new ScopedQuery(query, begin, (error, result) => (error === null ? resolve(result.rows) : reject(error))))
    })
  } catch (error) {
    Error.captureStackTrace(error as Error) // Its own leads to the socket.
    return statementOrCommitFailed(error)
  }
}

function queryOf(begin: Begin, statement: string | PreparedStatement): { readonly name?: string | undefined; readonly text: string } {
  return typeof statement === 'string' ? { text: statement } : begin.named(statement)
}

function send(client: PoolClient, begin: Begin, statement: string | PreparedStatement, values: readonly unknown[]): Promise<{ rows: unknown[] }> {
  return client.query({ ...queryOf(begin, statement), values: [...values], types: ROW_TYPES })
}

/** Sends begin and the scope without waiting. The caller awaits the result; the handler here only prevents an unhandled rejection. */
function open(client: PoolClient, begin: Begin): Promise<unknown> {
  const opened = Promise.all([client.query('begin'), sendScope(client, begin, begin.signedScope)])
  opened.catch(() => {})
  return opened
}

function sendScope(client: PoolClient, begin: Begin, signedScope: string): Promise<unknown> {
  return client.query({ ...begin.setScope, values: [signedScope] })
}
