import { AsyncLocalStorage } from 'node:async_hooks'
import type { Viewer } from '@tollgate/accounts'

/** A request on whose behalf the database works. Everything that its resolvers call, also later, belongs to it. */
export interface RequestWork {
  readonly kind: 'read' | 'change'
  /** Undefined for an operator. */
  readonly tenantId: string | undefined
  /** The API key; an empty text for the operator key of the configuration. */
  readonly keyId: string
}

const requests = new AsyncLocalStorage<RequestWork>()

/** Returns the request that this code runs for; undefined for jobs, commands and the start of the server. */
export function currentRequest(): RequestWork | undefined {
  return requests.getStore()
}

/** Executes an operation as the work of a viewer. Operations without a viewer read nothing but the schema. */
export function executeFor<Result>(viewer: Viewer | undefined, kind: RequestWork['kind'], execute: () => Result): Result {
  if (viewer === undefined) return execute()
  return requests.run({ kind, tenantId: viewer.kind === 'tenant' ? viewer.tenantId : undefined, keyId: viewer.keyId ?? '' }, execute)
}

/** Executes a read on behalf of a tenant, of no key in particular. Null for a read that is not limited. */
export function executeForTenant<Result>(tenantId: string | null, execute: () => Result): Result {
  return tenantId === null ? requests.exit(execute) : requests.run({ kind: 'read', tenantId, keyId: '' }, execute)
}
