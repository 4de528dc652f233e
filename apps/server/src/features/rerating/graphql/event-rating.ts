import type { Rating } from '@tollgate/usage'
import { builder } from '../../../graphql/builder.ts'
import { PriceRef } from '../../prices/graphql/price.ts'
import { PricingStateRef } from '../../usage/graphql/usage-enums.ts'

/** What an event was, or is, taken to cost. */
export const EventRatingRef = builder.objectRef<Rating>('EventRating').implement({
  description: 'What an event is taken to cost.',
  fields: t => ({
    pricingState: t.expose('state', { type: PricingStateRef, description: 'What is known of its cost.' }),
    cost: t.expose('cost', { type: 'Decimal', nullable: true, description: 'USD; null where it is unpriced or there is nothing to price.' }),
    price: t.field({ type: PriceRef, nullable: true, description: 'The price that it is rated with.', resolve: ({ priceId }) => priceId }),
  }),
})
