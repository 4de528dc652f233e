import { scopeOf } from '@tollgate/accounts'
import { Forbidden, InvalidInput, NotFound } from '@tollgate/kernel'
import type { Price } from '@tollgate/pricing'
import { tenantOf } from '../../../graphql/authorize.ts'
import { builder } from '../../../graphql/builder.ts'
import { ContextStepInputRef } from './context-step.ts'
import { PoolRatesInputRef } from './pool-rates.ts'
import { PriceRef } from './price.ts'
import { ServiceTierRef } from './service-tier.ts'
import { TimeOfDayInputRef } from './time-of-day.ts'
import { UnitPriceInputRef } from './unit-price.ts'

const CacheMultipliersInputRef = builder.inputType('CacheMultipliersInput', {
  description: 'Cache rates as multiples of the input rate, at every context length.',
  fields: t => ({
    cacheRead: t.field({ type: 'Decimal', description: 'For tokens read from the cache, such as "0.1".' }),
    cacheWrite5m: t.field({ type: 'Decimal', description: 'For tokens written to the cache for 5 minutes, such as "1.25".' }),
    cacheWrite1h: t.field({ type: 'Decimal', description: 'For tokens written to the cache for an hour, such as "2".' }),
  }),
})

const PublishPriceInputRef = builder.inputType('PublishPriceInput', {
  description: 'Price to publish. It needs at least one rate, `perRequest` or `units`.',
  fields: t => ({
    tenantId: t.id({ description: 'Publish the price for this tenant only. Defaults to all tenants.' }),
    provider: t.string({ required: true, description: 'Provider, such as "openai".' }),
    model: t.string({ required: true, description: 'Model, as the provider names it. The price also applies to dated versions of the model.' }),
    from: t.field({
      type: 'DateTime',
      required: true,
      description: 'When the price takes effect. May be in the past: to correct the cost of events already recorded, use `startRatingRun`.',
    }),
    to: t.field({ type: 'DateTime', description: 'When the price ends, exclusive. Defaults to no end.' }),
    serviceTier: t.field({ type: ServiceTierRef, description: 'Service tier that the price is for. Defaults to STANDARD. Each tier has prices of its own.' }),
    speed: t.string({ description: 'Speed that the price is for, such as "fast". Defaults to the usual speed. Each speed has prices of its own.' }),
    region: t.string({
      description: 'Region that the price is for, such as "eu", or a pattern, such as "us-gov-*". Defaults to all regions without a price of their own.',
    }),
    timeOfDay: t.field({ type: TimeOfDayInputRef, description: 'Time of day that the price is for. Defaults to all day.' }),
    perMillionTokens: t.field({
      type: PoolRatesInputRef,
      description: 'Rates in USD per million tokens, by token pool. Omit it for a model that has no tokens.',
    }),
    contextSteps: t.field({ type: [ContextStepInputRef], description: 'Rates for long contexts, up to 10 steps.' }),
    marginalSteps: t.boolean({
      description: 'Whether a context step prices only the tokens of the pool above it, not all tokens of the call. Defaults to false.',
    }),
    cacheMultipliers: t.field({
      type: CacheMultipliersInputRef,
      description: 'Cache rates as multiples of the input rate. Not for a pool that has a rate in `perMillionTokens`.',
    }),
    perRequest: t.field({ type: 'Decimal', description: 'USD per request, in addition to tokens.' }),
    units: t.field({ type: [UnitPriceInputRef], description: 'Prices of what the provider bills besides tokens and requests, up to 200.' }),
  }),
})

const PublishPricePayloadRef = builder.objectRef<{ price: Price }>('PublishPricePayload').implement({
  description: 'The price was published.',
  fields: t => ({ price: t.expose('price', { type: PriceRef, description: 'The published price. It applies to events recorded from now on.' }) }),
})

builder.mutationField('publishPrice', t =>
  t.field({
    type: PublishPricePayloadRef,
    audit: 'pricing.pricePublished',
    authScopes: { $all: { operator: true, can: 'prices:write' } },
    errors: { types: [InvalidInput, Forbidden, NotFound] },
    description: 'Publishes a price for one tenant or for all. Requires an operator key with the scope "prices:write".',
    args: { input: t.arg({ type: PublishPriceInputRef, required: true, description: 'Price to publish.' }) },
    resolve: async (_root, { input }, context) => {
      if (typeof input.tenantId === 'string') await tenantOf(context, input.tenantId)
      return { price: await context.tollgate.pricing.publishPrice(scopeOf(context.viewer), { ...input, perMillionTokens: input.perMillionTokens ?? {} }) }
    },
  }),
)
