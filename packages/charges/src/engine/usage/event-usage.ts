import { type Decimal, ZERO } from '@tollgate/kernel'
import { applyPrice, type Price, type PriceCatalog, rateUsage } from '@tollgate/pricing'
import { totalTokens } from '@tollgate/tokens'
import type { ChargedEvent } from '../../model/usage/charged-event.ts'
import type { ChargedUsage, KnownAmounts } from '../charge/price-charge.ts'
import { canonicalModel } from '../rules/canonical-model.ts'
import type { PriceList } from '../rules/charge-rules-in-effect.ts'
import { countedParts } from './counted-parts.ts'
import { eventCell } from './event-cell.ts'
import { isPercentageOfCost } from './nothing-to-charge.ts'

/** An event with the price that it was rated by. */
export interface EventPricing {
  readonly event: ChargedEvent
  readonly price: Price | undefined
  readonly catalog: PriceCatalog
}

/** What to charge for an event, or why it has no price; and the dimensions that rules look at. */
export interface EventUsage {
  readonly usage: ChargedUsage | string
  readonly dimensions: Readonly<Record<string, string>>
}

/** Returns what to charge for an event: its cost, or what the price list counts. */
export function eventUsage(about: EventPricing, list: PriceList | undefined): EventUsage {
  const { event, catalog } = about
  const { provider, model, occurredAt: at, tenantId, serviceTier } = event
  const names = provider !== null && model !== null ? canonicalModel(catalog, { provider, model, at, tenantId, serviceTier: serviceTier ?? undefined }) : {}
  const dimensions = { ...event.dimensions, ...names }
  if (list === undefined || isPercentageOfCost(list)) return { usage: chargedCost(about), dimensions }
  return { usage: { parts: countedParts(eventCell(event, list.counts), list.counts, dimensions) }, dimensions }
}

/** Returns the cost as it was rated. With a line for each token pool and kind of units, if the price still gives the same cost. */
function chargedCost({ event, price, catalog }: EventPricing): ChargedUsage | string {
  const { provider, model, tokens, units, tenantId, occurredAt: at, serviceTier, speed, region, rating } = event
  if (rating.cost === null) {
    if (provider === null) return 'it has no known price, because the event names no provider'
    const served = { serviceTier: serviceTier ?? undefined, speed: speed ?? undefined, region: region ?? undefined }
    const now = rateUsage({ catalog, provider, model, tokens, units, at, tenantId, ...served })
    return now.state === 'unpriced' ? now.message : 'it had no price when it was rated; it has one now: rate it again'
  }
  const rated = price && applyPrice(price, { tokens, units })
  if (rated?.state === 'priced' && rated.cost.eq(rating.cost)) return { cost: rated }
  return { known: knownCost(rating.cost, event, rating.state === 'reported' ? 'as reported by the provider' : 'as rated when it was recorded') }
}

function knownCost(amount: Decimal, { tokens }: ChargedEvent, reason: string): KnownAmounts {
  return { of: 'cost', lines: [{ label: 'the call', quantity: ZERO.plus(tokens ? totalTokens(tokens) : 0), amount }], reason }
}
