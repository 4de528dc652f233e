import { logOrigin } from '../log-origin.ts'
import { canonicalJson } from '../canonical-json.ts'
import { canonicalEntry } from '../entry-hash.ts'
import type { AuditEvent } from '../../model/audit-event.ts'
import type { ExportSelection } from '../../model/export-selection.ts'

/** The name of the format of exports and archives in JSON Lines. */
export const EXPORT_FORMAT = 'tollgate-audit-export@v1'

/** Returns the first line of an export: the log, and which events were selected. */
export function headerLine(installation: string, tenantId: string | null, { range, select = 'all', filter = {} }: ExportSelection): string {
  const selection = { select, from: range?.from.toString(), to: range?.to.toString(), ...filter }
  return JSON.stringify({ format: EXPORT_FORMAT, log: logOrigin(installation, tenantId), selection })
}

/**
 * Returns an event as a line of JSON: its hash, its canonical form as `entry`, and its personal data with the salt. The
 * hash is the SHA-256 of a zero byte and the canonical JSON of `entry`.
 */
export function entryLine(event: AuditEvent): string {
  const { hash, personal, personalSalt } = event
  const more = personal === null ? '' : `,"personal":${canonicalJson({ data: personal, salt: personalSalt })}`
  return `{"hash":"${hash}","entry":${canonicalEntry(event)}${more}}`
}

/** Returns the line of events that were not selected: their number, and the roots of the complete subtrees that stand for them. */
export function skippedLine(entries: number, nodes: readonly Uint8Array[]): string {
  return JSON.stringify({ skipped: { entries, nodes: nodes.map(node => Buffer.from(node).toString('hex')) } })
}

/** Returns the last line of a complete export: the number of its events, and a checkpoint of the log if there is a key. */
export function endLine(events: number, checkpoint: string | null): string {
  return JSON.stringify({ end: { events, checkpoint } })
}

/** Returns the last line of an export that failed. */
export function errorLine(message: string): string {
  return JSON.stringify({ error: message })
}
