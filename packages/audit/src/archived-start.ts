import { openCheckpoint } from './engine/checkpoint-text.ts'
import { fitsSize, rootOf, sameHash } from './engine/merkle/merkle-tree.ts'
import type { WalkStart } from './engine/walk-log.ts'
import type { LogKeys } from './log-keys.ts'
import { AuditLogBroken } from './model/errors.ts'
import type { LogArchive } from './model/log-archive.ts'
import { EMPTY_HEAD } from './model/log-head.ts'

/** Returns the state of a log after an archive. Its frontier is trusted only because it has the root that was signed. */
export function archivedStart(archive: LogArchive | undefined, { origin, verifiers }: LogKeys): WalkStart {
  if (archive === undefined) return EMPTY_HEAD
  const { lastSequence, note, frontier, lastHash, file } = archive
  const signed = openCheckpoint(note, origin, verifiers)
  if (signed.size !== lastSequence || !fitsSize(frontier, lastSequence) || !sameHash(rootOf(frontier), signed.root)) {
    throw new AuditLogBroken(lastSequence, `The stored state of the archive ${file} does not match its signature.`)
  }
  return { size: lastSequence, lastHash, frontier }
}
