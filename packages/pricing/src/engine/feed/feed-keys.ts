import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto'
import { type FeedContents, type FeedManifest, signedText } from '../../model/feed/feed-manifest.ts'

/** A key pair to sign feeds with. */
export interface FeedKeys {
  /** PEM. Keep it secret. */
  readonly privateKey: string
  /** Base64, for servers that read the feed. */
  readonly publicKey: string
}

/** Creates a new key pair. */
export function generateFeedKeys(): FeedKeys {
  const privateKey = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' })
  return { privateKey, publicKey: publicKeyOf(privateKey) }
}

/** Returns the public key of a private key in PEM. Throws if that is not an Ed25519 key. */
export function publicKeyOf(privateKey: string): string {
  const { x = '' } = createPublicKey(ed25519(privateKey)).export({ format: 'jwk' })
  return Buffer.from(x, 'base64url').toString('base64')
}

/** Signs the contents of a manifest. Ed25519 is deterministic: the same contents and key have the same signature. */
export function signFeed(contents: FeedContents, privateKey: string): string {
  return sign(null, Buffer.from(signedText(contents)), ed25519(privateKey)).toString('base64')
}

/** Returns whether a manifest is signed with one of the public keys. */
export function isSignedBy(manifest: FeedManifest, publicKeys: readonly string[]): boolean {
  const text = Buffer.from(signedText(manifest))
  const signature = Buffer.from(manifest.signature, 'base64')
  return publicKeys.some(key => verify(null, text, publicKeyObject(key), signature))
}

function publicKeyObject(key: string): KeyObject {
  const x = Buffer.from(key, 'base64').toString('base64url')
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
}

function ed25519(pem: string): KeyObject {
  const key = createPrivateKey(pem)
  if (key.asymmetricKeyType !== 'ed25519') throw new Error(`the key is of type ${key.asymmetricKeyType ?? 'unknown'}, not ed25519`)
  return key
}
