import { createTestClocks, type Accounts, type TestClocks } from '@tollgate/accounts'
import { postgresTestClockStore } from '@tollgate/accounts/postgres'
import { type Clock, OPERATOR_SCOPE } from '@tollgate/kernel'
import type { PostgresDatabase } from '@tollgate/postgres'
import type { ChangeRecorder } from '../../audited-changes/change-recorder.ts'
import { notifyThrough } from '../../live/notify.ts'
import { type AdvancedClock, type AdvanceRequest, advanceTestClock, type DueServices } from './advance-test-clock.ts'
import { auditedTestClocks } from './audited-test-clocks.ts'
import { type DataServices, dataOfTenant } from './data-of-tenant.ts'
import { TEST_CLOCKS_CHANNEL } from './follow-test-clocks.ts'

/** What test clocks are composed of. */
export interface TestClockParts {
  readonly database: PostgresDatabase
  readonly changes: ChangeRecorder
  /** The time of the installation. */
  readonly clock: Clock
  /** Returns the services that the clocks are for, which need the clocks themselves. */
  readonly services: () => DueServices & DataServices & { readonly accounts: Pick<Accounts, 'tenantsByIds'> }
}

/** Composes test clocks over PostgreSQL. */
export function composeTestClocks({ database, changes, clock, services }: TestClockParts): {
  testClocks: TestClocks
  advanceTestClock: (request: AdvanceRequest) => Promise<AdvancedClock>
} {
  const testClocks = createTestClocks({
    store: auditedTestClocks({ store: postgresTestClockStore(database), open: postgresTestClockStore, changes }),
    clock,
    hasTenant: async tenantId => (await services().accounts.tenantsByIds(OPERATOR_SCOPE, [tenantId])).length > 0,
    dataOf: tenantId => dataOfTenant(services(), tenantId),
    onChange: () => notifyThrough(database)(TEST_CLOCKS_CHANNEL, ''),
  })
  return { testClocks, advanceTestClock: request => advanceTestClock({ testClocks, ...services() }, request) }
}
