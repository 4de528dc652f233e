import { builder } from '../../../../graphql/builder.ts'
import { discountFields, toDiscountTerms } from '../inputs/discount-input.ts'
import { publishRule, RULE_MUTATION, ruleFields, rulePayload } from './publish-rule.ts'

const PublishDiscountInputRef = builder.inputType('PublishDiscountInput', {
  description: 'A discount to publish.',
  fields: t => ({ ...ruleFields(t), ...discountFields(t) }),
})

const PublishDiscountPayloadRef = rulePayload('PublishDiscountPayload', 'The published discount.')

builder.mutationField('publishDiscount', t =>
  t.field({
    type: PublishDiscountPayloadRef,
    audit: ['pricing.chargeRuleCreated', 'pricing.chargeRuleChanged'],
    ...RULE_MUTATION,
    description: 'Publishes a discount for one tenant, a plan or all tenants. Requires an operator key with the scope "prices:write".',
    args: { input: t.arg({ type: PublishDiscountInputRef, required: true, description: 'The discount.' }) },
    resolve: (_root, { input }, context) => {
      const { name, tenantId, plan, from, to, ...discount } = input
      return publishRule(context, input, { name, tenantId, plan, from, to, terms: { kind: 'discount', discount: toDiscountTerms(discount) } })
    },
  }),
)
