import type { UnpricedReason } from '@tollgate/pricing'
import type { UnpricedReasonCount } from '@tollgate/usage'
import { builder } from '../../../graphql/builder.ts'
import type { EnumValues } from '../../../graphql/enum-values.ts'

/** Why an event has no price. */
export const UnpricedReasonRef = builder.enumType('UnpricedReason', {
  description: 'Why an event has no price.',
  values: {
    NO_MODEL: { value: 'no_model', description: 'It names no provider or no model.' },
    UNKNOWN_MODEL: { value: 'unknown_model', description: 'No price is known for the model at any time.' },
    NO_PRICE_AT_TIME: { value: 'no_price_at_time', description: 'The model has prices, but none that was in effect when the event occurred.' },
    NO_PRICE_AS_SERVED: { value: 'no_price_as_served', description: 'The model has a price, but not for the service tier, speed or region of the event.' },
    NO_RATE_FOR_POOL: { value: 'no_rate_for_pool', description: 'The price has no rate for a pool that has tokens.' },
    NO_PRICE_FOR_UNIT: { value: 'no_price_for_unit', description: 'The price has no price for some of the units.' },
    NO_USAGE: { value: 'no_usage', description: 'The event has no tokens and no units, as if its usage never arrived, and the price is not per request.' },
  } as const satisfies EnumValues<UnpricedReason>,
})

/** Number of events that are unpriced for one reason. */
export const UnpricedReasonCountRef = builder.objectRef<UnpricedReasonCount>('UnpricedReasonCount').implement({
  description: 'Number of events that are unpriced for one reason.',
  fields: t => ({
    reason: t.field({ type: UnpricedReasonRef, description: 'The reason.', resolve: ({ reason }) => toUnpricedReason(reason) }),
    calls: t.expose('calls', { type: 'SafeInt', description: 'Number of events.' }),
  }),
})

/** Usage keeps reasons as text, and gets all of them from the rater of this server. */
export function toUnpricedReason(reason: string): UnpricedReason {
  return reason as UnpricedReason
}
