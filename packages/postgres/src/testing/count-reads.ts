import type { Scope } from '@tollgate/kernel'
import type { PostgresDatabase, PostgresTransaction, PreparedStatement } from '../database.ts'

/** How many rows a statement read of a table, including those that it filtered out. */
export interface TableRead {
  readonly statement: string
  readonly table: string
  readonly rows: number
}

/** What to count, and how to plan. */
export interface ReadCount {
  readonly schema: string
  /** Whether prepared statements are planned for the values of each call, or once for any values, as PostgreSQL does after a while. */
  readonly plansFor: 'these values' | 'any values'
}

/** Whichever is more: the rows that indexes returned, or those that were read by them. Bitmaps count in the latter only. */
const COUNT_READS = `
  select relname as table, (pg_stat_get_xact_tuples_returned(rel.oid) + greatest(pg_stat_get_xact_tuples_fetched(rel.oid),
      (select sum(pg_stat_get_xact_tuples_returned(indexrelid)) from pg_index where indrelid = rel.oid)))::integer as rows
  from pg_class as rel where relkind = 'r' and relnamespace = $1::regnamespace`

/**
 * Returns the database, whose statements run one after the other, and the list of what they read. A test runs the usual operations of a
 * large tenant among many small ones, and checks that no statement reads more than it needs.
 */
export function countReads(database: PostgresDatabase, { schema, plansFor }: ReadCount): { database: PostgresDatabase; reads: TableRead[] } {
  const reads: TableRead[] = []
  // A statement without a name is planned for its values each time.
  const planOf = (isPrepared: boolean) => `set local plan_cache_mode = ${isPrepared && plansFor === 'any values' ? 'force_generic_plan' : 'force_custom_plan'}`

  async function counted<Row>(transaction: PostgresTransaction, statement: string | PreparedStatement, values: readonly unknown[]): Promise<Row[]> {
    const count = async () => {
      const rows = await transaction.query<{ table: string; rows: number }>(COUNT_READS, [schema])
      return new Map(rows.map(({ table, rows: read }) => [table, read]))
    }
    const isPrepared = typeof statement !== 'string'
    const before = await count()
    await transaction.query(planOf(isPrepared))
    const result = await transaction.query<Row>(statement, values)
    const text = isPrepared ? statement.text : statement
    for (const [table, rows] of await count()) {
      const read = rows - (before.get(table) ?? 0)
      if (read > 0) reads.push({ statement: text.replaceAll(/\s+/g, ' ').trim(), table, rows: read })
    }
    return result
  }

  function counting(transaction: PostgresTransaction, last: { done: Promise<unknown> }): PostgresTransaction {
    return {
      ...transaction,
      query: <Row>(statement: string | PreparedStatement, values: readonly unknown[] = []) => {
        const result = last.done.then(() => counted<Row>(transaction, statement, values))
        last.done = result.catch(() => {})
        return result
      },
      inScope: (scope: Scope) => counting(transaction.inScope(scope), last),
    }
  }

  return {
    database: {
      ...database,
      query: (scope, statement, values) => database.transaction(scope, transaction => counted(transaction, statement, values ?? [])),
      transaction: (scope, work) =>
        database.transaction(scope, async transaction => {
          const last = { done: Promise.resolve<unknown>(undefined) }
          const result = await work(counting(transaction, last))
          // The commit follows the statements that nobody awaited.
          await last.done
          return result
        }),
    },
    reads,
  }
}
