import type { AlertRule } from '@tollgate/alerts'
import { Forbidden, InvalidInput, NotFound } from '@tollgate/kernel'
import { tenantOf } from '../../../graphql/authorize.ts'
import { builder } from '../../../graphql/builder.ts'
import { AlertKindRef } from './alert-enums.ts'
import { AlertRuleRef } from './alert-rule.ts'

const SetAlertThresholdInputRef = builder.inputType('SetAlertThresholdInput', {
  description: 'A threshold for one tenant.',
  fields: t => ({
    kind: t.field({ type: AlertKindRef, required: true, description: 'Kind of the rule.' }),
    tenantId: t.id({ required: true, description: 'The tenant.' }),
    threshold: t.field({
      type: 'Decimal',
      description: 'Replaces the threshold of the rule for this tenant. Omit it, or pass null, to use the threshold of the rule again.',
    }),
  }),
})

const SetAlertThresholdPayloadRef = builder.objectRef<{ rule: AlertRule }>('SetAlertThresholdPayload').implement({
  description: 'The threshold of the tenant was changed.',
  fields: t => ({ rule: t.expose('rule', { type: AlertRuleRef, description: 'The rule, as the next evaluation uses it.' }) }),
})

builder.mutationField('setAlertThreshold', t =>
  t.field({
    type: SetAlertThresholdPayloadRef,
    audit: 'alert.tenantThresholdSet',
    authScopes: { $all: { operator: true, can: 'alerts:write' } },
    errors: { types: [InvalidInput, Forbidden, NotFound] },
    description: 'Sets or removes the threshold of one tenant, from the next evaluation on. Operators only; needs the scope "alerts:write".',
    args: { input: t.arg({ type: SetAlertThresholdInputRef, required: true, description: 'The tenant and its threshold.' }) },
    resolve: async (_root, { input: { kind, tenantId: id, threshold = null } }, context) => {
      const tenantId = await tenantOf(context, id)
      return { rule: await context.tollgate.alerts.setTenantThreshold({ kind, tenantId, threshold }) }
    },
  }),
)
