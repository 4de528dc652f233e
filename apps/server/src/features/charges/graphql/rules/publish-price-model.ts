import { builder } from '../../../../graphql/builder.ts'
import { CountedUsageRef, PriceModelInputRef, toPriceModel } from '../inputs/price-model-input.ts'
import { publishRule, RULE_MUTATION, ruleFields, rulePayload } from './publish-rule.ts'

const PublishPriceModelInputRef = builder.inputType('PublishPriceModelInput', {
  description: 'A price list of our own, to be published.',
  fields: t => ({
    ...ruleFields(t),
    priceModel: t.field({ type: PriceModelInputRef, required: true, description: 'The price.' }),
    counts: t.field({ type: CountedUsageRef, description: 'What its units are; TOKENS where it is left out. A percentage is of costs.' }),
  }),
})

const PublishPriceModelPayloadRef = rulePayload('PublishPriceModelPayload', 'A price list was published.')

builder.mutationField('publishPriceModel', t =>
  t.field({
    type: PublishPriceModelPayloadRef,
    ...RULE_MUTATION,
    description:
      'Publishes a price list of our own, by which a tenant, a plan or everybody is charged instead of by cost and markup: for the tokens, requests or compute of a period, or a percentage of its cost. For operators with the scope "prices:write".',
    args: { input: t.arg({ type: PublishPriceModelInputRef, required: true, description: 'The price list.' }) },
    resolve: (_root, { input }, context) => {
      const { priceModel, counts, ...rule } = input
      return publishRule(context, input, { ...rule, terms: { kind: 'price-model', priceModel: toPriceModel(priceModel), counts } })
    },
  }),
)
