import type { AuditEvent } from '../model/audit-event.ts'
import type { BrokenPlace, BrokenReason } from '../model/verification.ts'
import { entryHash, personalHash } from './entry-hash.ts'

/** A place in a log: what an entry there must have. */
export interface LogPlace {
  readonly tenantId: string | null
  readonly sequence: number
  readonly previousHash: string | null
}

/** How far entries may have been renumbered for the diagnosis to say so. */
const MAX_SHIFT = 10

/** Returns whether an entry is the one that was recorded at a place. */
export function fitsAt(entry: AuditEvent, place: LogPlace): boolean {
  return entry.sequence === place.sequence && isEntryOf(entry, place) && hasOwnPersonalData(entry)
}

/** Whether an entry was recorded at a place, wherever it is now and whatever became of its personal data. */
function isEntryOf(entry: AuditEvent, { tenantId, sequence, previousHash }: LogPlace): boolean {
  return entry.tenantId === tenantId && entry.previousHash === previousHash && entryHash({ ...entry, sequence }) === entry.hash
}

/**
 * Says what happened at a place where an entry does not fit. `entries` are the entry and those after it. Their hashes say
 * which place each was recorded at, unless they were changed too.
 */
export function diagnosePlace(place: LogPlace, entries: readonly AuditEvent[]): BrokenPlace {
  const { tenantId, sequence } = place
  const [entry] = entries
  if (entry === undefined) return broken('truncated', sequence, `The log ends before entry ${sequence}.`)
  if (entry.sequence < sequence) return broken('inserted', entry.sequence, `Entry ${entry.sequence} exists more than once.`)

  const right = entries.findIndex(other => isEntryOf(other, place))
  const recorded = entries[right]
  if (recorded === entry && entry.sequence === sequence) return broken('changed', sequence, `The personal data of entry ${sequence} does not match its hash.`)
  if (recorded !== undefined) {
    const isShifted = right > 0 && isInserted(place, entries.slice(right))
    return isShifted
      ? broken('inserted', sequence, `Entry ${sequence} was inserted: the entry that was recorded here follows as entry ${recorded.sequence}.`)
      : broken('swapped', sequence, `The entry that was recorded as ${sequence} is now entry ${recorded.sequence}.`)
  }
  if (entry.sequence > sequence) {
    const lastSequence = entry.sequence - 1
    return {
      ...broken('removed', sequence, `${lastSequence === sequence ? `Entry ${sequence} is` : `Entries ${sequence} to ${lastSequence} are`} missing.`),
      lastSequence,
    }
  }
  if (entry.tenantId === tenantId) {
    const shift = shiftOf(entry)
    if (shift !== undefined && shift > 0) {
      return {
        ...broken('removed', sequence, `The entry here was recorded as ${sequence + shift}: entries before it were removed.`),
        lastSequence: sequence + shift - 1,
      }
    }
    if (shift !== undefined && shift < 0) {
      return {
        ...broken('inserted', sequence + shift, `The entry here was recorded as ${sequence + shift}: entries before it were inserted.`),
        lastSequence: sequence - 1,
      }
    }
    if (shift === 0 && sequence > 1) {
      const before = sequence - 1
      return broken('changed', before, `Entry ${before} was changed together with its hash: entry ${sequence} contains another hash of it.`)
    }
  }
  return broken('changed', sequence, `The content of entry ${sequence} does not match its hash.`)
}

function broken(reason: BrokenReason, sequence: number, message: string): BrokenPlace {
  return { sequence, lastSequence: sequence, reason, message }
}

/** Whether the entries from the one that belongs here on are all one place too late, or have the same sequence as an inserted one. */
function isInserted({ tenantId, sequence }: LogPlace, [recorded, next]: readonly AuditEvent[]): boolean {
  if (recorded === undefined) return false
  if (recorded.sequence === sequence) return true
  if (recorded.sequence !== sequence + 1) return false
  return next === undefined || isEntryOf(next, { tenantId, sequence: sequence + 1, previousHash: recorded.hash })
}

/** Returns by how much a sequence must change for the entry to match its hash; undefined if no change does. */
function shiftOf(entry: AuditEvent): number | undefined {
  for (let distance = 0; distance <= MAX_SHIFT; distance++) {
    for (const shift of [distance, -distance]) {
      const sequence = entry.sequence + shift
      if (sequence >= 1 && entryHash({ ...entry, sequence }) === entry.hash) return shift
    }
  }
  return undefined
}

/** Whether personal data, if it was not erased, is what was recorded. */
function hasOwnPersonalData({ personal, personalSalt, personalHash: recorded }: AuditEvent): boolean {
  if (personal === null) return true
  return personalSalt !== null && recorded !== null && personalHash(personalSalt, personal) === recorded
}
