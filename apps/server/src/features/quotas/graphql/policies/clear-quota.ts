import { Forbidden, InvalidInput, NotFound } from '@tollgate/kernel'
import { tenantOf } from '../../../../graphql/authorize.ts'
import { builder } from '../../../../graphql/builder.ts'
import { viewerName } from '../../../../graphql/viewer-name.ts'
import { limitKeyFields } from './limit-key-fields.ts'
import { quotaChangePayload } from './quota-change-payload.ts'
import { quotaScope } from './quota-scope.ts'

const ClearQuotaInputRef = builder.inputType('ClearQuotaInput', {
  description: 'The override to remove.',
  fields: t => ({ tenantId: t.id({ required: true, description: 'Tenant of the override.' }), ...limitKeyFields(t) }),
})

const ClearQuotaPayloadRef = quotaChangePayload('ClearQuotaPayload', { payload: 'The override was removed.', override: 'The removal, as it is kept.' })

builder.mutationField('clearQuota', t =>
  t.field({
    type: ClearQuotaPayloadRef,
    audit: 'quota.limitCleared',
    authScopes: { $all: { operator: true, can: 'quotas:write' } },
    errors: { types: [InvalidInput, Forbidden, NotFound] },
    description: 'Removes an override that `setQuota` set; the plan\'s limit, if any, applies again. Requires an operator key with the scope "quotas:write".',
    args: { input: t.arg({ type: ClearQuotaInputRef, required: true, description: 'The override to remove.' }) },
    resolve: async (_root, { input: { tenantId, ...limitKey } }, context) => {
      const limit = { ...limitKey, scope: quotaScope(limitKey.scope) }
      const setBy = viewerName(context.viewer)
      return { override: await context.tollgate.quotas.clearQuota({ ...limit, tenantId: await tenantOf(context, tenantId), setBy }), limit }
    },
  }),
)
