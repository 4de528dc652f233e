import { type Connection, Query, type QueryConfig, type QueryResult } from 'pg'
import type { SetScope } from './set-scope.ts'

/** What `pg` calls on a query. Its types do not declare these methods. */
interface ConnectionQuery {
  name: string | undefined
  text: string
  submit(connection: QueryConnection): Error | null
  handleDataRow(message: unknown): void
  handleCommandComplete(message: unknown, connection: QueryConnection): void
  handleError(error: Error, connection: QueryConnection): void
}

/** The part of a connection of `pg` that sends messages, and knows which statements it has prepared and which it has sent. */
interface QueryConnection extends Pick<Connection, 'stream'> {
  readonly parsedStatements: Readonly<Record<string, string>>
  readonly submittedNamedStatements: Record<string, string>
  parse(statement: { readonly name: string | undefined; readonly text: string }): void
  bind(portal: { readonly statement: string | undefined; readonly values: readonly string[] }): void
  execute(portal: object): void
}

type Callback = (error: Error | null, result: QueryResult) => void

const ConnectionQuery = Query as unknown as new (config: QueryConfig & { readonly queryMode: 'extended' }, callback: Callback) => ConnectionQuery

/** The part that PostgreSQL is answering. */
type Part = 'scope' | 'statement'

/**
 * A query of `pg` that sets its scope first, in the same transaction. PostgreSQL runs all messages up to the next Sync in one
 * transaction, which needs no `begin` and `commit`: they would take longer than a small statement.
 */
export class ScopedQuery extends ConnectionQuery {
  readonly #setScope: SetScope
  readonly #signedScope: string
  readonly #statement: { readonly name: string | undefined; readonly text: string }
  #part: Part = 'statement'

  constructor(query: QueryConfig, { setScope, signedScope }: { readonly setScope: SetScope; readonly signedScope: string }, callback: Callback) {
    super({ ...query, queryMode: 'extended' }, callback)
    this.#setScope = setScope
    this.#signedScope = signedScope
    this.#statement = { name: this.name, text: this.text }
  }

  override submit(connection: QueryConnection): Error | null {
    if (this.#isNameTaken(connection)) return super.submit(connection) // It sends nothing and returns the error.
    const { name, text } = this.#setScope
    connection.stream.cork()
    try {
      if (preparedText(connection, name) === undefined) {
        connection.parse({ name, text })
        if (name !== undefined) connection.submittedNamedStatements[name] = text
      }
      connection.bind({ statement: name, values: [this.#signedScope] })
      connection.execute({})
      super.submit(connection)
    } finally {
      connection.stream.uncork()
    }
    this.#part = 'scope'
    this.name = name // Read by `pg` when PostgreSQL has prepared a statement.
    this.text = text
    return null
  }

  override handleDataRow(message: unknown): void {
    if (this.#part === 'statement') super.handleDataRow(message)
  }

  override handleCommandComplete(message: unknown, connection: QueryConnection): void {
    if (this.#part === 'statement') return super.handleCommandComplete(message, connection)
    this.#part = 'statement'
    this.name = this.#statement.name
    this.text = this.#statement.text
  }

  override handleError(error: Error, connection: QueryConnection): void {
    // PostgreSQL skips the messages that follow an error, so it may not have prepared the statement.
    if (this.#statement.name !== undefined) delete connection.submittedNamedStatements[this.#statement.name]
    super.handleError(error, connection)
  }

  #isNameTaken(connection: QueryConnection): boolean {
    const { name, text } = this.#statement
    const known = preparedText(connection, name)
    return known !== undefined && known !== text
  }
}

function preparedText({ parsedStatements, submittedNamedStatements }: QueryConnection, name: string | undefined): string | undefined {
  return name === undefined ? undefined : (parsedStatements[name] ?? submittedNamedStatements[name])
}
