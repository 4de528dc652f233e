import { type PriceCatalog, type Pricing, rateUsage, type UnpricedReason } from '@tollgate/pricing'
import { completeTokenUsage, type UsageUnit } from '@tollgate/tokens'
import type { CheckedEvent, Rater, Rating } from '@tollgate/usage'
import { usageStoreFailure } from '@tollgate/usage/postgres'

/** Creates a rater that rates each event with the catalogue's price at the time of the event. */
export function catalogRater(pricing: Pick<Pricing, 'catalog'>): Rater {
  return {
    async rate(events) {
      // The same failures as those of the commit that follows: then it is not tried again with fewer events.
      const catalog = await pricing.catalog().catch((error: unknown) => {
        throw usageStoreFailure(error)
      })
      return events.map(event => rateEvent(catalog, event))
    },
  }
}

/** The fields that the cost of an event depends on. */
type RateableEvent = Pick<CheckedEvent, 'tenantId' | 'provider' | 'model' | 'tokens' | 'occurredAt' | 'reportedCost' | 'serviceTier'> &
  Partial<Pick<CheckedEvent, 'status' | 'statusCode'>> & {
    readonly units?: readonly UsageUnit[] | null
    readonly speed?: string | null
    readonly region?: string | null
  }

/** A rating, with the reason if there is no price. */
export interface EventRating extends Rating {
  readonly unpricedReason: UnpricedReason | null
}

/** Usage of a call that the provider refused, which it does not charge for. */
const REFUSED = { tokens: completeTokenUsage({}), units: [{ kind: 'request', quantity: '0' }] } as const

/**
 * Rates an event that names a provider or a model: by the catalogue's price for how it was served or by the reported cost, in the
 * order of `rateUsage`, or else it is unpriced.
 */
export function rateEvent(catalog: PriceCatalog, event: RateableEvent): EventRating {
  const { provider, model, reportedCost } = event
  if (provider === null) return rateWithoutProvider(event)
  const { tenantId, occurredAt: at, serviceTier, speed, region } = event
  const { tokens, units } = isRefused(event) ? REFUSED : event
  const rated = rateUsage({
    catalog,
    provider,
    model,
    tokens,
    units,
    at,
    tenantId,
    serviceTier: serviceTier ?? undefined,
    speed: speed ?? undefined,
    region: region ?? undefined,
    reportedCost,
  })
  const { state, cost } = rated
  if (state === 'unpriced') return unpriced(rated.reason)
  return { state, cost, priceId: rated.price?.id ?? null, unpricedReason: null }
}

function rateWithoutProvider({ model, reportedCost }: RateableEvent): EventRating {
  if (reportedCost !== null) return { state: 'reported', cost: reportedCost, priceId: null, unpricedReason: null }
  return model === null ? NOT_APPLICABLE : unpriced('no_model')
}

const NOT_APPLICABLE: EventRating = { state: 'not_applicable', cost: null, priceId: null, unpricedReason: null }

function unpriced(unpricedReason: UnpricedReason): EventRating {
  return { state: 'unpriced', cost: null, priceId: null, unpricedReason }
}

/** Whether the provider answered with an error instead of a result. A failure without a status code may have been charged: a stream that broke off. */
function isRefused({ tokens, units, status, statusCode }: RateableEvent): boolean {
  if (tokens !== null || (units && units.length > 0)) return false
  return status === 'rate_limited' || (status === 'failure' && typeof statusCode === 'number' && statusCode >= HTTP_ERROR)
}

const HTTP_ERROR = 400
