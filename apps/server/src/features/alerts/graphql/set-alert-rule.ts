import type { AlertRule } from '@tollgate/alerts'
import { Forbidden, InvalidInput } from '@tollgate/kernel'
import { builder } from '../../../graphql/builder.ts'
import { AlertKindRef, AlertScopeRef } from './alert-enums.ts'
import { AlertRuleRef } from './alert-rule.ts'

const SetAlertRuleInputRef = builder.inputType('SetAlertRuleInput', {
  description: 'What is to be changed of a rule. What is left out stays as it is.',
  fields: t => ({
    kind: t.field({ type: AlertKindRef, required: true, description: 'Which rule.' }),
    scope: t.field({ type: AlertScopeRef, required: true, description: 'Which rule of the kind.' }),
    enabled: t.boolean({ description: 'Whether it is evaluated. Switched off, its alerts recover.' }),
    threshold: t.field({ type: 'Decimal', description: 'Above it is too much; 0 or more, in the unit of the kind.' }),
    recoverRatio: t.field({ type: 'Decimal', description: 'At or below this part of the threshold is calm; from 0 to 1.' }),
    windowMinutes: t.int({ description: 'How far back an evaluation looks; from 1 to 10,080 (a week). For cost, whole hours.' }),
    minimumCalls: t.int({ description: 'Fewer calls in the window raise nothing; from 1 to 1,000,000.' }),
    raiseAfter: t.int({ description: 'Evaluations in a row above the threshold that raise an alert; from 1 to 1,000.' }),
    recoverAfter: t.int({ description: 'Calm evaluations in a row after which it has recovered; from 1 to 1,000.' }),
  }),
})

const SetAlertRulePayloadRef = builder.objectRef<{ rule: AlertRule }>('SetAlertRulePayload').implement({
  description: 'A rule was changed.',
  fields: t => ({ rule: t.expose('rule', { type: AlertRuleRef, description: 'The rule, as it holds from the next evaluation on.' }) }),
})

builder.mutationField('setAlertRule', t =>
  t.field({
    type: SetAlertRulePayloadRef,
    authScopes: { $all: { operator: true, can: 'alerts:write' } },
    errors: { types: [InvalidInput, Forbidden] },
    description: 'Changes when alerts of a kind are raised, from the next evaluation on. For operators with the scope "alerts:write".',
    args: { input: t.arg({ type: SetAlertRuleInputRef, required: true, description: 'Which rule, and what of it.' }) },
    resolve: async (_root, { input: { kind, scope, ...change } }, { tollgate }) => ({ rule: await tollgate.alerts.setRule({ kind, scope }, change) }),
  }),
)
