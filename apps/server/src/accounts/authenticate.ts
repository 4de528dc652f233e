import { hash, timingSafeEqual } from 'node:crypto'
import { type Clock, Temporal } from '@tollgate/kernel'
import type { Accounts } from './accounts.ts'
import type { ApiKey } from './api-key.ts'
import { NotAuthenticated } from './errors.ts'
import { KEY_SCOPES, type KeyScope } from './key-scope.ts'
import { lastKnownKeys } from './last-known-keys.ts'
import type { Viewer } from './viewer.ts'

/** Finds out who sent a request from its `Authorization` header (null where it has none). Fails by answering, not by throwing. */
export interface Authenticate {
  (authorization: string | null): Promise<Viewer | NotAuthenticated>
  /**
   * For questions to quotas while the database does not answer: whose key it was when this process last read it, with
   * `quotas:use` at the most, so that quotas which fail open do. Undefined where that is not known.
   */
  withoutDatabase(authorization: string | null): Viewer | undefined
}

/** What authentication stands on. */
export interface AuthenticateOptions {
  readonly accounts: Pick<Accounts, 'apiKeyBySecret' | 'noteUse'>
  readonly clock: Clock
  /** The key that the server was configured with: an operator's, with every scope. */
  readonly operatorKey?: string | undefined
}

const BEARER = /^Bearer +([\x21-\x7e]{1,512}) *$/i

const DECIDING: ReadonlySet<KeyScope> = new Set(['quotas:use'])

/** No key yet, as GraphiQL offers the header to be filled in. */
const EMPTY = /^(?:Bearer)?\s*$/i

/** Keys are read from the database for every request, so that one that was revoked is refused at once, by every server. */
export function createAuthenticate({ accounts, clock, operatorKey }: AuthenticateOptions): Authenticate {
  const operatorHash = operatorKey === undefined ? undefined : sha256(operatorKey)
  const lastKnown = lastKnownKeys(clock)
  // Hashes are compared: they are of one length, and the time it takes says nothing about the key.
  const isOperators = (hashed: Buffer) => operatorHash !== undefined && timingSafeEqual(hashed, operatorHash)

  async function authenticate(authorization: string | null): Promise<Viewer | NotAuthenticated> {
    if (authorization === null || EMPTY.test(authorization)) return new NotAuthenticated('missing')
    const secret = BEARER.exec(authorization)?.[1]
    if (secret === undefined) return new NotAuthenticated('malformed')
    const hashed = sha256(secret)
    if (isOperators(hashed)) return { kind: 'operator', keyId: null, scopes: new Set(KEY_SCOPES) }
    const apiKey = await accounts.apiKeyBySecret(secret)
    const refusal = apiKey === undefined ? 'unknown' : refusalOf(apiKey, clock)
    lastKnown.note(hashed.toString('base64'), refusal === undefined ? apiKey : undefined)
    if (apiKey === undefined || refusal !== undefined) return new NotAuthenticated(refusal ?? 'unknown')
    accounts.noteUse(apiKey)
    return viewerOf(apiKey)
  }

  function withoutDatabase(authorization: string | null): Viewer | undefined {
    const secret = BEARER.exec(authorization ?? '')?.[1]
    if (secret === undefined) return undefined
    const hashed = sha256(secret)
    if (isOperators(hashed)) return { kind: 'operator', keyId: null, scopes: new Set(DECIDING) }
    const apiKey = lastKnown.find(hashed.toString('base64'))
    if (apiKey === undefined || refusalOf(apiKey, clock) !== undefined) return undefined
    return viewerOf({ ...apiKey, scopes: apiKey.scopes.filter(scope => DECIDING.has(scope)) })
  }

  return Object.assign(authenticate, { withoutDatabase })
}

function refusalOf({ revokedAt, expiresAt }: ApiKey, clock: Clock): 'revoked' | 'expired' | undefined {
  if (revokedAt !== null) return 'revoked'
  return expiresAt !== null && Temporal.Instant.compare(expiresAt, clock.now()) <= 0 ? 'expired' : undefined
}

function viewerOf({ id, tenantId, scopes }: ApiKey): Viewer {
  return tenantId === null ? { kind: 'operator', keyId: id, scopes: new Set(scopes) } : { kind: 'tenant', tenantId, keyId: id, scopes: new Set(scopes) }
}

function sha256(text: string): Buffer {
  return hash('sha256', text, 'buffer')
}
