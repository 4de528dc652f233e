import { Forbidden, InvalidInput, NotFound } from '@tollgate/kernel'
import { tenantOf } from '../../../../graphql/authorize.ts'
import { builder } from '../../../../graphql/builder.ts'
import { viewerName } from '../../../../graphql/viewer-name.ts'
import { quotaChangePayload } from './quota-change-payload.ts'
import { policyFields, toPolicyDraft } from './quota-policy-input.ts'

const SetQuotaInputRef = builder.inputType('SetQuotaInput', {
  description: 'A limit for one tenant.',
  fields: t => ({ tenantId: t.id({ required: true, description: 'Tenant to limit.' }), ...policyFields(t) }),
})

const SetQuotaPayloadRef = quotaChangePayload('SetQuotaPayload', { payload: 'The limit was set.', override: 'The new override.' })

builder.mutationField('setQuota', t =>
  t.field({
    type: SetQuotaPayloadRef,
    audit: 'quota.limitSet',
    authScopes: { $all: { operator: true, can: 'quotas:write' } },
    errors: { types: [InvalidInput, Forbidden, NotFound] },
    description:
      'Sets a limit for one tenant. It replaces the limit of the plan for the same metric, operation, window and scope, or adds one. It applies to every decision from now on, on every server. Usage that was counted stays counted; thresholds that it has reached already alert at once. A limit that was not counted before starts with the recorded usage of the current window. Requires an operator key with the scope "quotas:write".',
    args: { input: t.arg({ type: SetQuotaInputRef, required: true, description: 'The limit.' }) },
    resolve: async (_root, { input: { tenantId, ...policy } }, context) => {
      const draft = toPolicyDraft(policy)
      const setBy = viewerName(context.viewer)
      return { override: await context.tollgate.quotas.setQuota({ ...draft, tenantId: await tenantOf(context, tenantId), setBy }), limit: draft }
    },
  }),
)
