import { Forbidden, InvalidInput } from '@tollgate/kernel'
import type { QuotaPlan } from '@tollgate/quotas'
import { builder } from '../../../../graphql/builder.ts'
import { viewerName } from '../../../../graphql/viewer-name.ts'
import { QuotaFailureModeRef } from './policy-enums.ts'
import { QuotaPlanRef } from './quota-plan.ts'
import { QuotaPolicyInputRef, toPolicyDraft } from './quota-policy-input.ts'

const PublishQuotaPlanInputRef = builder.inputType('PublishQuotaPlanInput', {
  description: 'A quota plan, with all its limits.',
  fields: t => ({
    name: t.string({ required: true, description: 'The tier that the plan is for, or "default" for tenants whose tier has no plan.' }),
    unlisted: t.field({ type: QuotaFailureModeRef, required: true, description: 'What happens to requests for metrics that have no quota.' }),
    policies: t.field({ type: [QuotaPolicyInputRef], required: true, description: 'Up to 100 limits, one per metric, operation, window and scope.' }),
  }),
})

const PublishQuotaPlanPayloadRef = builder.objectRef<{ plan: QuotaPlan }>('PublishQuotaPlanPayload').implement({
  description: 'The plan was published.',
  fields: t => ({ plan: t.expose('plan', { type: QuotaPlanRef, description: 'The published plan.' }) }),
})

builder.mutationField('publishQuotaPlan', t =>
  t.field({
    type: PublishQuotaPlanPayloadRef,
    audit: 'quota.planPublished',
    authScopes: { $all: { operator: true, can: 'quotas:write' } },
    errors: { types: [InvalidInput, Forbidden] },
    description:
      'Publishes a quota plan and replaces the plan of the same name. It applies to every decision from now on, on every server. Usage that was counted stays counted, and overrides of tenants still apply. Requires an operator key with the scope "quotas:write".',
    args: { input: t.arg({ type: PublishQuotaPlanInputRef, required: true, description: 'The plan.' }) },
    resolve: async (_root, { input: { name, unlisted, policies } }, { tollgate, viewer }) => {
      const drafts = policies.map((policy, i) => toPolicyDraft(policy, `policies.${i}.`))
      return { plan: await tollgate.quotas.publishPlan({ name, unlisted, policies: drafts, setBy: viewerName(viewer) }) }
    },
  }),
)
