import { MAX_NOTE_SIGNATURES } from '../../model/audit-limits.ts'
import { AuditProofRejected, AuditTextInvalid } from '../../model/errors.ts'
import { fromBase64, toBase64 } from '../base64.ts'
import type { NoteSigner, NoteVerifier } from './note-keys.ts'

const SIGNATURE_LINE = /^\u2014 ([^+\s]+) (\S+)$/u
const KEY_ID_BYTES = 4
/** Maximum length of a note, in UTF-16 code units. */
const MAX_NOTE_LENGTH = 1_000_000

/** A signature of a note. */
export interface NoteSignature {
  readonly name: string
  readonly keyId: number
  readonly signature: Uint8Array
}

/** A note that was read but not verified. Its text must not be trusted. */
export interface UnverifiedNote {
  readonly text: string
  readonly signatures: readonly NoteSignature[]
}

/** Signs a text, which must end with a newline. */
export function signNote(text: string, signers: readonly NoteSigner[]): string {
  checkNoteText(text)
  const lines = signers.map(signer => {
    const keyId = Buffer.alloc(KEY_ID_BYTES)
    keyId.writeUInt32BE(signer.keyId)
    return `\u2014 ${signer.name} ${toBase64(Buffer.concat([keyId, signer.sign(text)]))}\n`
  })
  return `${text}\n${lines.join('')}`
}

/** Reads a signed note without verifying it. Throws `AuditTextInvalid`. */
export function parseNote(note: string): UnverifiedNote {
  if (note.length > MAX_NOTE_LENGTH) throw new AuditTextInvalid(`A note must have at most ${MAX_NOTE_LENGTH.toLocaleString('en')} characters`)
  // The last empty line separates the text from the signatures.
  const end = note.lastIndexOf('\n\n')
  if (end < 0 || !note.endsWith('\n')) throw new AuditTextInvalid('A note consists of a text, an empty line and signatures')
  const text = note.slice(0, end + 1)
  checkNoteText(text)
  const lines = note.slice(end + 2, -1).split('\n')
  if (lines.length > MAX_NOTE_SIGNATURES) throw new AuditTextInvalid(`A note must have at most ${MAX_NOTE_SIGNATURES} signatures`)
  return { text, signatures: lines.map(parseSignature) }
}

/**
 * Verifies a note and returns its text. Signatures of unknown keys are ignored, as those of witnesses. Throws
 * `AuditTextInvalid` for a text that is no note, and `AuditProofRejected` unless a known key signed it and every
 * signature of a known key is right.
 */
export function openNote(note: string, verifiers: readonly NoteVerifier[]): { text: string; signedBy: readonly NoteVerifier[] } {
  const { text, signatures } = parseNote(note)
  const signedBy = signatures.flatMap(({ name, keyId, signature }) => {
    const known = verifiers.filter(verifier => verifier.name === name && verifier.keyId === keyId)
    if (known.length === 0) return []
    const right = known.find(verifier => verifier.verify(text, signature))
    if (right === undefined) throw new AuditProofRejected(`The signature of "${name}" is wrong`)
    return [right]
  })
  if (signedBy.length === 0) throw new AuditProofRejected('No known key signed this note')
  return { text, signedBy }
}

function parseSignature(line: string): NoteSignature {
  const [, name = '', encoded = ''] = SIGNATURE_LINE.exec(line) ?? []
  if (name === '') throw new AuditTextInvalid('A signature line consists of a dash (U+2014), a name and a signature in base64')
  const bytes = Buffer.from(fromBase64(encoded, 'signature'))
  if (bytes.length <= KEY_ID_BYTES) throw new AuditTextInvalid('The signature is too short')
  return { name, keyId: bytes.readUInt32BE(0), signature: bytes.subarray(KEY_ID_BYTES) }
}

function checkNoteText(text: string): void {
  if (!text.endsWith('\n')) throw new AuditTextInvalid('The text of a note must end with a newline')
  // oxlint-disable-next-line no-control-regex -- The specification forbids them.
  if (/[\u0000-\u0009\u000b-\u001f]/.test(text) || !text.isWellFormed()) throw new AuditTextInvalid('A note must not contain control characters')
}
