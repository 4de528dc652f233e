import { isDomainError } from '@tollgate/kernel'
import { AuditTextInvalid } from '../../model/errors.ts'
import { openCheckpoint } from '../checkpoint-text.ts'
import { alignedRanges } from '../merkle/gap-nodes.ts'
import { addSubtree, rootOf, sameHash } from '../merkle/merkle-tree.ts'
import type { NoteVerifier } from '../note/note-keys.ts'
import { type ExportedEntry, readExportLine } from './check-line.ts'

/** The result of checking an export. */
export interface ExportCheck {
  readonly valid: boolean
  /** Name of the log, as far as it could be read. */
  readonly log: string | null
  /** Number of events that were checked. */
  readonly events: number
  /** Number of events of the log that the export leaves out, up to its checkpoint. */
  readonly skipped: number
  /** The first problem. Null for an intact export. */
  readonly problem: ExportProblem | null
}

/** What is wrong with an export. */
export interface ExportProblem {
  /** From 1. */
  readonly line: number
  /** The event that is affected, or the one after the last that was intact. */
  readonly sequence: number
  readonly message: string
}

/** The end of what was read of an export: each event is in the log that `checkpoint` signs. */
export interface ExportState {
  readonly log: string
  readonly size: number
  readonly lastHash: string | null
  readonly frontier: readonly Uint8Array[]
}

/** Checks an export line by line. */
export interface ExportReader {
  readonly events: number
  readonly skipped: number
  readonly state: ExportState
  readonly isComplete: boolean
  /** Reads the next line. Returns the event if it is one. Throws `AuditTextInvalid` and `AuditProofRejected`. */
  read(line: string): ExportedEntry | undefined
}

/** Starts to check an export. `verifiersOf` returns the keys of a log. */
export function readExport(verifiersOf: (log: string) => readonly NoteVerifier[]): ExportReader {
  const frontier: Uint8Array[] = []
  let log: string | undefined
  let [size, events, skipped] = [0, 0, 0]
  let lastHash: string | null = null
  let isComplete = false

  function addEntry(entry: ExportedEntry, of: string): void {
    if (entry.log !== nameInEntry(of)) throw new AuditTextInvalid(`The event is of the log "${entry.log}"`)
    if (entry.sequence !== size + 1) throw new AuditTextInvalid(`The event has the sequence ${entry.sequence} instead of ${size + 1}`)
    // After skipped events, only the tree shows that the event is at its place.
    if (lastHash !== null || size === 0) {
      if (entry.previousHash !== lastHash) throw new AuditTextInvalid('The event does not contain the hash of the event before it')
    }
    addSubtree(frontier, size, Buffer.from(entry.hash, 'hex'))
    size += 1
    events += 1
    lastHash = entry.hash
  }

  function skip(entries: number, nodes: readonly Uint8Array[]): void {
    const ranges = alignedRanges(size, size + entries)
    if (ranges.length !== nodes.length) throw new AuditTextInvalid(`${entries} skipped events need ${ranges.length} hashes, not ${nodes.length}`)
    for (const [i, { from, to }] of ranges.entries()) addSubtree(frontier, from, nodes[i] ?? new Uint8Array(), to - from)
    size += entries
    skipped += entries
    lastHash = null
  }

  function end(of: string, counted: number, checkpoint: string | null): void {
    if (counted !== events) throw new AuditTextInvalid(`The export has ${events} events, and should have ${counted}`)
    if (checkpoint === null) throw new AuditTextInvalid('The export has no checkpoint, so nothing proves that its events are those of the log')
    const signed = openCheckpoint(checkpoint, of, verifiersOf(of))
    if (signed.size !== size || !sameHash(signed.root, rootOf(frontier))) {
      throw new AuditTextInvalid(
        `The events are not those of the log that the checkpoint signs: ${signed.size} events, of which the export accounts for ${size}`,
      )
    }
    isComplete = true
  }

  return {
    get events() {
      return events
    },
    get skipped() {
      return skipped
    },
    get state() {
      return { log: log ?? '', size, lastHash, frontier }
    },
    get isComplete() {
      return isComplete
    },
    read(text) {
      const line = readExportLine(text)
      if (isComplete) throw new AuditTextInvalid('The line comes after the end of the export')
      if (line.kind === 'header') {
        if (log !== undefined) throw new AuditTextInvalid('The line starts another export')
        log = line.log
        return undefined
      }
      if (log === undefined) throw new AuditTextInvalid('The first line must name the log')
      if (line.kind === 'error') throw new AuditTextInvalid(`The export is incomplete: ${line.message}`)
      if (line.kind === 'skipped') skip(line.entries, line.nodes)
      else if (line.kind === 'end') end(log, line.events, line.checkpoint)
      else {
        addEntry(line.entry, log)
        return line.entry
      }
      return undefined
    },
  }
}

/** The name of a log in its entries, which do not contain the installation. */
function nameInEntry(origin: string): string {
  if (origin.endsWith('/audit/installation')) return 'installation'
  const start = origin.lastIndexOf('/audit/tenants/')
  return start < 0 ? '' : `tenants/${decodeURIComponent(origin.slice(start + '/audit/tenants/'.length))}`
}

/** Checks an export without a server or database: each event, its place in the log, and the signature of the checkpoint at the end. */
export async function checkExport(lines: AsyncIterable<string>, verifiersOf: (log: string) => readonly NoteVerifier[]): Promise<ExportCheck> {
  const reader = readExport(verifiersOf)
  let line = 0
  const result = (message?: string): ExportCheck => ({
    valid: message === undefined,
    log: reader.state.log === '' ? null : reader.state.log,
    events: reader.events,
    skipped: reader.skipped,
    problem: message === undefined ? null : { line, sequence: reader.state.size + 1, message },
  })
  for await (const text of lines) {
    line += 1
    try {
      reader.read(text)
    } catch (error) {
      if (isDomainError(error)) return result(`${error.message}.`)
      throw error
    }
  }
  line += 1
  return reader.isComplete ? result() : result('The export ends in the middle: its last line is missing.')
}
