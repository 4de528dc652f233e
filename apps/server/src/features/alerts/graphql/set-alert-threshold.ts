import type { AlertRule } from '@tollgate/alerts'
import { Forbidden, InvalidInput, NotFound } from '@tollgate/kernel'
import { tenantOf } from '../../../graphql/authorize.ts'
import { builder } from '../../../graphql/builder.ts'
import { AlertKindRef } from './alert-enums.ts'
import { AlertRuleRef } from './alert-rule.ts'

const SetAlertThresholdInputRef = builder.inputType('SetAlertThresholdInput', {
  description: "A threshold of one tenant's own.",
  fields: t => ({
    kind: t.field({ type: AlertKindRef, required: true, description: 'Of which kind.' }),
    tenantId: t.id({ required: true, description: 'Whose.' }),
    threshold: t.field({ type: 'Decimal', description: "In place of the threshold of the rule; left out, or null, the rule's holds again." }),
  }),
})

const SetAlertThresholdPayloadRef = builder.objectRef<{ rule: AlertRule }>('SetAlertThresholdPayload').implement({
  description: "A tenant got a threshold of its own, or the rule's again.",
  fields: t => ({ rule: t.expose('rule', { type: AlertRuleRef, description: 'The rule, as it holds from the next evaluation on.' }) }),
})

builder.mutationField('setAlertThreshold', t =>
  t.field({
    type: SetAlertThresholdPayloadRef,
    authScopes: { $all: { operator: true, can: 'alerts:write' } },
    errors: { types: [InvalidInput, Forbidden, NotFound] },
    description: 'Gives one tenant a threshold of its own, or takes it back, from the next evaluation on. For operators with the scope "alerts:write".',
    args: { input: t.arg({ type: SetAlertThresholdInputRef, required: true, description: 'Whose, and how much.' }) },
    resolve: async (_root, { input: { kind, tenantId: id, threshold = null } }, context) => {
      const tenantId = await tenantOf(context, id)
      return { rule: await context.tollgate.alerts.setTenantThreshold({ kind, tenantId, threshold }) }
    },
  }),
)
