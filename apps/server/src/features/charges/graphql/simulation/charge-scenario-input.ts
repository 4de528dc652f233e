import type { ChargeScenario } from '@tollgate/charges'
import { builder } from '../../../../graphql/builder.ts'
import { PoolRatesInputRef } from '../../../prices/graphql/pool-rates.ts'
import { ServiceTierRef } from '../../../prices/graphql/service-tier.ts'
import { UnitPriceInputRef } from '../../../prices/graphql/unit-price.ts'
import { discountFields, toDiscountTerms } from '../inputs/discount-input.ts'
import { markupFields } from '../inputs/markup-fields.ts'
import { CountedUsageRef, PriceModelInputRef, toPriceModel } from '../inputs/price-model-input.ts'

const ScenarioPriceInputRef = builder.inputType('ScenarioPriceInput', {
  description: 'A price to simulate. It takes precedence over all others.',
  fields: t => ({
    provider: t.string({ required: true, description: 'Provider, such as "openai".' }),
    model: t.string({ required: true, description: 'Model, as the provider names it. The price also applies to its dated versions.' }),
    from: t.field({ type: 'DateTime', required: true, description: 'When the price takes effect. Events are rated by their own time.' }),
    to: t.field({ type: 'DateTime', description: 'When the price ends, exclusive. Defaults to no end.' }),
    serviceTier: t.field({ type: ServiceTierRef, description: 'Service tier of the price. Defaults to STANDARD.' }),
    speed: t.string({ description: 'Speed of the price, such as "fast". Defaults to the usual speed.' }),
    region: t.string({ description: 'Region of the price, or a pattern, such as "us-gov-*". Defaults to all regions without a price of their own.' }),
    perMillionTokens: t.field({ type: PoolRatesInputRef, required: true, description: 'USD per million tokens, by pool.' }),
    perRequest: t.field({ type: 'Decimal', description: 'USD per call, in addition to the tokens.' }),
    units: t.field({ type: [UnitPriceInputRef], description: 'Prices of what the provider bills besides tokens and requests.' }),
  }),
})

const ModelNameInputRef = builder.inputType('ModelNameInput', {
  description: 'A model of a provider.',
  fields: t => ({
    provider: t.string({ required: true, description: 'Provider of the model.' }),
    model: t.string({ required: true, description: 'Name of the model. Includes its dated versions and aliases.' }),
  }),
})

const ModelMappingInputRef = builder.inputType('ModelMappingInput', {
  description: 'A model that replaces another one, with the same tokens.',
  fields: t => ({
    from: t.field({ type: ModelNameInputRef, required: true, description: 'Model that was used.' }),
    to: t.field({ type: ModelNameInputRef, required: true, description: 'Model to simulate.' }),
  }),
})

const ScenarioMarkupInputRef = builder.inputType('ScenarioMarkupInput', { description: 'A markup to simulate.', fields: t => markupFields(t) })

const ScenarioDiscountInputRef = builder.inputType('ScenarioDiscountInput', {
  description: 'A discount to simulate.',
  fields: t => ({ name: t.string({ required: true, description: 'Name of the discount in the explanation.' }), ...discountFields(t) }),
})

/** The changes to simulate. */
export const ChargeScenarioInputRef = builder.inputType('ChargeScenarioInput', {
  description: 'Changes to simulate. Omitted fields stay as they are.',
  fields: t => ({
    prices: t.field({ type: [ScenarioPriceInputRef], description: 'Provider prices that take precedence over all others.' }),
    models: t.field({ type: [ModelMappingInputRef], description: 'Models to replace.' }),
    plan: t.string({ description: 'Plan of the tenant. Null for no plan. A tenant can choose its own plan and public ones.' }),
    markups: t.field({ type: [ScenarioMarkupInputRef], description: 'Markups that replace those in effect. The tenant is then charged by cost.' }),
    discounts: t.field({ type: [ScenarioDiscountInputRef], description: 'Discounts that replace those in effect.' }),
    priceModel: t.field({ type: PriceModelInputRef, description: 'Price list that replaces cost and markups.' }),
    counts: t.field({ type: CountedUsageRef, description: 'What the price list counts. Defaults to TOKENS.' }),
  }),
})

/** Converts the input. The package checks it. */
export function toScenario({ prices, models, plan, markups, discounts, priceModel, counts }: typeof ChargeScenarioInputRef.$inferInput): ChargeScenario {
  return {
    ...(prices && { prices }),
    ...(models && { models }),
    ...(plan !== undefined && { plan }),
    ...(markups && { markups }),
    ...(discounts && { discounts: discounts.map(({ name, ...discount }) => ({ ...toDiscountTerms(discount), id: name })) }),
    ...(priceModel && { priceModel: toPriceModel(priceModel, 'scenario.priceModel') }),
    ...(counts && { counts }),
  }
}
