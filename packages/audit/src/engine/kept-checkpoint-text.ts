import { AuditTextInvalid } from '../model/errors.ts'
import type { KeptCheckpoint } from '../model/kept-checkpoint.ts'
import { parseCheckpoint } from './checkpoint-text.ts'

/** Returns a checkpoint as a line of JSON, without a line end. A file of such lines is only ever appended to. */
export function keptCheckpointLine({ origin, size, createdAt, note }: KeptCheckpoint): string {
  return JSON.stringify({ log: origin, size, createdAt: createdAt.toString(), checkpoint: note })
}

/** Notes by the name of their log. */
export interface KeptNotes {
  readonly notes: ReadonlyMap<string, readonly string[]>
  /** Numbers of the lines that could not be read, from 1. */
  readonly unreadableLines: readonly number[]
}

/**
 * Reads the checkpoints in a text, without verifying them: lines of kept checkpoints, exports and archives in JSON Lines,
 * or one note as it is. A line that was cut off by a crash is reported.
 */
export function readKeptNotes(text: string): KeptNotes {
  const notes = new Map<string, string[]>()
  const add = (note: string) => {
    const { origin } = parseCheckpoint(note)
    notes.set(origin, [...(notes.get(origin) ?? []), note])
  }
  if (!text.trimStart().startsWith('{')) {
    add(text)
    return { notes, unreadableLines: [] }
  }
  const unreadableLines: number[] = []
  for (const [i, line] of text.split('\n').entries()) {
    if (line === '') continue
    try {
      const note = noteOf(JSON.parse(line) as unknown)
      if (note !== undefined) add(note)
    } catch (error) {
      if (!(error instanceof SyntaxError) && !(error instanceof AuditTextInvalid)) throw error
      unreadableLines.push(i + 1)
    }
  }
  return { notes, unreadableLines }
}

/** The checkpoint of a line: its own, or that of the end of an export. */
function noteOf(line: unknown): string | undefined {
  if (typeof line !== 'object' || line === null) throw new AuditTextInvalid('The line is not an object')
  const { checkpoint, end } = line as { checkpoint?: unknown; end?: { checkpoint?: unknown } }
  const note = checkpoint ?? end?.checkpoint
  return typeof note === 'string' ? note : undefined
}
