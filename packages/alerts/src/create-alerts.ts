import { checkPageSize, type Clock, InvalidInput, type PageRequest, toPage } from '@tollgate/kernel'
import { checkedInput, checkShape, inputShape } from '@tollgate/kernel/input'
import type { AlertsQuery } from './alert-store.ts'
import type { Alerts, TenantThresholdRequest } from './alerts.ts'
import { type EvaluationDependencies, evaluateRules } from './evaluate-rules.ts'
import { evaluateVerification, type VerificationDependencies } from './evaluate-verification.ts'
import type { AlertRule, AlertRuleChange, AlertRuleRef } from './model/alert-rule.ts'
import { applyRuleChange } from './model/apply-rule-change.ts'
import { applyTenantThreshold } from './model/apply-tenant-threshold.ts'

/** What alerts need. */
export interface AlertsDependencies extends EvaluationDependencies, VerificationDependencies {
  readonly clock: Clock
}

const INPUTS = {
  ref: inputShape<AlertRuleRef>({ kind: 'text', scope: 'text' }),
  change: inputShape<AlertRuleChange>({
    enabled: 'boolean?',
    threshold: 'anything?',
    recoverRatio: 'anything?',
    windowMinutes: 'number?',
    minimumCalls: 'number?',
    raiseAfter: 'number?',
    recoverAfter: 'number?',
  }),
  threshold: inputShape<TenantThresholdRequest>({ kind: 'text', tenantId: 'text', threshold: 'amount|null' }),
  alerts: inputShape<AlertsQuery>({ state: 'text?', kind: 'text?', first: 'number?', after: 'text?' }),
  events: inputShape<PageRequest>({ first: 'number?', after: 'text?' }),
} as const

const PAGE_SIZE = { default: 100, max: 1_000 }

const OPTIONS = inputShape<AlertsDependencies>({ store: 'object', usage: 'object', quotas: 'object', rollups: 'object', clock: 'object', ids: 'object' })

/** Creates alerts over a store and the ports that rules observe. Throws `InvalidInput` for options that they do not have, or that are missing. */
export function createAlerts(dependencies: AlertsDependencies): Alerts {
  checkShape(OPTIONS, dependencies)
  const { store, clock } = dependencies

  async function changeRule({ kind, scope }: AlertRuleRef, apply: (rule: AlertRule) => AlertRule): Promise<AlertRule> {
    const changed = await store.changeRule({ kind, scope }, { at: clock.now(), apply })
    if (changed === undefined) throw new InvalidInput([{ path: 'scope', message: `${kind} has no rule for ${scope}` }])
    return changed
  }

  return {
    evaluate: () => evaluateRules(dependencies, clock.now()),
    verify: signal => evaluateVerification(dependencies, { now: clock.now(), signal }),

    rules: () => store.rules(),
    async setRule(ref, change) {
      checkShape(INPUTS.ref, ref)
      checkShape(INPUTS.change, change)
      return changeRule(ref, rule => applyRuleChange(rule, change))
    },
    setTenantThreshold: checkedInput(INPUTS.threshold, ({ kind, tenantId, threshold }) =>
      changeRule({ kind, scope: 'TENANT' }, rule => applyTenantThreshold(rule, { tenantId, threshold })),
    ),

    async alerts(scope, query) {
      checkShape(INPUTS.alerts, query)
      const first = checkPageSize(query.first, PAGE_SIZE)
      return toPage(await store.alerts(scope, { ...query, first: first + 1 }), first)
    },
    alertsByIds: (scope, ids) => store.alertsByIds(scope, ids),
    async events(scope, page) {
      checkShape(INPUTS.events, page)
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
