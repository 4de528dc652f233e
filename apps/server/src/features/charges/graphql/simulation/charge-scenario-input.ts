import type { ChargeScenario } from '@tollgate/charges'
import { builder } from '../../../../graphql/builder.ts'
import { PoolRatesInputRef } from '../../../prices/graphql/pool-rates.ts'
import { ServiceTierRef } from '../../../prices/graphql/service-tier.ts'
import { discountFields, toDiscountTerms } from '../inputs/discount-input.ts'
import { markupFields } from '../inputs/markup-fields.ts'
import { CountedUsageRef, PriceModelInputRef, toPriceModel } from '../inputs/price-model-input.ts'

const ScenarioPriceInputRef = builder.inputType('ScenarioPriceInput', {
  description: 'A price to try. It goes before every other.',
  fields: t => ({
    provider: t.string({ required: true, description: 'Who serves the model: "openai".' }),
    model: t.string({ required: true, description: 'The model, as the provider names it. Dated versions of it find the price too.' }),
    from: t.field({ type: 'DateTime', required: true, description: 'The first instant that it is in effect: events are rated at their own time.' }),
    to: t.field({ type: 'DateTime', description: 'The first instant that it is no longer in effect; no end where it is left out.' }),
    serviceTier: t.field({ type: ServiceTierRef, description: 'The way of being served that it is for; STANDARD where it is left out.' }),
    perMillionTokens: t.field({ type: PoolRatesInputRef, required: true, description: 'USD for a million tokens, by pool.' }),
    perRequest: t.field({ type: 'Decimal', description: 'USD for each call, beside the tokens.' }),
  }),
})

const ModelNameInputRef = builder.inputType('ModelNameInput', {
  description: 'A model of a provider.',
  fields: t => ({
    provider: t.string({ required: true, description: 'Who serves it.' }),
    model: t.string({ required: true, description: 'Its name; its dated versions and aliases are the same model.' }),
  }),
})

const ModelMappingInputRef = builder.inputType('ModelMappingInput', {
  description: 'A model that would have been used instead of another, for the same tokens.',
  fields: t => ({
    from: t.field({ type: ModelNameInputRef, required: true, description: 'The model that was used.' }),
    to: t.field({ type: ModelNameInputRef, required: true, description: 'The model in its place.' }),
  }),
})

const ScenarioMarkupInputRef = builder.inputType('ScenarioMarkupInput', { description: 'A markup to try.', fields: t => markupFields(t) })

const ScenarioDiscountInputRef = builder.inputType('ScenarioDiscountInput', {
  description: 'A discount to try.',
  fields: t => ({ name: t.string({ required: true, description: 'What the explanation calls it.' }), ...discountFields(t) }),
})

/** What would be otherwise. */
export const ChargeScenarioInputRef = builder.inputType('ChargeScenarioInput', {
  description: 'What would be otherwise. What is left out stays as it is.',
  fields: t => ({
    prices: t.field({ type: [ScenarioPriceInputRef], description: 'Prices of providers that go before all others.' }),
    models: t.field({ type: [ModelMappingInputRef], description: 'Models in place of others.' }),
    plan: t.string({ description: 'The plan that the tenant would be on; null for none.' }),
    markups: t.field({ type: [ScenarioMarkupInputRef], description: 'Markups in place of those in effect; the tenant is then charged by cost.' }),
    discounts: t.field({ type: [ScenarioDiscountInputRef], description: 'Discounts in place of those in effect.' }),
    priceModel: t.field({ type: PriceModelInputRef, description: 'A price list of our own in place of cost and markups.' }),
    counts: t.field({ type: CountedUsageRef, description: 'What the units of that price list are; TOKENS where it is left out.' }),
  }),
})

/** A scenario as it is tried. What is wrong with it is said there. */
export function toScenario({ prices, models, plan, markups, discounts, priceModel, counts }: typeof ChargeScenarioInputRef.$inferInput): ChargeScenario {
  return {
    ...(prices && { prices }),
    ...(models && { models }),
    ...(plan !== undefined && { plan }),
    ...(markups && { markups }),
    ...(discounts && { discounts: discounts.map(({ name, ...discount }) => ({ ...toDiscountTerms(discount), id: name })) }),
    ...(priceModel && { priceModel: toPriceModel(priceModel) }),
    ...(counts && { counts }),
  }
}
