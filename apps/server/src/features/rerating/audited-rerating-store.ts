import { pricingAudit } from '@tollgate/audit'
import type { RatingRun, ReratingStore } from '@tollgate/usage'
import { auditSnapshot } from '../../audited-changes/audit-snapshot.ts'
import { type AuditedStore, unaudited } from '../../audited-changes/audited-store.ts'
import { RatingRunId } from './ids.ts'

/** Records who started, resumed and cancelled rating runs, in the log of the tenant that they are about. Their corrections are records of usage. */
export function auditedRerating({ store, open, changes }: AuditedStore<ReratingStore>): ReratingStore {
  return {
    ...unaudited(store, 'count', 'read', 'advance', 'suspend', 'run', 'runs', 'changes', 'corrections'),
    start: run =>
      changes.record({
        change: database => open(database).start(run),
        events: started => [pricingAudit.usageRerated(started.selection.tenantId, RatingRunId.encode(started.id), summaryOf(started))],
      }),
    claim: request =>
      changes.record({
        change: database => open(database).claim(request),
        events: ({ run }) => [pricingAudit.ratingRunResumed(run.selection.tenantId, RatingRunId.encode(run.id), { details: summaryOf(run) })],
      }),
    cancel: request =>
      changes.record({
        change: database => open(database).cancel(request),
        events: run => [pricingAudit.ratingRunCancelled(run.selection.tenantId, RatingRunId.encode(run.id), { details: summaryOf(run) })],
      }),
  }
}

function summaryOf({ reason, selection, eventsTotal, eventsRead }: RatingRun) {
  return auditSnapshot({ reason, selection: { ...selection, range: { from: selection.range.from, to: selection.range.to } }, eventsTotal, eventsRead })
}
