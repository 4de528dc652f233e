import {
  bytesArray,
  inScope,
  integerArray,
  type PostgresDatabase,
  type Statement,
  statementValues,
  textArray,
  timestampArray,
  toEpochMicroseconds,
  uuidArray,
} from '@tollgate/postgres'
import { isUuid, type Scope, Temporal, tenantScope } from '@tollgate/kernel'
import type { NewRejectedEvent, RejectedEvent, RejectedEventsQuery, RejectedEventStore } from '../rejected-event-store.ts'
import { rejectionFingerprint } from '../rejection-fingerprint.ts'

// Sorted, so that two callers with the same entries wait for each other in one order. Relies on the unique index
// (tenant_id, fingerprint) of what is unresolved.
const ADD = `
  insert into usage.rejected_events as known (id, tenant_id, idempotency_key, reason, payload, fingerprint, rejected_at, attempts)
  select id, tenant_id, idempotency_key, reason, payload::json, fingerprint, rejected_at, attempts
  from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bytea[], $7::timestamptz[], $8::integer[])
    as refused (id, tenant_id, idempotency_key, reason, payload, fingerprint, rejected_at, attempts)
  order by tenant_id, fingerprint
  on conflict (tenant_id, fingerprint) where resolved_at is null
    do update set attempts = known.attempts + excluded.attempts, reason = excluded.reason`

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

/** Keeps refused events in PostgreSQL. */
export function postgresRejectedEventStore(database: PostgresDatabase): RejectedEventStore {
  return {
    async add(rejected) {
      const entries = countRepeats(rejected)
      if (entries.length === 0) return
      await database.query(tenantScope(...new Set(entries.map(entry => entry.tenantId))), ADD, [
        uuidArray(entries.map(entry => entry.id)),
        textArray(entries.map(entry => entry.tenantId)),
        textArray(entries.map(entry => storableText(entry.idempotencyKey))),
        textArray(entries.map(entry => storableText(entry.reason))),
        textArray(entries.map(entry => (entry.payload === null ? null : JSON.stringify(entry.payload)))),
        bytesArray(entries.map(entry => entry.fingerprint)),
        timestampArray(entries.map(entry => toEpochMicroseconds(entry.rejectedAt))),
        integerArray(entries.map(entry => entry.attempts)),
      ])
    },

    async list(scope, query) {
      if (query.after !== undefined && !isUuid(query.after)) return { rejected: [], hasMore: false }
      const { text, values } = listStatement(scope, query)
      const rows = await database.query<RejectedRow>(scope, text, values)
      return { rejected: rows.slice(0, query.first).map(rejectedEventOf), hasMore: rows.length > query.first }
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

/** One more than the page. Relies on the index (tenant_id, id), and for an operator on the primary key. */
function listStatement(scope: Scope, { first, after, includeResolved = false }: RejectedEventsQuery): Statement {
  const statement = statementValues()
  const conditions = [
    inScope(scope, statement),
    includeResolved ? 'true' : 'resolved_at is null',
    after === undefined ? 'true' : `id < ${statement.add(after)}::uuid`,
  ]
  const text = `select ${COLUMNS} from usage.rejected_events where ${conditions.join(' and ')} order by id desc limit ${statement.add(first + 1)}`
  return { text, values: statement.values }
}

/** Each different one once, with the number of times it is there: a statement cannot count up a row twice. */
function countRepeats(rejected: readonly NewRejectedEvent[]): (NewRejectedEvent & { fingerprint: string; attempts: number })[] {
  const same = Map.groupBy(rejected, rejectionFingerprint)
  return [...same].flatMap(([fingerprint, [first, ...repeats]]) =>
    first === undefined ? [] : [{ ...first, fingerprint, reason: (repeats.at(-1) ?? first).reason, attempts: 1 + repeats.length }],
  )
}

/** PostgreSQL's text holds no NUL, which is one of the reasons to be here. */
function storableText<Text extends string | null>(text: Text): string | Extract<Text, null> {
  return (text?.replaceAll('\0', '\uFFFD') ?? null) as string | Extract<Text, null>
}

function rejectedEventOf(row: RejectedRow): RejectedEvent {
  return {
    id: row.id,
    tenantId: row.tenant_id,
    idempotencyKey: row.idempotency_key,
    reason: row.reason,
    payload: row.payload === null ? null : (JSON.parse(row.payload) as unknown),
    rejectedAt: Temporal.Instant.from(row.rejected_at),
    attempts: row.attempts,
    resolvedAt: row.resolved_at === null ? null : Temporal.Instant.from(row.resolved_at),
  }
}
