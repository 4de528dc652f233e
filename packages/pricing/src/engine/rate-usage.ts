import { InvalidInput, parseInstant, type Temporal } from '@tollgate/kernel'
import { checkTokenUsage, type TokenUsageInput } from '@tollgate/tokens'
import { type RatedUsage, unpriced } from '../model/rated-usage.ts'
import { parseServiceTier } from '../model/service-tier.ts'
import { applyPrice } from './apply-price.ts'
import type { PriceCatalog } from './catalog/price-catalog.ts'

/** What is to be rated. */
export interface RateUsageInput {
  readonly catalog: PriceCatalog
  readonly provider: string
  /** Null where a response does not name its model: that is unpriced. */
  readonly model: string | null
  readonly tokens: TokenUsageInput
  /** RFC 3339, or an instant: the price is the one of this time. */
  readonly at: Temporal.Instant | string
  readonly tenantId?: string | undefined
  /**
   * How the provider served it, in its word or ours; standard where it is left out. A call of a tier that has no price, or
   * of one that we do not know, is unpriced: the standard price would be twice a batch's, and half of what priority costs,
   * and look right.
   */
  readonly serviceTier?: string | undefined
}

/**
 * What a provider charges for a call, in USD, not rounded: the price of the event's time, pool by pool. The lines sum
 * to the cost. Unpriced, never 0, where no price is known or it has no rate for a pool that has tokens.
 * Throws `InvalidInput` where `at` is not a time or a pool is not a whole number.
 */
export function rateUsage({ catalog, provider, model, tokens, at, tenantId, serviceTier: tierName }: RateUsageInput): RatedUsage {
  const issues = checkTokenUsage(tokens)
  if (issues.length > 0) throw new InvalidInput(issues)
  const instant = typeof at === 'string' ? readInstant(at) : at
  if (model === null) return unpriced(`no model is named, and the prices of ${provider} are by model`)
  const serviceTier = tierName === undefined ? 'standard' : (parseServiceTier(tierName) ?? tierName)
  const price = catalog.find({ provider, model, at: instant, tenantId, serviceTier })
  if (price === undefined)
    return unpriced(`no ${serviceTier === 'standard' ? '' : `${serviceTier} `}price is known for the model "${model}" of ${provider} at ${instant.toString()}`)
  return applyPrice(price, tokens)
}

function readInstant(at: string): Temporal.Instant {
  const instant = parseInstant(at)
  if (!instant) throw new InvalidInput([{ path: 'at', message: 'must be an RFC 3339 time with an offset, such as "2026-11-20T00:00:00Z"' }])
  return instant
}
