import type { AuditActor } from '@tollgate/audit'

const SYSTEM: AuditActor = { kind: 'system', id: null }

/** Returns the actor of a call: the key that made it, or the system. */
export function callerActor(caller: string | null): AuditActor {
  return caller === null ? SYSTEM : { kind: 'key', id: caller }
}
