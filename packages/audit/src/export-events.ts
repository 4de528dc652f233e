import { InvalidInput, isDomainError, Temporal } from '@tollgate/kernel'
import { checkShape, inputShape, type RangeInput, readRange } from '@tollgate/kernel/input'
import type { AuditStore, EntryPosition } from './audit-store.ts'
import { openCheckpoint } from './engine/checkpoint-text.ts'
import { CSV_HEADER, csvErrorLine, csvLine } from './engine/export/csv.ts'
import { endLine, entryLine, errorLine, headerLine, skippedLine } from './engine/export/export-lines.ts'
import { checkFilter } from './list-events.ts'
import { type KeyRing, keysOfLog } from './log-keys.ts'
import type { AuditEvent } from './model/audit-event.ts'
import type { StoredCheckpoint } from './model/checkpoint.ts'
import { AuditLogBroken, AuditProofRejected } from './model/errors.ts'
import type { ExportSelection } from './model/export-selection.ts'
import { skipEntries } from './skip-entries.ts'

/** The format of an export. JSON Lines is exact and can be verified; CSV is for spreadsheets. */
export type ExportFormat = 'csv' | 'jsonl'

/** Which events to export. */
export interface ExportRequest extends Omit<ExportSelection, 'range'> {
  readonly tenantId: string | null
  readonly format: ExportFormat
  /** Only events that occurred in this period. */
  readonly range?: RangeInput | undefined
}

/** A checked request. */
export interface ExportQuery extends ExportSelection {
  readonly tenantId: string | null
  readonly format: ExportFormat
}

/** What an export needs. */
export interface ExportDependencies {
  readonly store: AuditStore
  readonly keys: KeyRing
  /** Signs the end of a log. */
  readonly checkpoint: (tenantId: string | null) => Promise<StoredCheckpoint>
}

const REQUEST = inputShape<ExportRequest>({
  tenantId: 'text|null',
  format: 'text',
  range: 'object?',
  select: 'text?',
  filter: 'object?',
  personalData: 'text?',
})

const CHOICES = { format: ['csv', 'jsonl'], select: ['all', 'failed', 'security'], personalData: ['encrypted', 'readable'] } as const satisfies {
  readonly [Name in keyof ExportQuery]?: readonly ExportQuery[Name][]
}

/** Checks a request. Throws `InvalidInput`. */
export function checkExportRequest(request: ExportRequest): ExportQuery {
  checkShape(REQUEST, request)
  const issues = Object.entries(CHOICES).flatMap(([name, choices]: [string, readonly string[]]) => {
    const choice = request[name as keyof typeof CHOICES] ?? undefined
    return choice === undefined || choices.includes(choice) ? [] : [{ path: name, message: `must be one of ${choices.join(', ')}` }]
  })
  if (issues.length > 0) throw new InvalidInput(issues)
  const { tenantId, format, range, select, personalData } = request
  return {
    tenantId,
    format,
    range: range ? readRange('range', range) : undefined,
    select: select ?? undefined,
    filter: request.filter ? checkFilter(request.filter) : undefined,
    personalData: personalData ?? undefined,
  }
}

/** Entries that are in memory at once. Each can have up to 80 KiB. */
const PAGE_ENTRIES = 250
/** Entries that one statement looks at, so that a rare selection of a large log takes many short statements. */
const WINDOW_ENTRIES = 20_000
/** Later than any entry, so that a position with it is after all entries of its sequence. */
export const END_OF_TIME = Temporal.Instant.from('9999-12-31T23:59:59Z')

/**
 * Exports the events that a log has now, in its order, as a stream of parts of a text. Keeps one page in memory, and no
 * transaction open. If it fails, its last line says so, and then it throws.
 */
export async function* exportEvents(dependencies: ExportDependencies, request: ExportQuery): AsyncGenerator<string, void, undefined> {
  const isCsv = request.format === 'csv'
  try {
    yield* isCsv ? csvParts(dependencies, request) : jsonParts(dependencies, request)
  } catch (error) {
    const message = isDomainError(error) ? error.message : 'An unexpected error ended the export.'
    // RFC 4180 ends lines with CRLF.
    yield isCsv ? `${csvErrorLine(`The export is incomplete. ${message}`)}\r\n` : `${errorLine(message)}\n`
    throw error
  }
}

async function* csvParts({ store }: ExportDependencies, request: ExportQuery): AsyncGenerator<string, void, undefined> {
  yield `${CSV_HEADER}\r\n`
  for await (const page of selectedPages(store, request))
    yield page.map(event => `${csvLine(request.personalData === 'readable' ? event : { ...event, personal: null })}\r\n`).join('')
}

async function* jsonParts(dependencies: ExportDependencies, request: ExportQuery): AsyncGenerator<string, void, undefined> {
  const { store, keys } = dependencies
  const { tenantId } = request
  yield `${headerLine(keys.installation, tenantId, request)}\n`
  const tree = skipEntries(store, tenantId)
  const skipTo = async (size: number) => {
    const from = tree.size
    const nodes = await tree.skipTo(size)
    return `${skippedLine(size - from, nodes)}\n`
  }
  let events = 0
  for await (const page of selectedPages(store, request)) {
    let text = ''
    for (const event of page) {
      if (event.sequence > tree.size + 1) text += await skipTo(event.sequence - 1)
      tree.add(event)
      text += `${entryLine(event, request.personalData)}\n`
    }
    events += page.length
    yield text
  }
  const signed = await checkpointAfter(dependencies, { tenantId, size: tree.size })
  if (signed !== undefined) {
    if (signed.size > tree.size) yield await skipTo(signed.size)
    if (!tree.hasRoot(signed.root))
      throw new AuditLogBroken(signed.size, 'Its entries do not match a signed checkpoint. Verify the log to find the broken place.')
  }
  yield `${endLine(events, signed?.note ?? null)}\n`
}

/** Returns the first checkpoint that includes the first `size` entries. Signs one if there is none. Undefined without a key. */
async function checkpointAfter(
  { store, keys, checkpoint }: ExportDependencies,
  { tenantId, size }: { readonly tenantId: string | null; readonly size: number },
) {
  const { origin, signers, verifiers } = keysOfLog(keys, tenantId)
  const { items } = await store.checkpoints(tenantId, { first: 1, after: { size: size - 1, createdAt: END_OF_TIME } })
  for (const { note } of items) {
    try {
      return { ...openCheckpoint(note, origin, verifiers), note }
    } catch (error) {
      // A key that is not known any more signed it.
      if (!(error instanceof AuditProofRejected)) throw error
    }
  }
  if (signers.length === 0) return undefined
  const { note } = await checkpoint(tenantId)
  return { ...openCheckpoint(note, origin, verifiers), note }
}

/** Reads the selected entries of a log as it is now, in pages. */
async function* selectedPages(store: AuditStore, { tenantId, range, select, filter }: ExportQuery): AsyncGenerator<readonly AuditEvent[], void, undefined> {
  const { lastSequence } = await store.extent(tenantId)
  for (let from = 0; from < lastSequence; from += WINDOW_ENTRIES) {
    const upTo = Math.min(from + WINDOW_ENTRIES, lastSequence)
    let after: EntryPosition | undefined = { sequence: from, recordedAt: END_OF_TIME }
    while (after !== undefined) {
      const page: readonly AuditEvent[] = await store.entries(tenantId, { first: PAGE_ENTRIES, after, upTo, range, select, filter })
      if (page.length > 0) yield page
      after = page.length < PAGE_ENTRIES ? undefined : page.at(-1)
    }
  }
}
