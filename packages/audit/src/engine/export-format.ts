import { eventType, type AuditEvent } from '../model/audit-event.ts'
import { canonicalJson } from './canonical-json.ts'
import { canonicalEntry } from './entry-hash.ts'

/** The format of an export. JSON Lines is exact and can be verified; CSV is for spreadsheets. */
export type ExportFormat = 'csv' | 'jsonl'

const CSV_COLUMNS: readonly (readonly [string, (event: AuditEvent) => string | number | null | undefined])[] = [
  ['sequence', event => event.sequence],
  ['occurred_at', event => event.occurredAt.toString()],
  ['recorded_at', event => event.recordedAt.toString()],
  ['event_type', eventType],
  ['result', event => event.result],
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
  ['before', event => jsonText(event.before)],
  ['after', event => jsonText(event.after)],
  ['idempotency_key', event => event.idempotencyKey],
  ['hash', event => event.hash],
]

/** The first line of a CSV export, without a line end. */
export const CSV_HEADER = CSV_COLUMNS.map(([name]) => name).join(',')

/** Returns an event as a line of CSV (RFC 4180), without a line end. */
export function csvLine(event: AuditEvent): string {
  return CSV_COLUMNS.map(([, read]) => csvCell(read(event) ?? '')).join(',')
}

/** A cell that a spreadsheet would run as a formula gets an apostrophe in front. */
function csvCell(value: string | number): string {
  if (typeof value === 'number') return String(value)
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/**
 * Returns an event as a line of JSON: its hash, its canonical form as `entry`, and its personal data with the salt. The
 * hash is the SHA-256 of a zero byte and the canonical JSON of `entry`.
 */
export function jsonLine(event: AuditEvent): string {
  const { hash, personal, personalSalt } = event
  const more = personal === null ? '' : `,"personal":${canonicalJson({ data: personal, salt: personalSalt })}`
  return `{"hash":"${hash}","entry":${canonicalEntry(event)}${more}}`
}

function jsonText(value: object | null | undefined): string | null {
  return value === null || value === undefined ? null : canonicalJson(value)
}
