import { AuditTextInvalid } from '../model/errors.ts'

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

/** Encodes bytes in base64 (RFC 4648, section 4). */
export function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64')
}

/** Decodes base64. Throws `AuditTextInvalid` for any text that encoding does not produce; `name` says what it is. */
export function fromBase64(text: string, name: string): Uint8Array {
  const bytes = BASE64.test(text) ? Buffer.from(text, 'base64') : undefined
  if (bytes === undefined || toBase64(bytes) !== text) throw new AuditTextInvalid(`The ${name} is not valid base64`)
  return bytes
}

/** Decodes a SHA-256 hash in base64. */
export function hashFromBase64(text: string, name: string): Uint8Array {
  const bytes = fromBase64(text, name)
  if (bytes.length !== 32) throw new AuditTextInvalid(`The ${name} must have 32 bytes, not ${bytes.length}`)
  return bytes
}

/** Reads a number from 0 without leading zeros. */
export function parseCount(text: string, name: string): number {
  const count = /^(?:0|[1-9]\d*)$/.test(text) ? Number(text) : Number.NaN
  if (!Number.isSafeInteger(count)) throw new AuditTextInvalid(`The ${name} must be a number from 0 to 2^53 - 1`)
  return count
}
