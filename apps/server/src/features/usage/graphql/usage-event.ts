import { scopeOf } from '@tollgate/accounts'
import type { UsageEvent } from '@tollgate/usage'
import { requireScope } from '../../../graphql/authorize.ts'
import { builder } from '../../../graphql/builder.ts'
import { TenantRef } from '../../accounts/graphql/tenant.ts'
import { PriceRef } from '../../prices/graphql/price.ts'
import { effectiveRating } from './effective-rating.ts'
import { MetadataRef } from './metadata.ts'
import { TokenTotalsRef } from './token-totals.ts'
import { PricingStateRef, UsageStatusRef } from './usage-enums.ts'

/** A recorded event; wherever an id is resolved, events are loaded together. */
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
    'One thing that happened, as it was recorded. Never changed: where prices were corrected later, corrections say what it costs, and `recordedCost` what it was first taken to.',
  fields: t => ({
    tenant: t.field({ type: TenantRef, description: 'Whose it is.', resolve: ({ tenantId }) => tenantId }),
    idempotencyKey: t.exposeString('idempotencyKey', { description: 'What makes it safe to send again.' }),
    occurredAt: t.expose('occurredAt', { type: 'DateTime', description: 'When it happened, to the microsecond.' }),
    recordedAt: t.expose('recordedAt', { type: 'DateTime', description: 'When the server took it.' }),
    operation: t.exposeString('operation', { description: 'What was done.' }),
    status: t.expose('status', { type: UsageStatusRef, description: 'How it ended.' }),
    provider: t.exposeString('provider', { nullable: true, description: 'Who served the model.' }),
    model: t.exposeString('model', { nullable: true, description: 'The model, as it was sent.' }),
    tokens: t.expose('tokens', { type: TokenTotalsRef, nullable: true, description: 'Tokens by pool; null where it used none.' }),
    quantity: t.expose('quantity', { type: 'Decimal', nullable: true, description: 'Units of a compute operation.' }),
    cost: t.field({
      type: 'Decimal',
      nullable: true,
      description: 'USD, as corrected since; null where it is unpriced or there is nothing to price.',
      resolve: async (event, _args, context) => (await effectiveRating(event, context)).cost,
    }),
    pricingState: t.field({
      type: PricingStateRef,
      description: 'What is known of its cost, as corrected since.',
      resolve: async (event, _args, context) => (await effectiveRating(event, context)).state,
    }),
    price: t.field({
      type: PriceRef,
      nullable: true,
      description: 'The price that it was rated with, as corrected since.',
      resolve: async (event, _args, context) => (await effectiveRating(event, context)).priceId,
    }),
    recordedCost: t.field({
      type: 'Decimal',
      nullable: true,
      description: 'USD, as it was recorded with the event; null where it was unpriced or there is nothing to price.',
      resolve: ({ rating }) => rating.cost,
    }),
    reportedCost: t.expose('reportedCost', { type: 'Decimal', nullable: true, description: 'What the provider said it cost, in USD.' }),
    latencyMs: t.exposeInt('latencyMs', { nullable: true, description: 'How long it took, in milliseconds.' }),
    statusCode: t.exposeInt('statusCode', { nullable: true, description: "The HTTP status of the provider's answer." }),
    errorMessage: t.exposeString('errorMessage', { nullable: true, description: 'What went wrong, where it did.' }),
    metadata: t.expose('metadata', { type: MetadataRef, description: 'Who and what it is attributed to.' }),
    serviceTier: t.exposeString('serviceTier', { nullable: true, description: 'How the provider served it, as it was sent; null for standard.' }),
    reservationId: t.exposeID('reservationId', { nullable: true, description: 'The reservation that it named, to settle it.' }),
  }),
})
