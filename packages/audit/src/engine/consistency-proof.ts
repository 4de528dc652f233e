import { AuditProofRejected, AuditTextInvalid } from '../model/errors.ts'
import { hashFromBase64, parseCount, toBase64 } from './base64.ts'
import { openCheckpoint } from './checkpoint-text.ts'
import { verifyConsistency } from './merkle/verify-proof.ts'
import type { NoteVerifier } from './note/note-keys.ts'

/** A tree of 2^53 leaves has proofs of fewer hashes. */
const MAX_PROOF_HASHES = 63

/** A proof that a log still has everything that an older checkpoint signed. */
export interface ConsistencyProof {
  /** Size of the log at the older checkpoint. */
  readonly oldSize: number
  readonly hashes: readonly Uint8Array[]
  /** The newer checkpoint, signed. */
  readonly checkpoint: string
}

/** Writes a proof, in the form that witnesses take (the body of `add-checkpoint` in C2SP `tlog-witness`). */
export function formatConsistencyProof({ oldSize, hashes, checkpoint }: ConsistencyProof): string {
  return [`old ${oldSize}`, ...hashes.map(toBase64), '', checkpoint].join('\n')
}

/** Reads a proof without verifying it. Throws `AuditTextInvalid`. */
export function parseConsistencyProof(text: string): ConsistencyProof {
  const end = text.indexOf('\n\n')
  const [old = '', ...hashes] = text.slice(0, Math.max(end, 0)).split('\n')
  if (end < 0 || !old.startsWith('old '))
    throw new AuditTextInvalid('A consistency proof starts with "old" and a size, and contains a checkpoint after an empty line')
  if (hashes.length > MAX_PROOF_HASHES) throw new AuditTextInvalid(`A proof must have at most ${MAX_PROOF_HASHES} hashes`)
  return {
    oldSize: parseCount(old.slice('old '.length), 'old size of the proof'),
    hashes: hashes.map(hash => hashFromBase64(hash, 'hash of the proof')),
    checkpoint: text.slice(end + 2),
  }
}

/**
 * Verifies without a server that a log extends an older checkpoint of it. Returns both sizes. `origin` is the name of the
 * log. Throws `AuditTextInvalid` or `AuditProofRejected`.
 */
export function verifyConsistencyProof(
  text: string,
  { oldCheckpoint, origin, verifiers }: { readonly oldCheckpoint: string; readonly origin: string; readonly verifiers: readonly NoteVerifier[] },
): { oldSize: number; size: number } {
  const { oldSize, hashes, checkpoint } = parseConsistencyProof(text)
  const older = openCheckpoint(oldCheckpoint, origin, verifiers)
  const newer = openCheckpoint(checkpoint, origin, verifiers)
  if (older.size !== oldSize) throw new AuditProofRejected(`The proof starts at ${oldSize} entries, and the old checkpoint has ${older.size}`)
  if (!verifyConsistency({ first: older.size, firstRoot: older.root, second: newer.size, secondRoot: newer.root, proof: hashes })) {
    throw new AuditProofRejected('The log does not extend the old checkpoint: entries that it signed were changed or removed')
  }
  return { oldSize, size: newer.size }
}
