import { Forbidden, InvalidInput, NotFound } from '@tollgate/kernel'
import type { QuotaOverride } from '@tollgate/quotas'
import { tenantOf } from '../../../graphql/authorize.ts'
import { builder } from '../../../graphql/builder.ts'
import { nameViewer } from '../../../graphql/name-viewer.ts'
import { QuotaOverrideRef } from './quota-override.ts'
import { slotFields } from './quota-policy-input.ts'
import { quotaScope } from './quota-scope.ts'

const ClearQuotaInputRef = builder.inputType('ClearQuotaInput', {
  description: 'Which limit of a tenant.',
  fields: t => ({ tenantId: t.id({ required: true, description: 'Whose.' }), ...slotFields(t) }),
})

const ClearQuotaPayloadRef = builder.objectRef<{ override: QuotaOverride }>('ClearQuotaPayload').implement({
  description: 'A limit was taken back.',
  fields: t => ({ override: t.expose('override', { type: QuotaOverrideRef, description: 'That it was taken back.' }) }),
})

builder.mutationField('clearQuota', t =>
  t.field({
    type: ClearQuotaPayloadRef,
    authScopes: { $all: { operator: true, can: 'quotas:write' } },
    errors: { types: [InvalidInput, Forbidden, NotFound] },
    description:
      'Takes back what `setQuota` set: the plan holds again for that metric, operation, window and scope, or nothing does. For operators with the scope "quotas:write".',
    args: { input: t.arg({ type: ClearQuotaInputRef, required: true, description: 'The limit.' }) },
    resolve: async (_root, { input: { tenantId, ...slot } }, context) => {
      const setBy = nameViewer(context.viewer)
      return {
        override: await context.tollgate.quotas.clearQuota({ ...slot, scope: quotaScope(slot.scope), tenantId: await tenantOf(context, tenantId), setBy }),
      }
    },
  }),
)
