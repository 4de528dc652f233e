import { billingAudit } from '@tollgate/audit'
import type { BillingRunStore } from '@tollgate/invoicing/billing'
import { auditSnapshot } from '../../../audited-changes/audit-snapshot.ts'
import { type AuditedStore, unaudited } from '../../../audited-changes/audited-store.ts'
import { BillingRunId } from '../ids.ts'

/** Records who queued billing runs. Those that a request waits for show in the invoices that they make, and so does the progress of all. */
export function auditedBillingRuns({ store, open, changes }: AuditedStore<BillingRunStore>): BillingRunStore {
  return {
    ...unaudited(store, 'claim', 'advance', 'end', 'find', 'list', 'failures'),
    add: (run, { share }) =>
      share
        ? changes.record({
            change: database => open(database).add(run, { share }),
            events: ({ id, through, finalize, tenantIds }) =>
              id === run.id ? [billingAudit.runStarted(null, BillingRunId.encode(id), auditSnapshot({ through, finalize, tenantIds }))] : [],
          })
        : store.add(run, { share }),
  }
}
