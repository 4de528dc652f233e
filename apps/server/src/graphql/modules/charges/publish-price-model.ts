import type { PriceModelDraft } from '@tollgate/pricing'
import { builder } from '../../builder.ts'
import { publishRule, RULE_MUTATION, ruleFields, rulePayload } from './publish-rule.ts'

const PublishPriceModelInputRef = builder.inputType('PublishPriceModelInput', {
  description: 'A price list of our own, to be published.',
  fields: t => ({
    ...ruleFields(t),
    priceModel: t.field({
      type: 'JSON',
      required: true,
      description:
        'The price: { "kind": "graduated", "includedUnits": 500000, "tiers": [{ "from": 0, "unitPrice": "0.00002" }] }. Also of the kinds "flat-fee", "per-unit", "package", "volume", "percentage" (of the cost) and "matrix" (of provider, model, pool); see the README of @tollgate/pricing. Exact numbers are text.',
    }),
  }),
})

const PublishPriceModelPayloadRef = rulePayload('PublishPriceModelPayload', 'A price list was published.')

builder.mutationField('publishPriceModel', t =>
  t.field({
    type: PublishPriceModelPayloadRef,
    ...RULE_MUTATION,
    description:
      'Publishes a price list of our own, by which a tenant, a plan or everybody is charged instead of by cost and markup: for the tokens of a period, or a percentage of their cost. For operators with the scope "prices:write".',
    args: { input: t.arg({ type: PublishPriceModelInputRef, required: true, description: 'The price list.' }) },
    // Whatever the JSON is, it is checked where the rule is defined.
    resolve: (_root, { input: { priceModel, ...rule } }, context) =>
      publishRule(context, { ...rule, terms: { kind: 'price-model', priceModel: priceModel as unknown as PriceModelDraft } }),
  }),
)
