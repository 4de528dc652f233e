import { hash, timingSafeEqual } from 'node:crypto'
import { type Clock, Temporal } from '@tollgate/kernel'
import type { Accounts } from './accounts.ts'
import type { ApiKey } from './api-key.ts'
import { NotAuthenticated } from './errors.ts'
import { KEY_SCOPES } from './key-scope.ts'
import type { Viewer } from './viewer.ts'

/** Finds out who sent a request from its `Authorization` header (null where it has none). Fails by answering, not by throwing. */
export type Authenticate = (authorization: string | null) => Promise<Viewer | NotAuthenticated>

/** What authentication stands on. */
export interface AuthenticateOptions {
  readonly accounts: Pick<Accounts, 'apiKeyBySecret' | 'noteUse'>
  readonly clock: Clock
  /** The key that the server was configured with: an operator's, with every scope. */
  readonly operatorKey?: string | undefined
}

const BEARER = /^Bearer +([\x21-\x7e]{1,512}) *$/i

/** No key yet, as GraphiQL offers the header to be filled in. */
const EMPTY = /^(?:Bearer)?\s*$/i

/** Keys are read from the database for every request, so that one that was revoked is refused at once, by every server. */
export function createAuthenticate({ accounts, clock, operatorKey }: AuthenticateOptions): Authenticate {
  const operatorHash = operatorKey === undefined ? undefined : sha256(operatorKey)
  return async authorization => {
    if (authorization === null || EMPTY.test(authorization)) return new NotAuthenticated('missing')
    const secret = BEARER.exec(authorization)?.[1]
    if (secret === undefined) return new NotAuthenticated('malformed')
    // Hashes are compared: they are of one length, and the time it takes says nothing about the key.
    if (operatorHash !== undefined && timingSafeEqual(sha256(secret), operatorHash)) {
      return { kind: 'operator', keyId: null, scopes: new Set(KEY_SCOPES) }
    }
    const apiKey = await accounts.apiKeyBySecret(secret)
    if (apiKey === undefined) return new NotAuthenticated('unknown')
    if (apiKey.revokedAt !== null) return new NotAuthenticated('revoked')
    if (apiKey.expiresAt !== null && Temporal.Instant.compare(apiKey.expiresAt, clock.now()) <= 0) return new NotAuthenticated('expired')
    accounts.noteUse(apiKey)
    return viewerOf(apiKey)
  }
}

function viewerOf({ id, tenantId, scopes }: ApiKey): Viewer {
  return tenantId === null ? { kind: 'operator', keyId: id, scopes: new Set(scopes) } : { kind: 'tenant', tenantId, keyId: id, scopes: new Set(scopes) }
}

function sha256(text: string): Buffer {
  return hash('sha256', text, 'buffer')
}
