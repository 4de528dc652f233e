import { awaitAll, defineColumns, pageInScope, type PostgresDatabase, type Statement, statementValues } from '@tollgate/postgres'
import { isUuid, parseExactJson, type Scope, Temporal, tenantScope, toPage } from '@tollgate/kernel'
import { rejectionFingerprint } from '../engine/rejection-fingerprint.ts'
import type { NewRejectedEvent, RejectedEvent } from '../model/rejected-event.ts'
import { MAX_REJECTED_EVENTS } from '../model/event-limits.ts'
import type { RejectedEventsQuery, RejectedEventStore, RejectedEventStoreOptions } from '../rejected-event-store.ts'

/** Equal rejected events, and how often they were sent. */
interface RejectedEntry extends NewRejectedEvent {
  readonly fingerprint: string
  readonly attempts: number
}

const NEW_ENTRY_COLUMNS = defineColumns<RejectedEntry>(column => [
  column('id', 'uuid', entry => entry.id),
  column('tenant_id', 'text', entry => entry.tenantId),
  column('idempotency_key', 'text', entry => (entry.idempotencyKey === null ? null : withoutNul(entry.idempotencyKey))),
  column('reason', 'text', entry => withoutNul(entry.reason)),
  column('payload', 'json', entry => entry.payload),
  column('fingerprint', 'bytea', entry => entry.fingerprint),
  column('rejected_at', 'timestamptz', entry => entry.rejectedAt),
  column('attempts', 'integer', entry => entry.attempts),
])

// Sorted, so that two callers with the same entries wait for each other in one order. Relies on the unique index
// (tenant_id, fingerprint) over unresolved entries.
const ADD = `
  insert into usage.rejected_events as known (${NEW_ENTRY_COLUMNS.names})
  select ${NEW_ENTRY_COLUMNS.names} from ${NEW_ENTRY_COLUMNS.unnestAs('rejected', 1)}
  order by tenant_id, fingerprint
  on conflict (tenant_id, fingerprint) where resolved_at is null
    do update set attempts = known.attempts + excluded.attempts, reason = excluded.reason`

// Skips entries that another caller is changing, so that callers cannot deadlock. Relies on the index (tenant_id, id).
const DISCARD_OLDEST = `
  delete from usage.rejected_events where id in (
    select id from usage.rejected_events where id in (
      select entry.id
      from unnest($1::text[]) as owner (tenant_id)
      cross join lateral (select id from usage.rejected_events where tenant_id = owner.tenant_id order by id desc offset $2) as entry)
    for update skip locked)
  returning 1`

const COLUMNS = 'id, tenant_id, idempotency_key, reason, payload::text as payload, rejected_at, attempts, resolved_at'

// Relies on the primary key (id).
const BY_ID = `select ${COLUMNS} from usage.rejected_events where id = $1::uuid`
const RESOLVE = 'update usage.rejected_events set resolved_at = $2::timestamptz where id = $1::uuid and resolved_at is null'

interface RejectedRow {
  id: string
  tenant_id: string
  idempotency_key: string | null
  reason: string
  payload: string | null
  rejected_at: string
  attempts: number
  resolved_at: string | null
}

/** Stores rejected events in PostgreSQL. */
export function postgresRejectedEventStore(
  database: PostgresDatabase,
  { maxPerTenant = MAX_REJECTED_EVENTS }: RejectedEventStoreOptions = {},
): RejectedEventStore {
  return {
    async add(rejected) {
      const entries = countRepeats(rejected)
      if (entries.length === 0) return { discarded: 0 }
      const tenantIds = [...new Set(entries.map(entry => entry.tenantId))]
      return database.transaction(tenantScope(...tenantIds), async transaction => {
        const [, discarded] = await awaitAll([
          transaction.query(ADD, NEW_ENTRY_COLUMNS.values(entries)),
          transaction.query(DISCARD_OLDEST, [tenantIds, maxPerTenant]),
        ])
        return { discarded: discarded.length }
      })
    },

    async list(scope, query) {
      if (query.after !== undefined && !isUuid(query.after)) return { items: [], hasMore: false }
      const { text, values } = listStatement(scope, query)
      const rows = await database.query<RejectedRow>(scope, text, values)
      return toPage(rows.map(rejectedEventOf), query.first)
    },

    async byId(scope, id) {
      if (!isUuid(id)) return undefined
      const [row] = await database.query<RejectedRow>(scope, BY_ID, [id])
      return row && rejectedEventOf(row)
    },

    async resolve(scope, id, at) {
      if (isUuid(id)) await database.query(scope, RESOLVE, [id, at.toString()])
    },
  }
}

/** Reads one more than the page. Relies on the index (tenant_id, id), and for an operator on the primary key. */
function listStatement(scope: Scope, { first, after, includeResolved = false }: RejectedEventsQuery): Statement {
  const statement = statementValues()
  const { condition, order } = pageInScope(scope, statement, 'id desc')
  const conditions = [condition, includeResolved ? 'true' : 'resolved_at is null', after === undefined ? 'true' : `id < ${statement.add(after)}::uuid`]
  const text = `select ${COLUMNS} from usage.rejected_events where ${conditions.join(' and ')} order by ${order} limit ${statement.add(first + 1)}`
  return { text, values: statement.values }
}

/** Merges equal entries and counts them, because one statement cannot update a row twice. */
function countRepeats(rejected: readonly NewRejectedEvent[]): RejectedEntry[] {
  const same = Map.groupBy(rejected, rejectionFingerprint)
  return [...same].flatMap(([fingerprint, [first, ...repeats]]) =>
    first === undefined ? [] : [{ ...first, fingerprint, reason: (repeats.at(-1) ?? first).reason, attempts: 1 + repeats.length }],
  )
}

/** Text in PostgreSQL cannot contain NUL, which is one reason for a rejection. */
function withoutNul(text: string): string {
  return text.replaceAll('\0', '\uFFFD')
}

function rejectedEventOf(row: RejectedRow): RejectedEvent {
  return {
    id: row.id,
    tenantId: row.tenant_id,
    idempotencyKey: row.idempotency_key,
    reason: row.reason,
    payload: row.payload === null ? null : parseExactJson(row.payload),
    rejectedAt: Temporal.Instant.from(row.rejected_at),
    attempts: row.attempts,
    resolvedAt: row.resolved_at === null ? null : Temporal.Instant.from(row.resolved_at),
  }
}
