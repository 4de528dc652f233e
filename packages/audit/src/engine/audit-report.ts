import { eventType } from '../model/audit-event.ts'
import type { AuditCount, AuditReport } from '../model/audit-query.ts'

/** Sums counts by event type and result to a report. */
export function auditReport(counts: readonly AuditCount[]): AuditReport {
  const byType = new Map<string, number>()
  const byResult = { success: 0, failure: 0, denied: 0 }
  for (const item of counts) {
    const type = eventType(item)
    byType.set(type, (byType.get(type) ?? 0) + item.count)
    byResult[item.result] += item.count
  }
  const totalEvents = byResult.success + byResult.failure + byResult.denied
  return {
    totalEvents,
    successCount: byResult.success,
    failureCount: byResult.failure,
    deniedCount: byResult.denied,
    successRate: totalEvents === 0 ? null : byResult.success / totalEvents,
    eventsByType: [...byType].map(([type, count]) => ({ eventType: type, count })).sort((a, b) => b.count - a.count || (a.eventType < b.eventType ? -1 : 1)),
  }
}
