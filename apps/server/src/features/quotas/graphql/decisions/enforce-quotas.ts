import { IdempotencyKeyReused, type QuotaDecision } from '@tollgate/quotas'
import { builder } from '../../../../graphql/builder.ts'
import { viewerName } from '../../../../graphql/viewer-name.ts'
import { DECISION_FAILURES } from './decision-failures.ts'
import { decisionFields, toDecisionRequest } from './decision-input.ts'
import { recordQuotaRefusal } from './record-quota-refusal.ts'
import { QuotaDecisionRef } from './quota-decision.ts'

const EnforceQuotasInputRef = builder.inputType('EnforceQuotasInput', {
  description: 'The amounts to check, and what they are for.',
  fields: t => ({
    ...decisionFields(t),
    consume: t.boolean({
      description: 'True counts the amounts as used at once, for work that no usage event reports. Defaults to false: nothing is counted.',
    }),
    idempotencyKey: t.string({
      description:
        'Makes the amounts count once, so that a call whose response was lost can be sent again. 1 to 256 characters, unique in the tenant, kept for a day. Requires `consume: true`. A repeat of an allowed call is allowed and counts nothing.',
    }),
  }),
})

const EnforceQuotasPayloadRef = builder.objectRef<{ decision: QuotaDecision }>('EnforceQuotasPayload').implement({
  description: 'The quotas were checked.',
  fields: t => ({ decision: t.expose('decision', { type: QuotaDecisionRef, description: 'Whether the amounts are allowed.' }) }),
})

builder.mutationField('enforceQuotas', t =>
  t.field({
    type: EnforceQuotasPayloadRef,
    audit: 'counted',
    authScopes: { can: 'quotas:use' },
    errors: { types: [...DECISION_FAILURES, IdempotencyKeyReused] },
    description:
      'Checks whether amounts fit under all quotas that apply. It counts nothing: the usage events of the work count it, so two callers may both be allowed the last unit. Use `reserveQuotas` to prevent that. `consume: true` counts all amounts, or none. A refusal is a decision, not an error.',
    args: { input: t.arg({ type: EnforceQuotasInputRef, required: true, description: 'The amounts to check.' }) },
    resolve: async (_root, { input: { consume, idempotencyKey, ...input } }, context) => {
      const request = await toDecisionRequest(context, input)
      const decision = await context.tollgate.quotas.enforce({ ...request, caller: viewerName(context.viewer), consume: consume ?? false, idempotencyKey })
      recordQuotaRefusal(context, request.tenantId, decision)
      return { decision }
    },
  }),
)
