import type { ActivityCount, ActivityLog } from '@tollgate/audit'
import type { CountedAction, DecisionCounter } from '@tollgate/quotas'
import { callerActor } from './caller-actor.ts'

/**
 * Counts quota decisions for the audit log: one event per key and minute. Refusals are in its details only: reports count the
 * events of refused attempts.
 */
export function countQuotaDecisions(activity: Pick<ActivityLog, 'countIn' | 'count'>): DecisionCounter {
  return {
    countIn(transaction, counts) {
      return activity.countIn(
        transaction,
        counts.map(({ tenantId, caller, counts: ofCaller }) => toActivity(tenantId, caller, ofCaller)),
      )
    },
    count: (tenantId, caller, action) => activity.count(toActivity(tenantId, caller, ONE[action])),
  }
}

const ONE: Readonly<Record<CountedAction, Readonly<Record<string, number>>>> = {
  checked: { checked: 1 },
  consumed: { consumed: 1 },
  reserved: { reserved: 1 },
  settled: { settled: 1 },
  released: { released: 1 },
  extended: { extended: 1 },
  refused: { refused: 1 },
}

function toActivity(tenantId: string, caller: string | null, counts: Readonly<Record<string, number>>): ActivityCount {
  let calls = 0
  for (const action in counts) if (action !== 'refused') calls += counts[action] ?? 0
  return { tenantId, actor: callerActor(caller), family: 'quota', action: 'decided', calls, counts }
}
