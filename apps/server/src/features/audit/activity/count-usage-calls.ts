import type { ActivityCount, ActivityLog } from '@tollgate/audit'
import type { CallCounter, CallCounts } from '@tollgate/usage'
import { callerActor } from './caller-actor.ts'

/** Counts calls of `trackUsage` for the audit log: one event per key and minute. */
export function countUsageCalls(activity: Pick<ActivityLog, 'countIn' | 'count'>): CallCounter {
  return {
    countIn: (transaction, counts) => activity.countIn(transaction, counts.map(toActivity)),
    count: counts => activity.count(toActivity(counts)),
  }
}

function toActivity({ tenantId, caller, calls, accepted, duplicate, conflict, rejected }: CallCounts): ActivityCount {
  const events = accepted + duplicate + conflict + rejected
  return { tenantId, actor: callerActor(caller), family: 'usage', action: 'tracked', calls, counts: { events, accepted, duplicate, conflict, rejected } }
}
