import type { Decimal, Temporal } from '@tollgate/kernel'
import { completeTokenUsage, type TokenUsage, type UsageUnit } from '@tollgate/tokens'
import type { RatedUsage, UnpricedReason } from '../model/rated-usage.ts'
import type { PriceCatalog } from './catalog/price-catalog.ts'
import { rateCall } from './rate-usage.ts'

/** The fields of a usage event that its cost depends on. */
export interface EventToRate {
  readonly tenantId: string
  readonly occurredAt: Temporal.Instant
  readonly provider: string | null
  readonly model: string | null
  readonly tokens: TokenUsage | null
  readonly reportedCost: Decimal | null
  readonly serviceTier: string | null
  readonly units?: readonly UsageUnit[] | null
  readonly speed?: string | null
  readonly region?: string | null
  readonly status?: 'success' | 'failure' | 'rate_limited'
  readonly statusCode?: number | null
}

/** The cost of an event, or why it has none. */
export interface EventRating {
  /** `not_applicable` if the event names no provider and no model. */
  readonly state: RatedUsage['state'] | 'not_applicable'
  /** USD. Null if there is none. */
  readonly cost: Decimal | null
  readonly priceId: string | null
  readonly unpricedReason: UnpricedReason | null
}

/** Usage of a call that the provider refused, which it does not charge for. */
const REFUSED = { tokens: completeTokenUsage({}), units: [{ kind: 'request', quantity: '0' }] } as const

/**
 * Rates an event that names a provider or a model: by the catalogue's price for how it was served or by the reported cost, in the
 * order of `rateUsage`, or else it is unpriced.
 */
export function rateEvent(catalog: PriceCatalog, event: EventToRate): EventRating {
  const { provider, model, reportedCost } = event
  if (provider === null) return rateWithoutProvider(event)
  const { tenantId, occurredAt: at, serviceTier, speed, region } = event
  const { tokens, units } = isRefused(event) ? REFUSED : event
  const rated = rateCall({
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

function rateWithoutProvider({ model, reportedCost }: EventToRate): EventRating {
  if (reportedCost !== null) return { state: 'reported', cost: reportedCost, priceId: null, unpricedReason: null }
  return model === null ? NOT_APPLICABLE : unpriced('no_model')
}

const NOT_APPLICABLE: EventRating = { state: 'not_applicable', cost: null, priceId: null, unpricedReason: null }

function unpriced(unpricedReason: UnpricedReason): EventRating {
  return { state: 'unpriced', cost: null, priceId: null, unpricedReason }
}

/** Whether the provider answered with an error instead of a result. A failure without a status code may have been charged: a stream that broke off. */
function isRefused({ tokens, units, status, statusCode }: EventToRate): boolean {
  if (tokens !== null || (units && units.length > 0)) return false
  return status === 'rate_limited' || (status === 'failure' && typeof statusCode === 'number' && statusCode >= HTTP_ERROR)
}

const HTTP_ERROR = 400
