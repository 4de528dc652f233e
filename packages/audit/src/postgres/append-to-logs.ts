import { awaitAll, type PostgresTransaction, textArray } from '@tollgate/postgres'
import type { AuditAppend } from '../audit-store.ts'
import { appendEntries } from '../engine/append-entries.ts'
import type { CheckedAuditEvent } from '../model/audit-event.ts'
import { EMPTY_HEAD, type LogHead } from '../model/log-head.ts'
import type { AppendedEvent } from '../model/recorded-audit-event.ts'
import { type AppendTools, appendEvents, type HeadRow, toHead } from './append-events.ts'
import { EVENT_COLUMNS, KEY_COLUMNS, PERSONAL_COLUMNS } from './event-columns.ts'
import { HEAD_COLUMNS } from './head-columns.ts'
import { TENANT_LOGS } from './log-tables.ts'
import { insertSubjectKeys, sealWith, type SubjectKeyRow, subjectsOf } from './subject-keys.ts'

// In the order of tenants, so that transactions that write to the same logs cannot deadlock. Relies on the primary keys.
export const CREATE_HEADS = `insert into audit.heads (tenant_id, size, frontier) select id, 0, '' from unnest($1::text[]) as id order by id collate "C" on conflict do nothing`
export const LOCK_HEADS = `
  select tenant_id, size, encode(last_hash, 'hex') as last_hash, encode(frontier, 'hex') as frontier, last_recorded_at
  from audit.heads where tenant_id = any ($1::text[]) order by tenant_id for update`
export const FIND_USED_KEYS = `
  select keys.tenant_id from unnest($1::text[], $2::text[]) as wanted (tenant_id, idempotency_key)
  join audit.event_keys as keys using (tenant_id, idempotency_key)`
export const FIND_SUBJECT_KEYS_OF_LOGS = `
  select keys.tenant_id, key_id, keys.subject_id, encode(wrapped_key, 'hex') as wrapped_key
  from unnest($1::text[], $2::text[]) as wanted (tenant_id, subject_id)
  join audit.subject_keys as keys using (tenant_id, subject_id) where wrapped_key is not null`
export const MOVE_HEADS = `
  update audit.heads as head set size = moved.size, last_hash = moved.last_hash, frontier = moved.frontier, last_recorded_at = moved.last_recorded_at
  from ${HEAD_COLUMNS.unnestAs('moved', 1)} where head.tenant_id = moved.tenant_id`

/** An append to the log of a tenant. */
interface TenantAppend extends AuditAppend {
  readonly tenantId: string
}

/**
 * Appends events to several logs, each once. All logs of tenants are read together and written together, in as many statements as one log
 * needs. A log in which a key was used before is appended to on its own, which tells repeats from conflicts.
 */
export async function appendToLogs(
  transaction: PostgresTransaction,
  appends: readonly AuditAppend[],
  tools: AppendTools,
): Promise<readonly (readonly AppendedEvent[])[]> {
  const together = new Map<AuditAppend, readonly AppendedEvent[]>()
  const ofTenants = appends.filter((append): append is TenantAppend => append.tenantId !== null && hasDistinctKeys(append))
  if (ofTenants.length > 1) for (const [append, appended] of await appendTogether(transaction, ofTenants, tools)) together.set(append, appended)
  const results: (readonly AppendedEvent[])[] = []
  for (const append of appends) results.push(together.get(append) ?? (await appendEvents(transaction, append, tools)))
  return results
}

function hasDistinctKeys({ events }: AuditAppend): boolean {
  return new Set(events.map(({ idempotencyKey }) => idempotencyKey)).size === events.length
}

async function appendTogether(
  transaction: PostgresTransaction,
  appends: readonly TenantAppend[],
  tools: AppendTools,
): Promise<ReadonlyMap<AuditAppend, readonly AppendedEvent[]>> {
  const pairs = appends.flatMap(({ tenantId, events }) => events.map(event => ({ tenantId, event })))
  const tenants = textArray(appends.map(({ tenantId }) => tenantId))
  const personal = pairs.filter(({ event }) => event.personal !== null && event.subjectId !== null)
  const tenantsOf = (some: readonly { readonly tenantId: string }[]) => textArray(some.map(({ tenantId }) => tenantId))
  // One round trip, and in this order: keys are read when the logs are locked, so nobody can add one afterwards.
  const [, heads, used, subjectKeys] = await awaitAll([
    transaction.query(CREATE_HEADS, [tenants]),
    transaction.query<HeadRow & { readonly tenant_id: string }>(LOCK_HEADS, [tenants]),
    transaction.query<{ tenant_id: string }>(FIND_USED_KEYS, [tenantsOf(pairs), textArray(pairs.map(({ event }) => event.idempotencyKey))]),
    personal.length === 0
      ? Promise.resolve([])
      : transaction.query<SubjectKeyRow & { readonly tenant_id: string }>(FIND_SUBJECT_KEYS_OF_LOGS, [
          tenantsOf(personal),
          subjectsOf(
            personal.map(({ event }) => event),
            { isEach: true },
          ),
        ]),
  ])
  const repeating = new Set(used.map(row => row.tenant_id))
  const fresh = appends.filter(({ tenantId }) => !repeating.has(tenantId))
  const headOf = new Map(heads.map(row => [row.tenant_id, toHead(row)]))
  return writeTogether(transaction, fresh, { ...tools, headOf, subjectKeysOf: Map.groupBy(subjectKeys, row => row.tenant_id) })
}

interface LockedLogs extends AppendTools {
  readonly headOf: ReadonlyMap<string, LogHead>
  readonly subjectKeysOf: ReadonlyMap<string, readonly SubjectKeyRow[]>
}

async function writeTogether(
  transaction: PostgresTransaction,
  appends: readonly TenantAppend[],
  { months, vault, headOf, subjectKeysOf }: LockedLogs,
): Promise<ReadonlyMap<AuditAppend, readonly AppendedEvent[]>> {
  const written = appends.map(append => {
    const { tenantId, events, now } = append
    const head = headOf.get(tenantId) ?? EMPTY_HEAD
    const appended = appendEntries(head, events, { tenantId, now })
    const sequenceOf = new Map<CheckedAuditEvent, number>(events.map((event, i) => [event, head.size + 1 + i]))
    const seal = sealWith(events, { tenantId, vault, found: subjectKeysOf.get(tenantId) ?? [] })
    return { append, tenantId, ...appended, sequenceOf, seal }
  })
  for (const { head } of written) if (head.lastRecordedAt !== null) await months.ensure(transaction, head.lastRecordedAt)
  const keys = written.flatMap(({ tenantId: key, append: { events }, sequenceOf }) =>
    events.map(event => ({ key, sequence: sequenceOf.get(event) ?? 0, event })),
  )
  const personal = written.flatMap(({ tenantId: key, seal: { sealed }, sequenceOf }) =>
    [...sealed].map(([event, of]) => ({ key, sequence: sequenceOf.get(event) ?? 0, ...of })),
  )
  const created = written.flatMap(({ tenantId, append: { now }, seal }) => seal.created.map(key => ({ ...key, tenant: tenantId, createdAt: now })))
  const writes: Promise<unknown>[] = [
    insertSubjectKeys(transaction, TENANT_LOGS, created),
    transaction.query(
      `insert into audit.events (${EVENT_COLUMNS.names}) select ${EVENT_COLUMNS.unnest(1)}`,
      EVENT_COLUMNS.values(written.flatMap(({ tenantId: key, entries }) => entries.map(entry => ({ ...entry, key })))),
    ),
    transaction.query(`insert into audit.event_keys (${KEY_COLUMNS.names}) select ${KEY_COLUMNS.unnest(1)}`, KEY_COLUMNS.values(keys)),
    transaction.query(MOVE_HEADS, HEAD_COLUMNS.values(written.map(({ tenantId, head }) => ({ tenantId, head })))),
  ]
  if (personal.length > 0) {
    writes.push(
      transaction.query(`insert into audit.personal_data (${PERSONAL_COLUMNS.names}) select ${PERSONAL_COLUMNS.unnest(1)}`, PERSONAL_COLUMNS.values(personal)),
    )
  }
  await awaitAll(writes)
  return new Map(
    written.map(({ append, sequenceOf }) => [append, append.events.map(event => ({ outcome: 'accepted' as const, sequence: sequenceOf.get(event) ?? 0 }))]),
  )
}
