import type { CouponAttempts } from './coupon-attempts.ts'
import type { PriceCatalog, Pricing } from '@tollgate/pricing'
import type { ChargeRules } from './charge-rules.ts'
import type { ChargedTenants } from './charged-tenants.ts'
import type { ChargedUsageReader } from './charged-usage-reader.ts'
import type { ChargedEvent, EventRating } from './model/usage/charged-event.ts'
import type { Promotions } from './promotions.ts'

/** Dependencies of `createCharges`. */
export interface ChargesDependencies {
  readonly usage: ChargedUsageReader
  readonly tenants: ChargedTenants
  readonly pricing: Pick<Pricing, 'catalog' | 'pricesByIds'>
  readonly rules: Pick<ChargeRules, 'inEffect' | 'partsOf'>
  readonly promotions: Pick<Promotions, 'discountStates'>
  /** Share it with `createPromotions`. Without it, attempts at codes are not limited. */
  readonly attempts?: CouponAttempts | undefined
  /** Plans that tenants may simulate besides their own. Defaults to none. */
  readonly publicPlans?: ReadonlySet<string> | undefined
  /** Rates an event by a catalogue. Pass the function that rates events when they are recorded. */
  readonly rateEvent: (catalog: PriceCatalog, event: Omit<ChargedEvent, 'rating'>) => EventRating
}
