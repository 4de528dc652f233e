import { AuditProofRejected, AuditTextInvalid } from '../model/errors.ts'
import { fromBase64, hashFromBase64, parseCount, toBase64 } from './base64.ts'
import { openCheckpoint } from './checkpoint-text.ts'
import { leafHash } from './entry-hash.ts'
import { verifyInclusion } from './merkle/verify-proof.ts'
import type { NoteVerifier } from './note/note-keys.ts'

const HEADER = 'c2sp.org/tlog-proof@v1'
/** A tree of 2^53 leaves has proofs of 53 hashes. */
const MAX_PROOF_HASHES = 63

/** A proof that an entry is in a log, which verifies offline. */
export interface AuditProof {
  /** The canonical form of the entry. */
  readonly entry: string
  /** The position of the entry, from 0: its sequence minus 1. */
  readonly index: number
  readonly hashes: readonly Uint8Array[]
  /** The signed checkpoint. */
  readonly checkpoint: string
}

/** Writes a proof (C2SP `tlog-proof@v1`). The extra data is the canonical form of the entry. */
export function formatProof({ entry, index, hashes, checkpoint }: AuditProof): string {
  return [HEADER, `extra ${toBase64(Buffer.from(entry))}`, `index ${index}`, ...hashes.map(toBase64), '', checkpoint].join('\n')
}

/** Reads a proof without verifying it. Throws `AuditTextInvalid`. */
export function parseProof(text: string): AuditProof {
  const end = text.indexOf('\n\n')
  const [header, extra = '', index = '', ...hashes] = text.slice(0, Math.max(end, 0)).split('\n')
  if (end < 0 || header !== HEADER) throw new AuditTextInvalid(`A proof starts with "${HEADER}" and contains a checkpoint after an empty line`)
  if (!extra.startsWith('extra ') || !index.startsWith('index '))
    throw new AuditTextInvalid('The proof must contain an "extra" line with the entry and an "index" line')
  if (hashes.length > MAX_PROOF_HASHES) throw new AuditTextInvalid(`A proof must have at most ${MAX_PROOF_HASHES} hashes`)
  const bytes = fromBase64(extra.slice('extra '.length), 'entry of the proof')
  const entry = Buffer.from(bytes).toString('utf8')
  if (!Buffer.from(entry).equals(bytes)) throw new AuditTextInvalid('The entry of the proof is not valid UTF-8')
  return {
    entry,
    index: parseCount(index.slice('index '.length), 'index of the proof'),
    hashes: hashes.map(hash => hashFromBase64(hash, 'hash of the proof')),
    checkpoint: text.slice(end + 2),
  }
}

/**
 * Verifies a proof without a server, and returns the entry that is proven, as its canonical JSON. `origin` is the name of
 * the log. Throws `AuditTextInvalid` or `AuditProofRejected`.
 */
export function verifyProof(text: string, origin: string, verifiers: readonly NoteVerifier[]): { entry: string; sequence: number; size: number } {
  const { entry, index, hashes, checkpoint } = parseProof(text)
  const { size, root } = openCheckpoint(checkpoint, origin, verifiers)
  if (!verifyInclusion({ leaf: Buffer.from(leafHash(entry), 'hex'), index, size, root, proof: hashes })) {
    throw new AuditProofRejected(`The entry is not at index ${index} of the log that the checkpoint signs`)
  }
  return { entry, sequence: index + 1, size }
}
