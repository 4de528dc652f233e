import { pricingAudit, usageAudit } from '@tollgate/audit'
import type { RatingRun, RejectedEventStore, ReratingStore, RollupMaintenance } from '@tollgate/usage'
import { auditSnapshot } from '../audit/mutations/audit-snapshot.ts'
import { type AuditedStore, unaudited } from '../audit/mutations/audited-store.ts'
import type { ChangeRecorder } from '../audit/mutations/change-recorder.ts'
import { RatingRunId } from '../rerating/ids.ts'
import { RejectedEventId } from './ids.ts'

/** Records who sent rejected events again. Rejections themselves are records of usage. */
export function auditedRejectedEvents({ store, open, changes }: AuditedStore<RejectedEventStore>): RejectedEventStore {
  return {
    ...unaudited(store, 'add', 'list', 'byId'),
    async resolve(scope, id, at) {
      await changes.record({
        async change(database) {
          const opened = open(database)
          const entry = await opened.byId(scope, id)
          await opened.resolve(scope, id, at)
          return entry
        },
        events: entry => (entry?.resolvedAt === null ? [usageAudit.rejectedEventResent(entry.tenantId, RejectedEventId.encode(id))] : []),
      })
    },
  }
}

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

/** Records who rebuilt rollups, before the work starts: it takes long, and many transactions. */
export function auditedMaintenance(maintenance: RollupMaintenance, changes: ChangeRecorder): RollupMaintenance {
  return {
    ...unaudited(maintenance, 'verify', 'extent'),
    async rebuild(range, onProgress) {
      await changes.recordAlone(usageAudit.rollupRebuildStarted(null, auditSnapshot({ from: range.from, to: range.to })))
      await maintenance.rebuild(range, onProgress)
    },
  }
}
