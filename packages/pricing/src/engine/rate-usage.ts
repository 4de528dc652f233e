import { InvalidInput, parseInstant, type Temporal } from '@tollgate/kernel'
import { checkTokenUsage, type TokenUsageInput } from '@tollgate/tokens'
import { type RatedUsage, unpriced } from '../model/rated-usage.ts'
import { parseServiceTier } from '../model/service-tier.ts'
import { applyPrice } from './apply-price.ts'
import type { PriceCatalog } from './catalog/price-catalog.ts'

/** A call to rate, and the catalogue to rate it with. */
export interface RateUsageInput {
  readonly catalog: PriceCatalog
  readonly provider: string
  /** Null if the response does not name its model; the call is then unpriced. */
  readonly model: string | null
  readonly tokens: TokenUsageInput
  /** Time of the call, as an instant or in RFC 3339. */
  readonly at: Temporal.Instant | string
  readonly tenantId?: string | undefined
  /**
   * Service tier, by the provider's name or ours. Defaults to `standard`. A call of a tier that is unknown or has no price
   * is unpriced: the standard price would be twice that of a batch and half that of priority, and nobody would notice.
   */
  readonly serviceTier?: string | undefined
}

/**
 * Returns what a provider charges for a call in USD, unrounded, with the price in effect at the time of the call. The
 * lines sum to the cost. Unpriced, never 0, if there is no price, or no rate for a pool that has tokens. Throws
 * `InvalidInput` for an invalid time or token count.
 */
export function rateUsage({ catalog, provider, model, tokens, at, tenantId, serviceTier: tierName }: RateUsageInput): RatedUsage {
  const issues = checkTokenUsage(tokens)
  if (issues.length > 0) throw new InvalidInput(issues)
  const instant = typeof at === 'string' ? readInstant(at) : at
  if (model === null) return unpriced(`the call names no model, and ${provider} has prices for models only`)
  const serviceTier = tierName === undefined ? 'standard' : (parseServiceTier(tierName) ?? tierName)
  const price = catalog.find({ provider, model, at: instant, tenantId, serviceTier })
  if (price === undefined) {
    const tier = serviceTier === 'standard' ? '' : `${serviceTier} `
    return unpriced(`there is no ${tier}price for the model "${model}" of ${provider} at ${instant.toString()}`)
  }
  return applyPrice(price, tokens)
}

function readInstant(at: string): Temporal.Instant {
  const instant = parseInstant(at)
  if (!instant) throw new InvalidInput([{ path: 'at', message: 'must be an RFC 3339 time with an offset, such as "2026-11-20T00:00:00Z"' }])
  return instant
}
