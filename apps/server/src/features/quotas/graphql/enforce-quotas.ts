import type { QuotaDecision } from '@tollgate/quotas'
import { builder } from '../../../graphql/builder.ts'
import { QuotaDecisionRef } from './quota-decision.ts'
import { QUESTION_FAILURES } from './quota-failures.ts'
import { questionFields, toQuestion } from './quota-question-input.ts'

const EnforceQuotasInputRef = builder.inputType('EnforceQuotasInput', {
  description: 'What is to be done, and for whom.',
  fields: t => ({
    ...questionFields(t),
    consume: t.boolean({ description: 'True takes the amounts at once, for what no usage event will report. False, and where it is left out, takes nothing.' }),
  }),
})

const EnforceQuotasPayloadRef = builder.objectRef<{ decision: QuotaDecision }>('EnforceQuotasPayload').implement({
  description: 'A decision.',
  fields: t => ({ decision: t.expose('decision', { type: QuotaDecisionRef, description: 'Whether it may be done.' }) }),
})

builder.mutationField('enforceQuotas', t =>
  t.field({
    type: EnforceQuotasPayloadRef,
    authScopes: { can: 'quotas:use' },
    errors: { types: QUESTION_FAILURES },
    description:
      'Whether amounts fit under all quotas that apply, now. Takes nothing: the usage events of what is then done count it, and two callers may both be told yes. Where that must not be, `reserveQuotas`. With `consume: true` takes all of it, or nothing. A refusal is a decision, not an error.',
    args: { input: t.arg({ type: EnforceQuotasInputRef, required: true, description: 'The question.' }) },
    resolve: async (_root, { input: { consume, ...input } }, context) => {
      const question = await toQuestion(context, input)
      return { decision: await context.tollgate.quotas.enforce({ ...question, consume: consume ?? false }) }
    },
  }),
)
