import type { Rating } from '@tollgate/usage'
import { builder } from '../../../graphql/builder.ts'
import { PriceRef } from '../../prices/graphql/price.ts'
import { toUnpricedReason, UnpricedReasonRef } from '../../usage/graphql/unpriced-reason.ts'
import { PricingStateRef } from '../../usage/graphql/usage-enums.ts'

/** The cost of an event before or after a correction. */
export const EventRatingRef = builder.objectRef<Rating>('EventRating').implement({
  description: 'The cost of an event, and the price it comes from.',
  fields: t => ({
    pricingState: t.expose('state', { type: PricingStateRef, description: 'How the cost is known.' }),
    cost: t.expose('cost', { type: 'Decimal', nullable: true, description: 'Cost in USD. Null if the event is unpriced or used no model.' }),
    unpricedReason: t.field({
      type: UnpricedReasonRef,
      nullable: true,
      description: 'Why there is no price; null if it is not unpriced, or was recorded before reasons were.',
      resolve: ({ unpricedReason }) => (unpricedReason === null ? null : toUnpricedReason(unpricedReason)),
    }),
    price: t.field({ type: PriceRef, nullable: true, description: 'Price that the event is rated with, if any.', resolve: ({ priceId }) => priceId }),
  }),
})
