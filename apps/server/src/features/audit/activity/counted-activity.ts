import { type ActivityLog, type ActivityStore, type Audit, createActivityLog } from '@tollgate/audit'
import type { Clock } from '@tollgate/kernel'
import type { DecisionCounter } from '@tollgate/quotas'
import type { CallCounter } from '@tollgate/usage'
import type { Logger } from 'pino'
import { countQuotaDecisions } from './count-quota-decisions.ts'
import { countUsageCalls } from './count-usage-calls.ts'

/** What counts of activity need. */
export interface CountedActivityDependencies {
  readonly store: ActivityStore
  readonly audit: Pick<Audit, 'recordIn'>
  readonly clock: Clock
  readonly logger?: Logger | undefined
}

/** Counts usage and quota decisions for audit logs. */
export interface CountedActivity {
  readonly activity: ActivityLog
  readonly callCounter: CallCounter
  readonly decisionCounter: DecisionCounter
  /** Stores what was counted in memory. */
  stopCounting(): Promise<void>
}

/** Creates the counters of usage and quota decisions. */
export function countedActivity({ store, audit, clock, logger }: CountedActivityDependencies): CountedActivity {
  const activity = createActivityLog({
    store,
    audit,
    clock,
    onCountsLost: calls => logger?.error({ calls }, 'Counts of calls are lost: memory has no room for more keys.'),
  })
  return {
    activity,
    callCounter: countUsageCalls(activity),
    decisionCounter: countQuotaDecisions(activity),
    stopCounting: () => activity.flush().catch((error: unknown) => logger?.error({ err: error }, 'Counts of calls are lost: they could not be stored.')),
  }
}
