import { builder } from '../../../../graphql/builder.ts'
import { markupFields } from '../inputs/markup-fields.ts'
import { publishRule, RULE_MUTATION, ruleFields, rulePayload } from './publish-rule.ts'

const PublishMarkupInputRef = builder.inputType('PublishMarkupInput', {
  description: 'A markup to publish.',
  fields: t => ({ ...ruleFields(t), ...markupFields(t) }),
})

const PublishMarkupPayloadRef = rulePayload('PublishMarkupPayload', 'The published markup.')

builder.mutationField('publishMarkup', t =>
  t.field({
    type: PublishMarkupPayloadRef,
    audit: ['pricing.chargeRuleCreated', 'pricing.chargeRuleChanged'],
    ...RULE_MUTATION,
    description:
      'Publishes a percentage that is added to what providers charge, for a tenant, plan, provider or model, or for all. The most specific match applies. Requires an operator key with the scope "prices:write".',
    args: { input: t.arg({ type: PublishMarkupInputRef, required: true, description: 'The markup.' }) },
    resolve: (_root, { input }, context) => {
      const { percent, provider, model, ...rule } = input
      return publishRule(context, input, { ...rule, terms: { kind: 'markup', percent, provider, model } })
    },
  }),
)
