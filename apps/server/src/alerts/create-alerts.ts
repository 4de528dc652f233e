import { type Clock, type Decimal, InvalidInput, type Issue } from '@tollgate/kernel'
import type { AlertKind } from './alert-kind.ts'
import type { AlertRule, AlertRuleRef } from './alert-rule.ts'
import type { Alerts } from './alerts.ts'
import { changedRule, withTenantThreshold } from './check-alert-rule.ts'
import { type EvaluationSources, evaluateRules, evaluateVerification } from './evaluate-rules.ts'

/** What alerts stand on. */
export interface AlertsDependencies extends EvaluationSources {
  readonly clock: Clock
}

const MAX_PAGE = 1_000

/** Alerts over a store, and what is looked at. */
export function createAlerts({ clock, ...sources }: AlertsDependencies): Alerts {
  const { store } = sources

  async function change({ kind, scope }: AlertRuleRef, make: (rule: AlertRule) => AlertRule): Promise<AlertRule> {
    const changed = await store.changeRule({ kind, scope }, { at: clock.now(), make })
    if (changed === undefined) throw new InvalidInput([{ path: 'scope', message: `${kind} has no rule for ${scope}` }])
    return changed
  }

  return {
    evaluate: () => evaluateRules(sources, clock.now()),
    verify: signal => evaluateVerification(sources, { now: clock.now(), signal }),

    rules: () => store.rules(),
    setRule: (ref, changes) => change(ref, rule => changedRule(rule, changes)),
    setTenantThreshold: ({ kind, tenantId, threshold }: { kind: AlertKind; tenantId: string; threshold: Decimal | null }) =>
      change({ kind, scope: 'TENANT' }, rule => withTenantThreshold(rule, { tenantId, threshold })),

    async alerts(scope, query) {
      const first = checkFirst(query.first)
      const alerts = await store.alerts(scope, { ...query, first: first + 1 })
      return { alerts: alerts.slice(0, first), hasMore: alerts.length > first }
    },
    alertsByIds: (scope, ids) => store.alertsByIds(scope, ids),
    async events(scope, { after, first }) {
      const page = { after: checkCursor(after), first: checkFirst(first) + 1 }
      const events = await store.events(scope, page)
      return { events: events.slice(0, first), hasMore: events.length > first }
    },
    lastEvent: () => store.lastEvent(),
    raisedByKind: () => store.raisedByKind(),
  }
}

function checkFirst(first: number): number {
  if (Number.isInteger(first) && first >= 1 && first <= MAX_PAGE) return first
  throw invalid({ path: 'first', message: `must be a whole number from 1 to ${MAX_PAGE}, not ${first}` })
}

function checkCursor(after: string | undefined): string | undefined {
  if (after === undefined || /^\d{1,18}$/.test(after)) return after
  throw invalid({ path: 'after', message: 'must be the cursor of an event' })
}

function invalid(issue: Issue): InvalidInput {
  return new InvalidInput([issue])
}
