import { bigintArray, type Statement, type StatementValues, statementValues, textArray } from '@tollgate/postgres'
import type { Period } from '@tollgate/kernel'
import type { EntriesQuery } from '../audit-store.ts'
import { AUDIT_LIMITS } from '../model/audit-limits.ts'
import type { AuditEventsQuery, AuditFilter } from '../model/audit-query.ts'
import { EVENT_SELECTION } from './event-columns.ts'
import { locateLog } from './log-tables.ts'

/** Personal data of the entries, each by the primary key (tenant_id, sequence). "offset 0" keeps it from being read as a whole. */
const FROM_EVENTS = `
  from {events} as event
  left join lateral (
    select salt, data, stored.key_id, ciphertext, wrapped_key
    from {personal_data} as stored
    left join {subject_keys} as subject on subject.tenant_id = stored.tenant_id and subject.key_id = stored.key_id
    where stored.tenant_id = event.tenant_id and stored.sequence = event.sequence offset 0
  ) as personal on true`

/**
 * Selects entries in the order of the log, up to a sequence if one is given. Relies on the primary key of each partition
 * (tenant_id, sequence, recorded_at).
 */
export function entriesStatement(tenantId: string | null, { first, after, upTo, range, select = 'all', filter = {} }: EntriesQuery): Statement {
  const { key, statements } = locateLog(tenantId)
  const statement = statementValues()
  const conditions = [`event.tenant_id = ${statement.add(key)}`]
  if (after !== undefined) {
    conditions.push(
      `(event.sequence, event.recorded_at) > (${statement.add(after.sequence)}::bigint, ${statement.add(after.recordedAt.toString())}::timestamptz)`,
    )
  }
  if (upTo !== undefined) conditions.push(`event.sequence <= ${statement.add(upTo)}::bigint`)
  if (range !== undefined) conditions.push(occurredIn(range, statement))
  if (select !== 'all') conditions.push(SELECTIONS[select])
  conditions.push(...filterConditions(filter, statement))
  const text = `select ${EVENT_SELECTION} ${FROM_EVENTS}
    where ${conditions.join(' and ')}
    order by event.sequence, event.recorded_at
    limit ${statement.add(first)}`
  return { text: statements.text(text), values: statement.values }
}

/** Selects entries by their sequences. */
export function entriesBySequenceStatement(tenantId: string | null, sequences: readonly number[]): Statement {
  const { key, statements } = locateLog(tenantId)
  const text = `select ${EVENT_SELECTION} ${FROM_EVENTS} where event.tenant_id = $1 and event.sequence = any ($2::bigint[])`
  return { text: statements.text(text), values: [key, bigintArray(sequences)] }
}

/** Selects the hashes of entries after a sequence, in the order of the log. */
export function hashesStatement(tenantId: string | null, { after, first }: { after: number; first: number }): Statement {
  const { key, statements } = locateLog(tenantId)
  const text = `select encode(hash, 'hex') as hash from {events} where tenant_id = $1 and sequence > $2 order by sequence, recorded_at limit $3`
  return { text: statements.text(text), values: [key, after, first] }
}

/** The condition of each selection, word for word that of its partial index. */
const SELECTIONS = { all: 'true', failed: `event.result = 'failure'`, security: `(event.result = 'denied' or event.family = 'security')` } as const

/**
 * Selects the newest events of a period. Relies on the indexes `events_by_time`, `events_failed` and `events_security`
 * (tenant_id, occurred_at, sequence).
 */
export function eventsStatement(tenantId: string | null, { range, select, filter = {}, first, after }: AuditEventsQuery): Statement {
  const { key, statements } = locateLog(tenantId)
  const statement = statementValues()
  const conditions = [`event.tenant_id = ${statement.add(key)}`, occurredIn(range, statement), SELECTIONS[select], ...filterConditions(filter, statement)]
  if (after !== undefined) {
    conditions.push(
      `(event.occurred_at, event.sequence) < (${statement.add(after.occurredAt.toString())}::timestamptz, ${statement.add(after.sequence)}::bigint)`,
    )
  }
  const text = `select ${EVENT_SELECTION} ${FROM_EVENTS}
    where ${conditions.join(' and ')}
    order by event.occurred_at desc, event.sequence desc
    limit ${statement.add(first + 1)}`
  return { text: statements.text(text), values: statement.values }
}

/** Sums the counts of events of a period by type and result. Relies on the index `events_by_time`. */
export function countsStatement(tenantId: string | null, range: Period): Statement {
  const { key, statements } = locateLog(tenantId)
  const statement = statementValues()
  const text = `select family, action, result, sum(count)::text as count from {events} as event
    where event.tenant_id = ${statement.add(key)} and ${occurredIn(range, statement)}
    group by family, action, result`
  return { text: statements.text(text), values: statement.values }
}

/** An event is recorded at most a few minutes before it occurs, so partitions of earlier months need not be read. */
function occurredIn({ from, to }: Period, statement: StatementValues): string {
  const start = `${statement.add(from.toString())}::timestamptz`
  return `event.occurred_at >= ${start} and event.occurred_at < ${statement.add(to.toString())}::timestamptz
    and event.recorded_at >= ${start} - interval '${AUDIT_LIMITS.minutesAhead} minutes'`
}

const FILTER_COLUMNS: { readonly [Name in keyof AuditFilter]-?: string } = {
  families: 'event.family',
  eventTypes: `event.family || '.' || event.action`,
  actorIds: 'event.actor_id',
  resourceTypes: 'event.resource_type',
  resourceIds: 'event.resource_id',
  results: 'event.result',
}

function filterConditions(filter: AuditFilter, statement: StatementValues): string[] {
  return Object.entries(filter).flatMap(([name, values]: [string, readonly string[] | undefined]) =>
    values === undefined ? [] : [`${FILTER_COLUMNS[name as keyof AuditFilter]} = any (${statement.add(textArray(values))}::text[])`],
  )
}
