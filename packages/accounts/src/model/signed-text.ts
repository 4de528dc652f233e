import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto'
import type { SigningKey } from './signing-key.ts'

/** A kind of signed texts: `<prefix>_<id of the signing key>.<values>.<signature>`. */
export interface SignedKind {
  readonly prefix: string
  /** Signed before the values, so that a text of one kind never stands for one of another. */
  readonly title: string
}

/** A text that was read but not yet verified. Nothing in it may be trusted before. */
export interface UnverifiedText {
  readonly signingKeyId: string
  readonly values: readonly unknown[]
  readonly payload: string
  readonly signature: Buffer
}

const TEXT = /^([a-z]{3})_([0-9a-f]{16})\.([\w-]{2,1900})\.([\w-]{86})$/

/** Signs values. A `secret` is signed too, but is not part of the text. */
export function signText({ prefix, title }: SignedKind, values: readonly unknown[], key: Pick<SigningKey, 'id' | 'privateKey'>, secret?: string): string {
  const payload = Buffer.from(JSON.stringify(values)).toString('base64url')
  const privateKey = createPrivateKey({ key: Buffer.from(key.privateKey, 'base64'), format: 'der', type: 'pkcs8' })
  return `${prefix}_${key.id}.${payload}.${sign(null, signedBytes(title, { signingKeyId: key.id, payload }, secret), privateKey).toString('base64url')}`
}

/** Reads a text with this number of values. Returns undefined if it is malformed or of another kind. */
export function readSignedText(kind: SignedKind, text: string, length: number): UnverifiedText | undefined {
  const [, prefix, signingKeyId, payload, signature] = TEXT.exec(text) ?? []
  if (prefix !== kind.prefix || signingKeyId === undefined || payload === undefined || signature === undefined) return undefined
  const values = readValues(payload)
  return values?.length === length ? { signingKeyId, values, payload, signature: Buffer.from(signature, 'base64url') } : undefined
}

/** Returns whether the text was signed with this key. The algorithm is always Ed25519: the text has no say in it. */
export function isSignedWith(
  publicKey: string,
  { title }: SignedKind,
  read: Pick<UnverifiedText, 'signingKeyId' | 'payload' | 'signature'>,
  secret?: string,
): boolean {
  const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' })
  return key.asymmetricKeyType === 'ed25519' && verify(null, signedBytes(title, read, secret), key, read.signature)
}

function signedBytes(title: string, { signingKeyId, payload }: Pick<UnverifiedText, 'signingKeyId' | 'payload'>, secret: string | undefined): Buffer {
  return Buffer.from([title, signingKeyId, payload, ...(secret === undefined ? [] : [secret])].join('\n'))
}

function readValues(payload: string): readonly unknown[] | undefined {
  try {
    const values: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString())
    return Array.isArray(values) ? (values as unknown[]) : undefined
  } catch {
    return undefined
  }
}
