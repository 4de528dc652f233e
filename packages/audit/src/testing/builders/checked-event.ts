import { countingIds, Temporal } from '@tollgate/kernel'
import { checkAuditEvent } from '../../engine/check-audit-event.ts'
import type { AuditEventDraft, CheckedAuditEvent } from '../../model/audit-event.ts'

export const NOON = Temporal.Instant.from('2026-11-20T12:00:00Z')

const ids = countingIds()
let salts = 0

/** Makes a valid event with a key of its own. */
export function checkedEvent(draft: Partial<AuditEventDraft> = {}, now = NOON): CheckedAuditEvent {
  const { event, issues } = checkAuditEvent({ family: 'test', action: 'done', ...draft }, { now, ids, randomBytes: size => Buffer.alloc(size, ++salts % 256) })
  if (event === undefined) throw new Error(issues.map(({ path, message }) => `${path} ${message}`).join())
  return event
}

let tenants = 0

/** Returns a tenant that no other test uses. */
export function freshTenant(): string {
  tenants += 1
  return `tenant-${tenants}`
}
