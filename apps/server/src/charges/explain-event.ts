import { type Decimal, OPERATOR_SCOPE, type Scope, ZERO } from '@tollgate/kernel'
import {
  applyPrice,
  chargedModel,
  type ChargedUsage,
  type ChargeRuleSet,
  type KnownAmounts,
  type PriceCatalog,
  type Price,
  rateCharge,
  rateUsage,
  tokenParts,
} from '@tollgate/pricing'
import { totalTokens } from '@tollgate/tokens'
import type { Rating, UsageEvent } from '@tollgate/usage'
import { eventDimensions } from './charge-dimensions.ts'
import type { ExplainedEvent } from './charges.ts'
import type { ChargesDependencies } from './charges-dependencies.ts'
import { type ExplainedCharge, explainedCharge } from './explained-charge.ts'

/** Answers `Charges.explainEvent`. */
export async function explainEvent(dependencies: ChargesDependencies, scope: Scope, eventId: string): Promise<ExplainedEvent | undefined> {
  const { usage, rerating, pricing, chargeRules, accounts } = dependencies
  const [event] = await usage.eventsById(scope, [eventId])
  if (event === undefined) return undefined
  const [corrections, [tenant], catalog] = await Promise.all([
    rerating.corrections(scope, [eventId]),
    accounts.tenantsByIds(OPERATOR_SCOPE, [event.tenantId]),
    pricing.catalog(),
  ])
  const rating = corrections.at(-1)?.to ?? event.rating
  const plan = tenant?.tier ?? null
  const rules = await chargeRules.inEffect({ at: event.occurredAt, tenantId: event.tenantId, plan })
  const [price] = rating.priceId === null ? [] : await pricing.pricesByIds(OPERATOR_SCOPE, [rating.priceId])
  return { event, charge: chargeEvent({ event, rating, price, catalog, rules, plan }) }
}

interface RatedEventCharge {
  readonly event: UsageEvent
  readonly rating: Rating
  /** What it was rated with. */
  readonly price: Price | undefined
  readonly catalog: PriceCatalog
  readonly rules: ChargeRuleSet
  readonly plan: string | null
}

function chargeEvent({ event, rating, price, catalog, rules, plan }: RatedEventCharge): ExplainedCharge {
  const { tenantId, occurredAt: at, provider, model, tokens } = event
  const { cost } = rating
  const named = provider !== null && model !== null ? chargedModel(catalog, { provider, model, at, tenantId }) : {}
  const dimensions = { ...eventDimensions(event), ...named }
  const byQuantity = rules.priceModel !== undefined && rules.priceModel.model.kind !== 'percentage'
  if (byQuantity ? tokens === null : rating.state === 'not_applicable') {
    return { state: 'not_applicable', cost, charge: null, at, reason: 'it used no model, so there is nothing to charge', explanation: null, notes: [] }
  }
  const usage: ChargedUsage | string =
    byQuantity && tokens !== null ? { parts: tokenParts(tokens, dimensions) } : chargedCost({ event, rating, price, catalog })
  if (typeof usage === 'string') return { state: 'unpriced', cost: null, charge: null, at, reason: usage, explanation: null, notes: [] }
  // A sum off is taken off a period's charge: off each call, it would make every one of them free.
  const [sums, shares] = partition(rules.discounts, ({ effect }) => effect.kind === 'fixed')
  const rated = rateCharge({
    usage,
    ...(rules.priceModel === undefined ? { markups: rules.markups } : { priceModel: rules.priceModel.model, priceModelId: rules.priceModel.id }),
    discounts: shares,
    context: { at, tenantId, plan, billingTier: plan, dimensions },
  })
  const notes = sums.map(({ id }) => `the discount ${id} is a sum off the charge of a period, and not off one call`)
  if (byQuantity)
    notes.push(
      `tiers, blocks, fees and bounds of ${rules.priceModel?.id ?? 'the price'} count the quantity of a period: this is what the call comes to by itself`,
    )
  return explainedCharge(rated, { cost, at, notes })
}

/** The cost as it was rated, pool by pool where the price is still known to come to it; else why there is none. */
function chargedCost({ event, rating, price, catalog }: Pick<RatedEventCharge, 'event' | 'rating' | 'price' | 'catalog'>): ChargedUsage | string {
  const { provider, model, tokens, tenantId, occurredAt: at, serviceTier } = event
  if (rating.cost === null) {
    if (provider === null || model === null || tokens === null) return 'no price is known for it'
    const now = rateUsage({ catalog, provider, model, tokens, at, tenantId, serviceTier: serviceTier ?? undefined })
    return now.state === 'unpriced' ? now.reason : 'no price was known when it was rated; one is known now: have it rated again'
  }
  const rated = price && tokens ? applyPrice(price, tokens) : undefined
  if (rated?.state === 'priced' && rated.cost.eq(rating.cost)) return { cost: rated }
  return { known: knownCost(rating.cost, event, rating.state === 'reported' ? 'as the provider reported it' : 'as it was rated') }
}

function knownCost(amount: Decimal, { tokens }: UsageEvent, reason: string): KnownAmounts {
  return { of: 'cost', lines: [{ label: 'the call', quantity: ZERO.plus(tokens ? totalTokens(tokens) : 0), amount }], reason }
}

function partition<Item>(items: readonly Item[], first: (item: Item) => boolean): [Item[], Item[]] {
  return [items.filter(first), items.filter(item => !first(item))]
}
