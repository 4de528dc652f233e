import { builder } from '../../../../graphql/builder.ts'
import { CountedUsageRef, PriceModelInputRef, toPriceModel } from '../inputs/price-model-input.ts'
import { publishRule, RULE_MUTATION, ruleFields, rulePayload } from './publish-rule.ts'

const PublishPriceModelInputRef = builder.inputType('PublishPriceModelInput', {
  description: 'A price list to publish.',
  fields: t => ({
    ...ruleFields(t),
    priceModel: t.field({ type: PriceModelInputRef, required: true, description: 'The price model.' }),
    counts: t.field({ type: CountedUsageRef, description: 'What the price list counts. Defaults to TOKENS. A percentage always applies to the cost.' }),
  }),
})

const PublishPriceModelPayloadRef = rulePayload('PublishPriceModelPayload', 'The published price list.')

builder.mutationField('publishPriceModel', t =>
  t.field({
    type: PublishPriceModelPayloadRef,
    audit: ['pricing.chargeRuleCreated', 'pricing.chargeRuleChanged'],
    ...RULE_MUTATION,
    description:
      'Publishes a price list that replaces cost and markup for one tenant, a plan or all tenants. It charges the tokens, requests or compute of a period, or a percentage of its cost. Requires an operator key with the scope "prices:write".',
    args: { input: t.arg({ type: PublishPriceModelInputRef, required: true, description: 'The price list.' }) },
    resolve: (_root, { input }, context) => {
      const { priceModel, counts, ...rule } = input
      return publishRule(context, input, { ...rule, terms: { kind: 'price-model', priceModel: toPriceModel(priceModel, 'priceModel'), counts } })
    },
  }),
)
