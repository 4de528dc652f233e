import type { TestClockStore } from '@tollgate/accounts'
import { tenantAudit } from '@tollgate/audit'
import { Temporal } from '@tollgate/kernel'
import { auditSnapshot } from '../../audited-changes/audit-snapshot.ts'
import { type AuditedStore, unaudited } from '../../audited-changes/audited-store.ts'

/** Records who put tenants on test clocks and advanced them. The steps of an advance are no events of their own. */
export function auditedTestClocks({ store, open, changes }: AuditedStore<TestClockStore>): TestClockStore {
  return {
    ...unaudited(store, 'all'),
    add: (clock, max) =>
      changes.record({
        change: database => open(database).add(clock, max),
        events: added => (added ? [tenantAudit.testClockCreated(clock.tenantId, clock.tenantId, auditSnapshot({ now: clock.now }))] : []),
      }),
    remove: tenantId =>
      changes.record({
        change: database => open(database).remove(tenantId),
        events: () => [tenantAudit.testClockRemoved(tenantId, tenantId)],
      }),
    move: (tenantId, to) =>
      Temporal.Instant.compare(to.target, to.now) <= 0
        ? store.move(tenantId, to)
        : changes.record({
            change: database => open(database).move(tenantId, to),
            events: moved =>
              moved === undefined
                ? []
                : [
                    tenantAudit.testClockAdvanced(tenantId, tenantId, {
                      before: auditSnapshot({ now: to.now }),
                      after: auditSnapshot({ now: to.target }),
                    }),
                  ],
          }),
  }
}
