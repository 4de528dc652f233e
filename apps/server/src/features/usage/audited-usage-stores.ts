import { usageAudit } from '@tollgate/audit'
import type { RejectedEventStore, RollupMaintenance } from '@tollgate/usage'
import { auditSnapshot } from '../../audited-changes/audit-snapshot.ts'
import { type AuditedStore, unaudited } from '../../audited-changes/audited-store.ts'
import type { ChangeRecorder } from '../../audited-changes/change-recorder.ts'
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
