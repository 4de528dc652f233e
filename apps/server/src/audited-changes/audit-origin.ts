import { AsyncLocalStorage } from 'node:async_hooks'
import type { AuditActor } from '@tollgate/audit'

/** Who causes the changes of a piece of work, and from where. */
export interface AuditOrigin {
  readonly actor: AuditActor
  readonly requestId: string | null
  readonly ipAddress: string | null
  readonly userAgent: string | null
}

const origins = new AsyncLocalStorage<AuditOrigin>()

const SERVER: AuditOrigin = { actor: { kind: 'system', id: 'server' }, requestId: null, ipAddress: null, userAgent: null }

/** Runs work whose changes are audited as those of an origin: a mutation, a command, or a job. */
export function runAs<Result>(origin: Pick<AuditOrigin, 'actor'> & Partial<AuditOrigin>, work: () => Result): Result {
  return origins.run({ ...SERVER, ...origin }, work)
}

/** Returns the origin of the current work. Defaults to the server itself, for what it does at its start. */
export function currentOrigin(): AuditOrigin {
  return origins.getStore() ?? SERVER
}
