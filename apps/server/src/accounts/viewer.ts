import { OPERATOR_SCOPE, type Scope, tenantScope } from '@tollgate/kernel'
import type { KeyScope } from './key-scope.ts'

/** Who is asking, as the API key of the request says. */
export type Viewer = OperatorViewer | TenantViewer

/** Sees every tenant. */
export interface OperatorViewer {
  readonly kind: 'operator'
  /** Null for the key that the server was configured with, which is in no table. */
  readonly keyId: string | null
  readonly scopes: ReadonlySet<KeyScope>
}

/** Sees its own tenant. */
export interface TenantViewer {
  readonly kind: 'tenant'
  readonly tenantId: string
  readonly keyId: string
  readonly scopes: ReadonlySet<KeyScope>
}

/** The rows that the viewer may touch. */
export function scopeOf(viewer: Viewer): Scope {
  return viewer.kind === 'operator' ? OPERATOR_SCOPE : tenantScope(viewer.tenantId)
}
