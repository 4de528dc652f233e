import { scopeOf } from '@tollgate/accounts'
import { Forbidden, InvalidInput, NotFound } from '@tollgate/kernel'
import type { Price } from '@tollgate/pricing'
import { tenantOf } from '../../../graphql/authorize.ts'
import { builder } from '../../../graphql/builder.ts'
import { ContextStepInputRef } from './context-step.ts'
import { PoolRatesInputRef } from './pool-rates.ts'
import { PriceRef } from './price.ts'
import { ServiceTierRef } from './service-tier.ts'

const CacheMultipliersInputRef = builder.inputType('CacheMultipliersInput', {
  description: 'Rates of the cache as multiples of what input costs, at every length of context.',
  fields: t => ({
    cacheRead: t.field({ type: 'Decimal', description: 'Of tokens read from the cache: "0.1".' }),
    cacheWrite5m: t.field({ type: 'Decimal', description: 'Of tokens written to it for 5 minutes: "1.25".' }),
    cacheWrite1h: t.field({ type: 'Decimal', description: 'Of tokens written to it for an hour: "2".' }),
  }),
})

const PublishPriceInputRef = builder.inputType('PublishPriceInput', {
  description: 'A price to be published.',
  fields: t => ({
    tenantId: t.id({ description: 'The tenant whose own price it is; for all where it is left out.' }),
    provider: t.string({ required: true, description: 'Who serves the model: "openai".' }),
    model: t.string({ required: true, description: 'The model, as the provider names it. Dated versions of it find the price too.' }),
    from: t.field({
      type: 'DateTime',
      required: true,
      description:
        'The first instant that it is in effect. May be in the past; what was rated already stays as it is until it is rated again, by `startRerating`.',
    }),
    to: t.field({ type: 'DateTime', description: 'The first instant that it is no longer in effect; no end where it is left out.' }),
    serviceTier: t.field({
      type: ServiceTierRef,
      description: 'The way of being served that it is for; STANDARD where it is left out. Another tier has a price of its own.',
    }),
    perMillionTokens: t.field({ type: PoolRatesInputRef, required: true, description: 'USD for a million tokens, by pool.' }),
    contextSteps: t.field({ type: [ContextStepInputRef], description: 'Other rates for long contexts; 10 at the most.' }),
    cacheMultipliers: t.field({ type: CacheMultipliersInputRef, description: 'Rates of the cache as multiples of input. Not for a pool that has a rate.' }),
    perRequest: t.field({ type: 'Decimal', description: 'USD for each call, beside the tokens.' }),
  }),
})

const PublishPricePayloadRef = builder.objectRef<{ price: Price }>('PublishPricePayload').implement({
  description: 'A price was published.',
  fields: t => ({ price: t.expose('price', { type: PriceRef, description: 'The price. It counts from the next event on.' }) }),
})

builder.mutationField('publishPrice', t =>
  t.field({
    type: PublishPricePayloadRef,
    authScopes: { $all: { operator: true, can: 'prices:write' } },
    errors: { types: [InvalidInput, Forbidden, NotFound] },
    description: 'Publishes a price, for every tenant or for one. For operators with the scope "prices:write".',
    args: { input: t.arg({ type: PublishPriceInputRef, required: true, description: 'The price.' }) },
    resolve: async (_root, { input }, context) => {
      if (typeof input.tenantId === 'string') await tenantOf(context, input.tenantId)
      return { price: await context.tollgate.pricing.publishPrice(scopeOf(context.viewer), input) }
    },
  }),
)
