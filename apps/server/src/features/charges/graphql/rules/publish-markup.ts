import { builder } from '../../../../graphql/builder.ts'
import { markupFields } from '../inputs/markup-fields.ts'
import { publishRule, RULE_MUTATION, ruleFields, rulePayload } from './publish-rule.ts'

const PublishMarkupInputRef = builder.inputType('PublishMarkupInput', {
  description: 'A markup to be published.',
  fields: t => ({ ...ruleFields(t), ...markupFields(t) }),
})

const PublishMarkupPayloadRef = rulePayload('PublishMarkupPayload', 'A markup was published.')

builder.mutationField('publishMarkup', t =>
  t.field({
    type: PublishMarkupPayloadRef,
    ...RULE_MUTATION,
    description:
      'Publishes a percentage on top of what providers charge, for a tenant, plan, provider or model, or all. The most specific that matches counts. For operators with the scope "prices:write".',
    args: { input: t.arg({ type: PublishMarkupInputRef, required: true, description: 'The markup.' }) },
    resolve: (_root, { input }, context) => {
      const { percent, provider, model, ...rule } = input
      return publishRule(context, input, { ...rule, terms: { kind: 'markup', percent, provider, model } })
    },
  }),
)
