import { checkPageSize, type Clock, InvalidInput, toPage } from '@tollgate/kernel'
import type { Alerts } from './alerts.ts'
import { type EvaluationDependencies, evaluateRules } from './evaluate-rules.ts'
import { evaluateVerification, type VerificationDependencies } from './evaluate-verification.ts'
import type { AlertRule, AlertRuleRef } from './model/alert-rule.ts'
import { applyRuleChange } from './model/apply-rule-change.ts'
import { applyTenantThreshold } from './model/apply-tenant-threshold.ts'

/** What alerts need. */
export interface AlertsDependencies extends EvaluationDependencies, VerificationDependencies {
  readonly clock: Clock
}

const PAGE_SIZE = { default: 100, max: 1_000 }

/** Creates alerts over a store and the ports that rules observe. */
export function createAlerts({ clock, ...dependencies }: AlertsDependencies): Alerts {
  const { store } = dependencies

  async function changeRule({ kind, scope }: AlertRuleRef, apply: (rule: AlertRule) => AlertRule): Promise<AlertRule> {
    const changed = await store.changeRule({ kind, scope }, { at: clock.now(), apply })
    if (changed === undefined) throw new InvalidInput([{ path: 'scope', message: `${kind} has no rule for ${scope}` }])
    return changed
  }

  return {
    evaluate: () => evaluateRules(dependencies, clock.now()),
    verify: signal => evaluateVerification(dependencies, { now: clock.now(), signal }),

    rules: () => store.rules(),
    setRule: (ref, change) => changeRule(ref, rule => applyRuleChange(rule, change)),
    setTenantThreshold: ({ kind, tenantId, threshold }) => changeRule({ kind, scope: 'TENANT' }, rule => applyTenantThreshold(rule, { tenantId, threshold })),

    async alerts(scope, query) {
      const first = checkPageSize(query.first, PAGE_SIZE)
      return toPage(await store.alerts(scope, { ...query, first: first + 1 }), first)
    },
    alertsByIds: (scope, ids) => store.alertsByIds(scope, ids),
    async events(scope, page) {
      const after = checkCursor(page.after)
      const first = checkPageSize(page.first, PAGE_SIZE)
      return toPage(await store.events(scope, { after, first: first + 1 }), first)
    },
    lastEvent: () => store.lastEvent(),
    raisedByKind: () => store.raisedByKind(),
  }
}

function checkCursor(after: string | undefined): string | undefined {
  if (after === undefined || /^\d{1,18}$/.test(after)) return after
  throw new InvalidInput([{ path: 'after', message: 'must be the cursor of an event' }])
}
