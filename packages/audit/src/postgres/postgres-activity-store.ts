import { type IdSource, OPERATOR_SCOPE, tenantScope } from '@tollgate/kernel'
import { type PostgresDatabase, postgresTransaction, type PostgresTransaction, type PreparedStatement, retryOnConflict } from '@tollgate/postgres'
import type { ActivityStore } from '../activity-store.ts'
import { sumMinute } from '../engine/sum-minute.ts'
import type { MinuteOfActivity } from '../model/activity-count.ts'
import { ACTIVITY_COLUMNS, type ActivityRow, toActivity } from './activity-columns.ts'

const INSERT: PreparedStatement = {
  name: 'audit_add_activity',
  text: `insert into audit.activity_counts (${ACTIVITY_COLUMNS.names}) select ${ACTIVITY_COLUMNS.unnest(1)}`,
}
// Both rely on the primary key (tenant_id, minute, id). The first goes from tenant to tenant without reading their rows.
export const TENANTS = `
  with recursive tenants as (
    (select tenant_id from audit.activity_counts where tenant_id > $1 order by tenant_id limit 1)
    union all
    select (select next.tenant_id from audit.activity_counts as next where next.tenant_id > tenants.tenant_id order by next.tenant_id limit 1)
    from tenants where tenants.tenant_id is not null
  )
  select tenant_id from tenants
  where exists (select from audit.activity_counts as due where due.tenant_id = tenants.tenant_id and due.minute < $2)
  limit $3`
export const TAKE = `
  delete from audit.activity_counts where tenant_id = $1 and minute = (
    select minute from audit.activity_counts where tenant_id = $1 and minute < $2 order by minute limit 1
  )
  returning tenant_id, minute, actor_kind, actor_id, family, action, calls, counts`

/** Options of the store. */
export interface PostgresActivityStoreOptions {
  /** For counts in memory, which many callers share. */
  readonly database: PostgresDatabase
  /** For the work that records minutes. Defaults to `database`. */
  readonly background?: PostgresDatabase
  readonly ids: IdSource
}

/** Keeps counts of activity in PostgreSQL: a row for each actor, type and commit, so that commits do not wait for each other. */
export function postgresActivityStore({ database, background = database, ids }: PostgresActivityStoreOptions): ActivityStore {
  const insert = async (transaction: PostgresTransaction, counts: readonly MinuteOfActivity[]): Promise<void> => {
    await transaction.query(INSERT, ACTIVITY_COLUMNS.values(counts.map(count => ({ ...count, id: ids.uuidV7(count.minute.epochMilliseconds) }))))
  }
  return {
    addIn: (transaction, counts) => insert(postgresTransaction(transaction), counts),
    async add(counts) {
      if (counts.length === 0) return
      const scope = tenantScope(...new Set(counts.map(({ tenantId }) => tenantId)))
      await database.transaction(scope, transaction => insert(transaction, counts))
    },
    async tenants({ before, after = '', first }) {
      const rows = await background.query<{ tenant_id: string }>(OPERATOR_SCOPE, TENANTS, [after, before.toString(), first])
      return rows.map(row => row.tenant_id)
    },
    take: ({ tenantId, before }, use) =>
      retryOnConflict(() =>
        background.transaction(tenantScope(tenantId), async transaction => {
          const rows = await transaction.query<ActivityRow>(TAKE, [tenantId, before.toString()])
          if (rows.length > 0) await use(transaction, sumMinute(rows.map(toActivity)))
          return rows.length > 0
        }),
      ),
  }
}
