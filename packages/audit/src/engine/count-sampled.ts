import type { Temporal } from '@tollgate/kernel'
import { type MinuteOfActivity, minuteOf } from '../model/activity-count.ts'
import { type CheckedAuditEvent, eventType } from '../model/audit-event.ts'

/** Counts events by type, in the minute in which they were received. */
export function countSampled(tenantId: string, events: readonly CheckedAuditEvent[], now: Temporal.Instant): MinuteOfActivity[] {
  const minute = minuteOf(now)
  return [...Map.groupBy(events, eventType).values()].flatMap(([first, ...others]) => {
    if (first === undefined) return []
    const calls = others.reduce((sum, { count }) => sum + count, first.count)
    return [{ tenantId, minute, actor: { kind: 'system', id: null }, family: first.family, action: first.action, calls, counts: {} }]
  })
}
