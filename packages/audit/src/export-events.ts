import type { Period } from '@tollgate/kernel'
import type { AuditStore } from './audit-store.ts'
import { CSV_HEADER, csvLine, type ExportFormat, jsonLine } from './engine/export-format.ts'
import { readEntries } from './read-entries.ts'

/** Which events to export. */
export interface ExportRequest {
  readonly tenantId: string | null
  readonly format: ExportFormat
  /** Only events that occurred in this period. Defaults to all. */
  readonly range?: Period | undefined
}

/** Exports events in the order of the log, as a stream of parts of a text. Keeps one page in memory. */
export async function* exportEvents(store: AuditStore, { tenantId, format, range }: ExportRequest): AsyncGenerator<string, void, undefined> {
  // RFC 4180 ends lines with CRLF.
  if (format === 'csv') yield `${CSV_HEADER}\r\n`
  for await (const page of readEntries(store, tenantId, { range })) {
    yield page.map(event => (format === 'csv' ? `${csvLine(event)}\r\n` : `${jsonLine(event)}\n`)).join('')
  }
}
