import { customerScope, OPERATOR_SCOPE, type Scope, type Temporal, tenantScope } from '@tollgate/kernel'

/** The sender of a request, as its API key identifies it. */
export type Viewer = OperatorViewer | TenantViewer

/** Sees every tenant. */
export interface OperatorViewer {
  readonly kind: 'operator'
  /** Null for the operator key of the configuration, which is not stored. */
  readonly keyId: string | null
  readonly scopes: ReadonlySet<string>
}

/** Sees its own tenant. */
export interface TenantViewer {
  readonly kind: 'tenant'
  readonly tenantId: string
  /** Null for an access token that the operator key of the configuration made. */
  readonly keyId: string | null
  readonly scopes: ReadonlySet<string>
  /** Set if the request has an access token and no key. It only reads. */
  readonly accessToken?: AccessTokenUse
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
