import { customerScope, OPERATOR_SCOPE, type Scope, type Temporal, tenantScope } from '@tollgate/kernel'
import type { ApiKey } from './api-key.ts'

/** The sender of a request, as its API key identifies it. */
export type Viewer = OperatorViewer | TenantViewer

/** Sees every tenant. */
export interface OperatorViewer {
  readonly kind: 'operator'
  /** Null for the operator key of the configuration, which is not stored. */
  readonly keyId: string | null
  readonly scopes: ReadonlySet<string>
  /** When the key or its replaced secret expires, if it does. */
  readonly keyExpiresAt?: Temporal.Instant
  /** Set if the request has the token of a session, which stands for its key. */
  readonly session?: SessionUse
}

/** Sees its own tenant. */
export interface TenantViewer {
  readonly kind: 'tenant'
  readonly tenantId: string
  /** Null for an access token that the operator key of the configuration made. */
  readonly keyId: string | null
  readonly scopes: ReadonlySet<string>
  /** When the key or its replaced secret expires, if it does. */
  readonly keyExpiresAt?: Temporal.Instant
  /** Set if the request has the token of a session, which stands for its key. */
  readonly session?: SessionUse
  /** Set if the request has an access token and no key. It only reads. */
  readonly accessToken?: AccessTokenUse
}

/** The use of a session. */
export interface SessionUse {
  /** When the token expires. */
  readonly expiresAt: Temporal.Instant
  /** When the session ends, however often it is renewed. */
  readonly endsAt: Temporal.Instant
}

/** The use of an access token. */
export interface AccessTokenUse {
  /** The only customer that it reads. Null for the whole tenant. */
  readonly customerId: string | null
  readonly expiresAt: Temporal.Instant
}

/** Returns the scope that the viewer's transactions carry: every tenant, its own, or one customer of its own. */
export function scopeOf(viewer: Viewer): Scope {
  if (viewer.kind === 'operator') return OPERATOR_SCOPE
  const customerId = viewer.accessToken?.customerId ?? null
  return customerId === null ? tenantScope(viewer.tenantId) : customerScope(viewer.tenantId, customerId)
}

/** Returns the viewer that a key stands for. */
export function viewerOfKey({ id, tenantId, scopes, expiresAt }: ApiKey): Viewer {
  const shared = { keyId: id, scopes: new Set(scopes), ...(expiresAt !== null && { keyExpiresAt: expiresAt }) }
  return tenantId === null ? { kind: 'operator', ...shared } : { kind: 'tenant', tenantId, ...shared }
}
