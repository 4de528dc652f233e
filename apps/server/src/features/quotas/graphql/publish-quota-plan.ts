import { Forbidden, InvalidInput } from '@tollgate/kernel'
import type { QuotaPlan } from '@tollgate/quotas'
import { builder } from '../../../graphql/builder.ts'
import { nameViewer } from '../../../graphql/name-viewer.ts'
import { QuotaOtherwiseRef } from './quota-enums.ts'
import { QuotaPlanRef } from './quota-plans.ts'
import { QuotaPolicyInputRef, toPolicyDraft } from './quota-policy-input.ts'

const PublishQuotaPlanInputRef = builder.inputType('PublishQuotaPlanInput', {
  description: 'The quotas of a tier, all of them.',
  fields: t => ({
    name: t.string({ required: true, description: 'The tier; "default" for tenants whose tier has no plan of its own.' }),
    unlisted: t.field({ type: QuotaOtherwiseRef, required: true, description: 'What becomes of metrics that no quota is for.' }),
    policies: t.field({ type: [QuotaPolicyInputRef], required: true, description: 'Up to 100, one for each metric, operation, window and scope.' }),
  }),
})

const PublishQuotaPlanPayloadRef = builder.objectRef<{ plan: QuotaPlan }>('PublishQuotaPlanPayload').implement({
  description: 'A plan was published.',
  fields: t => ({ plan: t.expose('plan', { type: QuotaPlanRef, description: 'The plan.' }) }),
})

builder.mutationField('publishQuotaPlan', t =>
  t.field({
    type: PublishQuotaPlanPayloadRef,
    authScopes: { $all: { operator: true, can: 'quotas:write' } },
    errors: { types: [InvalidInput, Forbidden] },
    description:
      'Publishes a plan of quotas, in place of the one of its name. Holds for every decision from now on, on every server; what was used stays used, and what was set for a tenant alone holds on. For operators with the scope "quotas:write".',
    args: { input: t.arg({ type: PublishQuotaPlanInputRef, required: true, description: 'The plan.' }) },
    resolve: async (_root, { input: { name, unlisted, policies } }, { tollgate, viewer }) => {
      const drafts = policies.map((policy, i) => toPolicyDraft(policy, `policies.${i}.`))
      return { plan: await tollgate.quotas.publishPlan({ name, unlisted, policies: drafts, setBy: nameViewer(viewer) }) }
    },
  }),
)
