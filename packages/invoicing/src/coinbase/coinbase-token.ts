import { createPrivateKey, type KeyObject, sign } from 'node:crypto'

/** A key of the Coinbase Developer Platform. */
export interface CoinbaseKey {
  readonly id: string
  /** A private key in PEM (ES256), or 64 bytes in base64 (Ed25519: the seed and the public key). */
  readonly secret: string
}

/** Signs requests. */
export interface CoinbaseSigner {
  /** Returns a token for one request: "POST business.coinbase.com/api/v1/checkouts". */
  token(request: string, nowSeconds: number): string
}

const VALID_SECONDS = 120
/** What precedes the 32 bytes of an Ed25519 key in PKCS #8 (RFC 8410). */
const ED25519_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex')

/** Reads a key. Throws if it is neither form. */
export function coinbaseSigner({ id, secret }: CoinbaseKey): CoinbaseSigner {
  const key = readKey(secret)
  const alg = key.asymmetricKeyType === 'ed25519' ? 'EdDSA' : 'ES256'
  return {
    token(request, now) {
      const header = { alg, kid: id, typ: 'JWT' }
      const claims = { sub: id, iss: 'cdp', nbf: now, exp: now + VALID_SECONDS, uris: [request] }
      const content = `${encode(header)}.${encode(claims)}`
      const signature = sign(alg === 'EdDSA' ? null : 'sha256', Buffer.from(content), alg === 'EdDSA' ? key : { key, dsaEncoding: 'ieee-p1363' })
      return `${content}.${signature.toString('base64url')}`
    },
  }
}

function readKey(secret: string): KeyObject {
  if (secret.includes('-----BEGIN')) return createPrivateKey(secret.replaceAll(String.raw`\n`, '\n'))
  const bytes = Buffer.from(secret, 'base64')
  if (bytes.length !== 64) throw new Error('The secret of a Coinbase key must be PEM, or 64 bytes in base64.')
  return createPrivateKey({ key: Buffer.concat([ED25519_PREFIX, bytes.subarray(0, 32)]), format: 'der', type: 'pkcs8' })
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}
