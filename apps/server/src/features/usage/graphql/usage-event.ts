import { scopeOf } from '@tollgate/accounts'
import type { UsageEvent } from '@tollgate/usage'
import { requireScope } from '../../../graphql/authorize.ts'
import { builder } from '../../../graphql/builder.ts'
import { TenantRef } from '../../accounts/graphql/tenant.ts'
import { PriceRef } from '../../prices/graphql/price.ts'
import { effectiveRating } from './effective-rating.ts'
import { MetadataRef } from './metadata.ts'
import { TokenTotalsRef } from './token-totals.ts'
import { toUnpricedReason, UnpricedReasonRef } from './unpriced-reason.ts'
import { PricingStateRef, UsageStatusRef } from './usage-enums.ts'
import { UsageUnitRef } from './usage-unit.ts'

/** A recorded event. Events that a request refers to by id are loaded together. */
export const UsageEventRef = builder.loadableNodeRef('UsageEvent', {
  id: { resolve: (event: UsageEvent) => event.id },
  load: async (ids: string[], { viewer, tollgate }): Promise<UsageEvent[]> => {
    requireScope(viewer, 'usage:read')
    return [...(await tollgate.usage.eventsById(scopeOf(viewer), ids))]
  },
  sort: event => event.id,
})

builder.objectType(UsageEventRef, {
  name: 'UsageEvent',
  description:
    'A recorded usage event. Events never change: if prices were corrected later, `cost` includes the corrections, and `recordedCost` is the cost that was recorded.',
  fields: t => ({
    tenant: t.field({ type: TenantRef, nullOnError: true, description: 'The tenant.', resolve: ({ tenantId }) => tenantId }),
    idempotencyKey: t.exposeString('idempotencyKey', { description: 'The idempotency key.' }),
    occurredAt: t.expose('occurredAt', { type: 'DateTime', description: 'When it happened, in microseconds.' }),
    recordedAt: t.expose('recordedAt', { type: 'DateTime', description: 'When the server received it.' }),
    operation: t.exposeString('operation', { description: 'The operation.' }),
    status: t.expose('status', { type: UsageStatusRef, description: 'How it ended.' }),
    provider: t.exposeString('provider', { nullable: true, description: 'Provider of the model.' }),
    model: t.exposeString('model', { nullable: true, description: 'Model, as sent.' }),
    tokens: t.expose('tokens', { type: TokenTotalsRef, nullable: true, description: 'Tokens by pool; null if none were sent.' }),
    units: t.field({
      type: [UsageUnitRef],
      complexity: { field: 1, multiplier: 2 },
      description: 'What the provider bills besides tokens; empty if there is nothing.',
      resolve: ({ units }) => [...units],
    }),
    quantity: t.expose('quantity', { type: 'Decimal', nullable: true, description: 'Units of a compute operation.' }),
    cost: t.field({
      type: 'Decimal',
      nullable: true,
      showsCosts: true,
      description: 'What the provider charges, in USD, including corrections. Null if it is unpriced or there is nothing to price.',
      resolve: async (event, _args, context) => (await effectiveRating(event, context)).cost,
    }),
    pricingState: t.field({
      type: PricingStateRef,
      description: 'Where the cost comes from, including corrections.',
      resolve: async (event, _args, context) => (await effectiveRating(event, context)).state,
    }),
    unpricedReason: t.field({
      type: UnpricedReasonRef,
      nullable: true,
      description: 'Why there is no price, including corrections; null if it is not unpriced, or was recorded before reasons were.',
      resolve: async (event, _args, context) => {
        const { unpricedReason } = await effectiveRating(event, context)
        return unpricedReason === null ? null : toUnpricedReason(unpricedReason)
      },
    }),
    price: t.field({
      type: PriceRef,
      nullable: true,
      showsCosts: true,
      description: 'The price of the cost, including corrections.',
      resolve: async (event, _args, context) => (await effectiveRating(event, context)).priceId,
    }),
    recordedCost: t.field({
      type: 'Decimal',
      nullable: true,
      showsCosts: true,
      description: 'Cost in USD as recorded, without corrections; null if it was unpriced or there is nothing to price.',
      resolve: ({ rating }) => rating.cost,
    }),
    reportedCost: t.expose('reportedCost', { type: 'Decimal', nullable: true, showsCosts: true, description: 'Cost in USD as reported by the provider.' }),
    latencyMs: t.exposeInt('latencyMs', { nullable: true, description: 'Latency in milliseconds.' }),
    statusCode: t.exposeInt('statusCode', { nullable: true, description: 'HTTP status code of the provider.' }),
    errorMessage: t.exposeString('errorMessage', { nullable: true, description: 'Error message, if it failed.' }),
    metadata: t.expose('metadata', { type: MetadataRef, description: 'What the event is attributed to.' }),
    serviceTier: t.exposeString('serviceTier', { nullable: true, description: 'Service tier, as sent; null for standard.' }),
    speed: t.exposeString('speed', { nullable: true, description: 'Speed, as sent; null for the standard speed.' }),
    region: t.exposeString('region', { nullable: true, description: 'Region or geography, as sent.' }),
    creditsSent: t.expose('credits', {
      type: 'Decimal',
      nullable: true,
      description: 'Credits that the event named instead of the credit cost of its operation.',
    }),
    description: t.exposeString('description', { nullable: true, description: 'Description, as sent.' }),
    resourceType: t.exposeString('resourceType', { nullable: true, description: 'Type of the resource, as sent.' }),
    resourceId: t.exposeString('resourceId', { nullable: true, description: 'Id of the resource, as sent.' }),
    reservationId: t.exposeID('reservationId', { nullable: true, description: 'The reservation that the event named.' }),
  }),
})
