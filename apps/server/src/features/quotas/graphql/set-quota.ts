import { Forbidden, InvalidInput, NotFound } from '@tollgate/kernel'
import type { QuotaOverride } from '@tollgate/quotas'
import { tenantOf } from '../../../graphql/authorize.ts'
import { builder } from '../../../graphql/builder.ts'
import { nameViewer } from '../../../graphql/name-viewer.ts'
import { QuotaOverrideRef } from './quota-override.ts'
import { termFields, toPolicyDraft } from './quota-policy-input.ts'

const SetQuotaInputRef = builder.inputType('SetQuotaInput', {
  description: 'A limit for one tenant.',
  fields: t => ({ tenantId: t.id({ required: true, description: 'For whom.' }), ...termFields(t) }),
})

const SetQuotaPayloadRef = builder.objectRef<{ override: QuotaOverride }>('SetQuotaPayload').implement({
  description: 'A limit was set.',
  fields: t => ({ override: t.expose('override', { type: QuotaOverrideRef, description: 'What was set.' }) }),
})

builder.mutationField('setQuota', t =>
  t.field({
    type: SetQuotaPayloadRef,
    authScopes: { $all: { operator: true, can: 'quotas:write' } },
    errors: { types: [InvalidInput, Forbidden, NotFound] },
    description:
      'Sets a limit for one tenant, in place of its plan\'s for the same metric, operation, window and scope, or beside them. Holds for every decision from now on, on every server; what was used stays used, and what nothing counted before begins with what its present window has used so far. For operators with the scope "quotas:write".',
    args: { input: t.arg({ type: SetQuotaInputRef, required: true, description: 'The limit.' }) },
    resolve: async (_root, { input: { tenantId, ...terms } }, context) => {
      const setBy = nameViewer(context.viewer)
      return { override: await context.tollgate.quotas.setQuota({ ...toPolicyDraft(terms), tenantId: await tenantOf(context, tenantId), setBy }) }
    },
  }),
)
