import { type ActivityLog, type Audit, createActivityLog } from '@tollgate/audit'
import { postgresActivityStore } from '@tollgate/audit/postgres'
import type { Clock, IdSource } from '@tollgate/kernel'
import type { PostgresDatabase } from '@tollgate/postgres'
import type { DecisionCounter } from '@tollgate/quotas'
import type { CallCounter } from '@tollgate/usage'
import type { Logger } from 'pino'
import { countQuotaDecisions } from './count-quota-decisions.ts'
import { countUsageCalls } from './count-usage-calls.ts'

/** What counts of activity need. */
export interface CountedActivityDependencies {
  readonly database: PostgresDatabase
  readonly reserved: PostgresDatabase
  readonly audit: Pick<Audit, 'recordIn'>
  readonly clock: Clock
  readonly ids: IdSource
  readonly logger?: Logger | undefined
}

/** Counts usage and quota decisions for audit logs. */
export interface CountedActivity {
  readonly activity: ActivityLog
  readonly callCounter: CallCounter
  readonly decisionCounter: DecisionCounter
}

/** Creates the counters of usage and quota decisions. */
export function countedActivity({ database, reserved, audit, clock, ids, logger }: CountedActivityDependencies): CountedActivity {
  const activity = createActivityLog({
    store: postgresActivityStore({ database: reserved, background: database, ids }),
    audit,
    clock,
    onCountsLost: calls => logger?.error({ calls }, 'Counts of calls are lost: memory has no room for more keys.'),
  })
  return { activity, callCounter: countUsageCalls(activity), decisionCounter: countQuotaDecisions(activity) }
}
