import type { Rating } from '@tollgate/usage'
import { builder } from '../../../graphql/builder.ts'
import { PriceRef } from '../../prices/graphql/price.ts'
import { PricingStateRef } from '../../usage/graphql/usage-enums.ts'

/** The cost of an event before or after a correction. */
export const EventRatingRef = builder.objectRef<Rating>('EventRating').implement({
  description: 'The cost of an event, and the price it comes from.',
  fields: t => ({
    pricingState: t.expose('state', { type: PricingStateRef, description: 'How the cost is known.' }),
    cost: t.expose('cost', { type: 'Decimal', nullable: true, description: 'Cost in USD. Null if the event is unpriced or used no model.' }),
    unpricedReason: t.exposeString('unpricedReason', {
      nullable: true,
      description: 'Code of the reason if the event is unpriced, such as "unknown_model". Null for other events, and for those recorded before reasons were.',
    }),
    price: t.field({ type: PriceRef, nullable: true, description: 'Price that the event is rated with, if any.', resolve: ({ priceId }) => priceId }),
  }),
})
