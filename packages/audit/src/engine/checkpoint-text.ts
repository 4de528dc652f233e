import type { Checkpoint } from '../model/checkpoint.ts'
import { AuditProofRejected, AuditTextInvalid } from '../model/errors.ts'
import { hashFromBase64, parseCount, toBase64 } from './base64.ts'
import type { NoteSigner, NoteVerifier } from './note/note-keys.ts'
import { openNote, parseNote, signNote } from './note/signed-note.ts'

/** Writes and signs a checkpoint (C2SP `tlog-checkpoint`). */
export function signCheckpoint({ origin, size, root }: Checkpoint, signers: readonly NoteSigner[]): string {
  return signNote(`${origin}\n${size}\n${toBase64(root)}\n`, signers)
}

/** Verifies the signatures of a checkpoint and that it belongs to the log of this name. Throws `AuditTextInvalid` or `AuditProofRejected`. */
export function openCheckpoint(note: string, origin: string, verifiers: readonly NoteVerifier[]): Checkpoint {
  const checkpoint = parseCheckpointText(openNote(note, verifiers).text)
  if (checkpoint.origin !== origin) throw new AuditProofRejected(`The checkpoint is of the log "${checkpoint.origin}", not of "${origin}"`)
  return checkpoint
}

/** Reads a checkpoint without verifying it. */
export function parseCheckpoint(note: string): Checkpoint {
  return parseCheckpointText(parseNote(note).text)
}

/** Extension lines are accepted and ignored, as the specification asks. */
function parseCheckpointText(text: string): Checkpoint {
  const [origin = '', size = '', root = '', ...extensions] = text.slice(0, -1).split('\n')
  if (origin === '' || extensions.includes(''))
    throw new AuditTextInvalid('A checkpoint consists of the name of the log, its size and its root, each on a line')
  return { origin, size: parseCount(size, 'size of the checkpoint'), root: hashFromBase64(root, 'root of the checkpoint') }
}
