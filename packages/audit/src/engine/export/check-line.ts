import { AuditTextInvalid } from '../../model/errors.ts'
import { canonicalJson } from '../canonical-json.ts'
import { leafHash, personalHash } from '../entry-hash.ts'
import { EXPORT_FORMAT } from './export-lines.ts'

/** A line of an export in JSON Lines, read. */
export type ExportLine =
  | { readonly kind: 'header'; readonly log: string }
  | { readonly kind: 'entry'; readonly entry: ExportedEntry }
  | { readonly kind: 'skipped'; readonly entries: number; readonly nodes: readonly Uint8Array[] }
  | { readonly kind: 'end'; readonly events: number; readonly checkpoint: string | null }
  | { readonly kind: 'error'; readonly message: string }

/** What an exported event says about its place in the log. Its content matches `hash`. */
export interface ExportedEntry {
  readonly log: string
  readonly sequence: number
  readonly previousHash: string | null
  readonly hash: string
}

/** Reads a line of an export. Throws `AuditTextInvalid` for a line that no export has, and for an event that does not match its hash. */
export function readExportLine(line: string): ExportLine {
  const value = parseLine(line)
  if (value.format !== undefined) return readHeader(value)
  if (value.entry !== undefined) return { kind: 'entry', entry: readEntry(value) }
  if (value.skipped !== undefined) return readSkipped(value.skipped)
  if (value.end !== undefined) return readEnd(value.end)
  if (typeof value.error === 'string') return { kind: 'error', message: value.error }
  throw new AuditTextInvalid('The line is not part of an export')
}

type Fields = Readonly<Record<string, unknown>>

function parseLine(line: string): Fields {
  try {
    return fields(JSON.parse(line))
  } catch (error) {
    if (error instanceof SyntaxError) throw new AuditTextInvalid('The line is not valid JSON')
    throw error
  }
}

function readHeader({ format, log }: Fields): ExportLine {
  if (format !== EXPORT_FORMAT) throw new AuditTextInvalid(`The format is not "${EXPORT_FORMAT}"`)
  if (typeof log !== 'string') throw new AuditTextInvalid('The first line names no log')
  return { kind: 'header', log }
}

function readEntry({ hash, entry: content, personal }: Fields): ExportedEntry {
  const entry = fields(content)
  const { sequence, log, previousHash = null, personalHash: recorded } = entry
  if (typeof hash !== 'string' || typeof sequence !== 'number' || typeof log !== 'string' || (previousHash !== null && typeof previousHash !== 'string')) {
    throw new AuditTextInvalid('The event lacks a field')
  }
  if (leafHash(canonicalJson(entry)) !== hash) throw new AuditTextInvalid('The content of the event does not match its hash')
  if (personal !== undefined) {
    const { salt, data } = fields(personal)
    if (typeof salt !== 'string' || personalHash(salt, fields(data)) !== recorded) {
      throw new AuditTextInvalid('The personal data of the event does not match its hash')
    }
  }
  return { log, sequence, previousHash, hash }
}

function readSkipped(value: unknown): ExportLine {
  const { entries, nodes } = fields(value)
  const isCount = typeof entries === 'number' && Number.isSafeInteger(entries) && entries > 0
  if (!isCount || !Array.isArray(nodes) || !nodes.every(node => typeof node === 'string' && /^[0-9a-f]{64}$/.test(node))) {
    throw new AuditTextInvalid('The line of skipped events needs their number and hashes')
  }
  return { kind: 'skipped', entries, nodes: nodes.map((node: string) => Buffer.from(node, 'hex')) }
}

function readEnd(value: unknown): ExportLine {
  const { events, checkpoint = null } = fields(value)
  if (typeof events !== 'number' || (checkpoint !== null && typeof checkpoint !== 'string')) {
    throw new AuditTextInvalid('The last line needs the number of events and a checkpoint')
  }
  return { kind: 'end', events, checkpoint }
}

function fields(value: unknown): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new AuditTextInvalid('The line lacks an object')
  return value as Fields
}
