import { type AuditEvent, eventType, type JsonObject } from '../../model/audit-event.ts'
import type { AuditReport } from '../../model/audit-query.ts'
import { canonicalJson } from '../canonical-json.ts'

const EVENT_COLUMNS: readonly (readonly [string, (event: AuditEvent) => string | number | null | undefined])[] = [
  ['sequence', event => event.sequence],
  ['occurred_at', event => event.occurredAt.toString()],
  ['recorded_at', event => event.recordedAt.toString()],
  ['event_type', eventType],
  ['result', event => event.result],
  ['count', event => event.count],
  ['actor_kind', event => event.actor.kind],
  ['actor_id', event => event.actor.id],
  ['resource_type', event => event.resource?.type],
  ['resource_id', event => event.resource?.id],
  ['error_message', event => event.errorMessage],
  ['request_id', event => event.requestId],
  ['ip_address', event => event.personal?.ipAddress],
  ['user_agent', event => event.personal?.userAgent],
  ['details', event => jsonText(event.details)],
  ['personal_details', event => jsonText(event.personal?.details)],
  ['before', event => jsonText(withPersonal(event.before, event.personal?.before))],
  ['after', event => jsonText(withPersonal(event.after, event.personal?.after))],
  ['idempotency_key', event => event.idempotencyKey],
  ['hash', event => event.hash],
  ['reported_by', event => event.reportedBy],
]

/** The first line of events in CSV, without a line end. */
export const CSV_HEADER = EVENT_COLUMNS.map(([name]) => name).join(',')

/** Returns an event as a line of CSV (RFC 4180), without a line end. */
export function csvLine(event: AuditEvent): string {
  return EVENT_COLUMNS.map(([, read]) => csvCell(read(event) ?? '')).join(',')
}

/** Returns the last line of a CSV that failed. */
export function csvErrorLine(message: string): string {
  return `ERROR,${csvCell(message)}`
}

/** Returns a report as lines of CSV: one for each type of event, and the totals. */
export function csvReport({ totalEvents, successCount, failureCount, deniedCount, eventsByType }: AuditReport): string {
  const rows: (readonly [string, number])[] = [
    ...eventsByType.map(({ eventType: type, count }) => [type, count] as const),
    ['total', totalEvents],
    ['success', successCount],
    ['failure', failureCount],
    ['denied', deniedCount],
  ]
  return ['event_type,count', ...rows.map(row => row.map(csvCell).join(','))].map(line => `${line}\r\n`).join('')
}

/** A cell that a spreadsheet would run as a formula gets an apostrophe in front. */
function csvCell(value: string | number): string {
  if (typeof value === 'number') return String(value)
  // Spreadsheets ignore spaces before a formula, and read full-width signs as the usual ones.
  const text = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/u.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

function withPersonal(open: JsonObject | null, personal: JsonObject | undefined): JsonObject | null {
  return personal === undefined ? open : { ...open, ...personal }
}

function jsonText(value: object | null | undefined): string | null {
  return value === null || value === undefined ? null : canonicalJson(value)
}
