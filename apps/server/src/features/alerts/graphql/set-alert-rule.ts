import type { AlertRule } from '@tollgate/alerts'
import { Forbidden, InvalidInput } from '@tollgate/kernel'
import { builder } from '../../../graphql/builder.ts'
import { AlertKindRef, AlertScopeRef } from './alert-enums.ts'
import { AlertRuleRef } from './alert-rule.ts'

const SetAlertRuleInputRef = builder.inputType('SetAlertRuleInput', {
  description: 'A change to an alert rule. Omitted fields stay as they are.',
  fields: t => ({
    kind: t.field({ type: AlertKindRef, required: true, description: 'Kind of the rule.' }),
    scope: t.field({ type: AlertScopeRef, required: true, description: 'Scope of the rule.' }),
    enabled: t.boolean({ description: 'Whether the rule is evaluated. Disabling it recovers its alerts.' }),
    threshold: t.field({ type: 'Decimal', description: 'A value above it counts towards raising an alert. 0 or more, in the unit of the kind.' }),
    recoverRatio: t.field({ type: 'Decimal', description: 'A value at or below `threshold × recoverRatio` counts towards recovery. 0 to 1.' }),
    windowMinutes: t.int({ description: 'Length of the window, 1 to 10,080 minutes (a week). Whole hours for cost.' }),
    minimumCalls: t.int({ description: 'Fewer calls in the window never raise an alert. 1 to 1,000,000.' }),
    raiseAfter: t.int({ description: 'Consecutive evaluations above the threshold that raise an alert. 1 to 1,000.' }),
    recoverAfter: t.int({ description: 'Consecutive evaluations at or below the recovery level after which an alert recovers. 1 to 1,000.' }),
  }),
})

const SetAlertRulePayloadRef = builder.objectRef<{ rule: AlertRule }>('SetAlertRulePayload').implement({
  description: 'The rule was changed.',
  fields: t => ({ rule: t.expose('rule', { type: AlertRuleRef, description: 'The rule, as the next evaluation uses it.' }) }),
})

builder.mutationField('setAlertRule', t =>
  t.field({
    type: SetAlertRulePayloadRef,
    audit: 'alert.ruleSet',
    authScopes: { $all: { operator: true, can: 'alerts:write' } },
    errors: { types: [InvalidInput, Forbidden] },
    description: 'Changes an alert rule from its next evaluation on. Operators only; needs the scope "alerts:write".',
    args: { input: t.arg({ type: SetAlertRuleInputRef, required: true, description: 'The rule and the change.' }) },
    resolve: async (_root, { input: { kind, scope, ...change } }, { tollgate }) => ({ rule: await tollgate.alerts.setRule({ kind, scope }, change) }),
  }),
)
