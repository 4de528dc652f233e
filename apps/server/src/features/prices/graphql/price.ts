import { scopeOf } from '@tollgate/accounts'
import { type EffectiveInterval, type Price, serviceTierOf, type TimeOfDay } from '@tollgate/pricing'
import { requireScope } from '../../../graphql/authorize.ts'
import { builder } from '../../../graphql/builder.ts'
import { TenantRef } from '../../accounts/graphql/tenant.ts'
import { contextSteps, ContextStepRef } from './context-step.ts'
import { baseRates, PoolRatesRef } from './pool-rates.ts'
import { ServiceTierRef } from './service-tier.ts'

const PriceSourceRef = builder.enumType('PriceSource', {
  description: "Where a price comes from. A tenant's own goes before a custom one, that before a bundled one.",
  values: {
    BUNDLED: { value: 'bundled', description: 'It came with Tollgate.' },
    CUSTOM: { value: 'custom', description: 'An operator published it, for every tenant.' },
    TENANT: { value: 'tenant', description: 'An operator published it, for one tenant.' },
  } as const,
})

const TimeOfDayRef = builder.objectRef<TimeOfDay>('TimeOfDay').implement({
  description: 'A part of the day in UTC, half-open; it may pass midnight.',
  fields: t => ({
    from: t.exposeString('from', { description: 'The first second in it: "16:30:00".' }),
    to: t.exposeString('to', { description: 'The first second behind it.' }),
  }),
})

const EffectiveIntervalRef = builder.objectRef<EffectiveInterval>('EffectiveInterval').implement({
  description: 'A time in which a price counts; half-open.',
  fields: t => ({
    from: t.expose('from', { type: 'DateTime', nullable: true, description: 'The first instant in it; null where it has no beginning.' }),
    to: t.expose('to', { type: 'DateTime', nullable: true, description: 'The first instant behind it; null where it has no end.' }),
  }),
})

/** A price; wherever an id is resolved, prices are loaded together. */
export const PriceRef = builder.loadableNodeRef('Price', {
  id: { resolve: (price: Price) => price.id },
  load: async (ids: string[], { viewer, tollgate }): Promise<Price[]> => {
    requireScope(viewer, 'prices:read')
    return [...(await tollgate.pricing.pricesByIds(scopeOf(viewer), ids))]
  },
  sort: price => price.id,
})

builder.objectType(PriceRef, {
  name: 'Price',
  description: 'What a provider charges for a model, from one time to another. Never changed: a later one takes its place, and what was rated stays as it is.',
  fields: t => ({
    source: t.expose('source', { type: PriceSourceRef, description: 'Where it comes from.' }),
    tenant: t.field({
      type: TenantRef,
      nullable: true,
      description: 'The tenant whose own price it is; null where it is for all.',
      resolve: ({ tenantId }) => tenantId,
    }),
    provider: t.exposeString('provider', { description: 'Who serves the model.' }),
    model: t.exposeString('model', { description: 'The canonical name of the model. Aliases and dated versions find it too.' }),
    from: t.expose('from', { type: 'DateTime', nullable: true, description: 'The first instant that it is in effect; null where it has no beginning.' }),
    to: t.expose('to', { type: 'DateTime', nullable: true, description: 'The first instant that it is no longer; null where it has no end.' }),
    effective: t.field({
      type: [EffectiveIntervalRef],
      complexity: { field: 1, multiplier: 2 },
      description:
        'When it counts: its interval without what prices took that were published after it. Those of one model, tier and tenant never overlap. Empty where it counts at no time.',
      resolve: async (price, _args, { tollgate }) => [...(await tollgate.pricing.effectiveIntervals(price))],
    }),
    serviceTier: t.field({ type: ServiceTierRef, description: 'The way of being served that it is for.', resolve: serviceTierOf }),
    timeOfDay: t.expose('timeOfDay', {
      type: TimeOfDayRef,
      nullable: true,
      description: 'The part of the day that it is for, where the provider charges by the time of day.',
    }),
    perMillionTokens: t.field({
      type: PoolRatesRef,
      description: 'USD for a million tokens, by pool.',
      resolve: ({ perMillionTokens }) => baseRates(perMillionTokens),
    }),
    contextSteps: t.field({
      type: [ContextStepRef],
      complexity: { field: 1, multiplier: 2 },
      description: 'Other rates for long contexts, the shortest first; empty where the length does not matter.',
      resolve: ({ perMillionTokens }) => contextSteps(perMillionTokens),
    }),
    perRequest: t.expose('perRequest', { type: 'Decimal', nullable: true, description: 'USD for each call, beside the tokens.' }),
    publishedAt: t.expose('publishedAt', {
      type: 'DateTime',
      description: 'When it was published. Of two for the same model and time, the one published last counts.',
    }),
  }),
})
