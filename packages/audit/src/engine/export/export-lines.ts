import { logOrigin } from '../log-origin.ts'
import { canonicalJson } from '../canonical-json.ts'
import { canonicalEntry } from '../entry-hash.ts'
import type { AuditEvent } from '../../model/audit-event.ts'
import type { PersonalRecord } from '../../model/personal-record.ts'
import type { ExportSelection } from '../../model/export-selection.ts'

/** The name of the format of exports and archives in JSON Lines. */
export const EXPORT_FORMAT = 'tollgate-audit-export@v1'

/** Returns the first line of an export: the log, and which events were selected. */
export function headerLine(
  installation: string,
  tenantId: string | null,
  { range, select = 'all', filter = {}, personalData = 'encrypted' }: ExportSelection,
): string {
  const selection = { select, from: range?.from.toString(), to: range?.to.toString(), ...filter }
  return JSON.stringify({ format: EXPORT_FORMAT, log: logOrigin(installation, tenantId), personalData, selection })
}

/**
 * Returns an event as a line of JSON: its hash, its canonical form as `entry`, and its personal data: readable with the
 * salt, or encrypted. The hash is the SHA-256 of a zero byte and the canonical JSON of `entry`.
 */
export function entryLine(event: AuditEvent, personalData: ExportSelection['personalData'] = 'encrypted'): string {
  const { hash, personal, personalSalt, sealed } = event
  const readable = personal === null || personalData !== 'readable' ? '' : `,"personal":${canonicalJson({ data: personal, salt: personalSalt })}`
  const encrypted = sealed === undefined || personalData === 'readable' ? '' : `,"sealed":${sealedJson(sealed)}`
  const more = readable + encrypted
  return `{"hash":"${hash}","entry":${canonicalEntry(event)}${more}}`
}

function sealedJson({ keyId, ciphertext }: PersonalRecord): string {
  return JSON.stringify({ key: keyId, data: Buffer.from(ciphertext).toString('base64') })
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
