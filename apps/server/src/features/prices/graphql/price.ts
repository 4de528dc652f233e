import { scopeOf } from '@tollgate/accounts'
import { type EffectiveInterval, type Price, serviceTierOf } from '@tollgate/pricing'
import { requireScope } from '../../../graphql/authorize.ts'
import { builder } from '../../../graphql/builder.ts'
import { COSTS_SCOPE } from '../../../graphql/plugins/cost-fields.ts'
import { TenantRef } from '../../accounts/graphql/tenant.ts'
import { contextSteps, ContextStepRef } from './context-step.ts'
import { baseRates, PoolRatesRef } from './pool-rates.ts'
import { ServiceTierRef } from './service-tier.ts'
import { TimeOfDayRef } from './time-of-day.ts'
import { UnitPriceRef } from './unit-price.ts'

const PriceSourceRef = builder.enumType('PriceSource', {
  description: 'Source of a price. Tenant prices take precedence over custom ones, and custom ones over bundled ones.',
  values: {
    BUNDLED: { value: 'bundled', description: 'List price bundled with Tollgate.' },
    CUSTOM: { value: 'custom', description: 'Published by an operator for all tenants.' },
    TENANT: { value: 'tenant', description: 'Published by an operator for one tenant.' },
  } as const,
})

const EffectiveIntervalRef = builder.objectRef<EffectiveInterval>('EffectiveInterval').implement({
  description: 'A half-open interval in which a price is in effect.',
  fields: t => ({
    from: t.expose('from', { type: 'DateTime', nullable: true, description: 'Start, inclusive. Null for no start.' }),
    to: t.expose('to', { type: 'DateTime', nullable: true, description: 'End, exclusive. Null for no end.' }),
  }),
})

/** A price. The prices of one request are loaded together. */
export const PriceRef = builder.loadableNodeRef('Price', {
  id: { resolve: (price: Price) => price.id },
  load: async (ids: string[], { viewer, tollgate }): Promise<Price[]> => {
    requireScope(viewer, 'prices:read')
    requireScope(viewer, COSTS_SCOPE)
    return [...(await tollgate.pricing.pricesByIds(scopeOf(viewer), ids))]
  },
  sort: price => price.id,
})

builder.objectType(PriceRef, {
  name: 'Price',
  description:
    'What a provider charges for a model during an interval. Prices never change: a later price supersedes an earlier one, and recorded costs stay as they are.',
  fields: t => ({
    source: t.expose('source', { type: PriceSourceRef, description: 'Source of the price.' }),
    tenant: t.field({
      type: TenantRef,
      nullable: true,
      description: 'Tenant that the price is for. Null for all tenants.',
      resolve: ({ tenantId }) => tenantId,
    }),
    provider: t.exposeString('provider', { description: 'Provider of the model.' }),
    model: t.exposeString('model', { description: 'Canonical name of the model. The price also applies to its aliases and dated versions.' }),
    from: t.expose('from', { type: 'DateTime', nullable: true, description: 'Start of the published interval, inclusive. Null for no start.' }),
    to: t.expose('to', { type: 'DateTime', nullable: true, description: 'End of the published interval, exclusive. Null for no end.' }),
    effective: t.field({
      type: [EffectiveIntervalRef],
      complexity: { field: 1, multiplier: 2 },
      description:
        'When the price is in effect: its interval without the parts that later prices supersede. Intervals of one model, tenant, service tier, speed and region never overlap. Empty if the price is never in effect.',
      resolve: async (price, _args, { tollgate }) => [...(await tollgate.pricing.effectiveIntervals(price))],
    }),
    serviceTier: t.field({ type: ServiceTierRef, description: 'Service tier that the price is for.', resolve: serviceTierOf }),
    speed: t.string({ nullable: true, description: 'Speed that the price is for, such as "fast". Null for the usual speed.', resolve: ({ speed }) => speed }),
    region: t.string({
      nullable: true,
      description:
        'Region that the price is for, or a pattern that ends in "*". Null for calls that name no region, and for regions without a price of their own; bundled prices of providers that charge by region do not apply to those.',
      resolve: ({ region }) => region,
    }),
    timeOfDay: t.expose('timeOfDay', {
      type: TimeOfDayRef,
      nullable: true,
      description: 'Time of day that the price is for, if the provider charges by time of day.',
    }),
    perMillionTokens: t.field({
      type: PoolRatesRef,
      description: 'Rates in USD per million tokens.',
      resolve: ({ perMillionTokens }) => baseRates(perMillionTokens),
    }),
    contextSteps: t.field({
      type: [ContextStepRef],
      complexity: { field: 1, multiplier: 2 },
      description: 'Rates for long contexts, shortest first. Empty if the context length does not matter.',
      resolve: ({ perMillionTokens }) => contextSteps(perMillionTokens),
    }),
    marginalSteps: t.boolean({
      description: 'Whether a context step prices only the tokens of the pool above it. Otherwise it prices all tokens of the call.',
      resolve: ({ marginalSteps = false }) => marginalSteps,
    }),
    perRequest: t.expose('perRequest', { type: 'Decimal', nullable: true, description: 'USD per request, in addition to tokens.' }),
    units: t.field({
      type: [UnitPriceRef],
      complexity: { field: 1, multiplier: 3 },
      description: 'Prices of what the provider bills besides tokens and requests.',
      resolve: ({ units = [] }) => [...units],
    }),
    publishedAt: t.expose('publishedAt', {
      type: 'DateTime',
      description: 'When the price was published. Of overlapping prices, the one published last applies.',
    }),
  }),
})
