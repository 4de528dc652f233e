import { chargedModel, type ChargedUsage, type ChargeRuleSet, type KnownAmounts, type PriceList, rateCharge } from '@tollgate/charges'
import { type Decimal, OPERATOR_SCOPE, periodContaining, type Scope, ZERO } from '@tollgate/kernel'
import { applyPrice, type Price, type PriceCatalog, rateUsage } from '@tollgate/pricing'
import { totalTokens } from '@tollgate/tokens'
import type { Rating, UsageEvent } from '@tollgate/usage'
import { eventDimensions } from './charge-dimensions.ts'
import { type ChargedTenant, chargedTenant, currencyNotes } from './charged-tenant.ts'
import type { ExplainedEvent } from './charges.ts'
import type { ChargesDependencies } from './charges-dependencies.ts'
import { knowDiscounts } from './discount-knowledge.ts'
import { eventUse } from './event-use.ts'
import { type ExplainedCharge, explainedCharge, noCharge } from './explained-charge.ts'
import { periodBefore } from './period-before.ts'
import { countedParts } from './usage-cell.ts'

/** Answers `Charges.explainEvent`. */
export async function explainEvent(dependencies: ChargesDependencies, scope: Scope, eventId: string): Promise<ExplainedEvent | undefined> {
  const { usage, rerating, pricing, chargeRules, accounts } = dependencies
  const [event] = await usage.eventsById(scope, [eventId])
  if (event === undefined) return undefined
  const [corrections, tenant, catalog] = await Promise.all([rerating.corrections(scope, [eventId]), chargedTenant(accounts, event.tenantId), pricing.catalog()])
  const rating = corrections.at(-1)?.to ?? event.rating
  const rules = await chargeRules.inEffect({ at: event.occurredAt, tenantId: event.tenantId, plan: tenant.plan })
  const [price] = rating.priceId === null ? [] : await pricing.pricesByIds(OPERATOR_SCOPE, [rating.priceId])
  return { event, charge: await chargeEvent(dependencies, { event, rating, price, catalog, rules, tenant }) }
}

interface RatedEventCharge {
  readonly event: UsageEvent
  readonly rating: Rating
  /** What it was rated with. */
  readonly price: Price | undefined
  readonly catalog: PriceCatalog
  readonly rules: ChargeRuleSet
  readonly tenant: ChargedTenant
}

async function chargeEvent(dependencies: ChargesDependencies, about: RatedEventCharge): Promise<ExplainedCharge> {
  const { event, rating, rules, tenant } = about
  const { tenantId, occurredAt: at } = event
  const { priceModel: list } = rules
  const { plan } = tenant
  const { cost } = rating
  const nothing = nothingToCharge(event, rating, list)
  if (nothing !== undefined) return noCharge('not_applicable', nothing, { cost, at })
  const dimensions = { ...eventDimensions(event), ...ruleNames(about) }
  const usage = chargedUse(about, dimensions)
  if (typeof usage === 'string') return noCharge('unpriced', usage, { cost: null, at })

  // A sum off is taken off a period's charge: off each call, it would make every one of them free.
  const [sums, shares] = partition(rules.discounts, ({ effect }) => effect.kind === 'fixed')
  const period = periodContaining(at, 'month', tenant.timeZone)
  const [known, before] = await Promise.all([
    knowDiscounts(dependencies, shares, { tenantId, customerId: event.metadata.customerId ?? null, period }),
    list !== undefined || shares.some(asksForPeriod) ? periodBefore(dependencies, { event, period, plan, catalog: about.catalog }) : undefined,
  ])
  const counted = list && before?.priceLists.get(list.name)
  const rated = rateCharge({
    usage,
    ...(list === undefined ? { markups: rules.markups } : { priceModel: list.model, priceModelId: list.id }),
    earlier: counted && (isOfCost(list) ? { cost: counted.cost } : { parts: counted.parts }),
    discounts: shares,
    context: { at, tenantId, plan, billingTier: plan, dimensions, periodToDate: before?.periodToDate, ...known },
  })
  const notes = sums.map(({ id }) => `the discount ${id} is a sum off the charge of a period, and not off one call`)
  if (list !== undefined) notes.push(`${list.id} counts from ${period.from.toString()} on, the beginning of the month: this is what the call adds to it`)
  return explainedCharge(rated, { cost, at, notes: [...notes, ...currencyNotes(tenant)] })
}

/** Whether a price list is a share of what providers charge, and counts nothing itself. */
function isOfCost(list: PriceList | undefined): boolean {
  return list === undefined || list.model.kind === 'percentage'
}

function nothingToCharge({ tokens, quantity }: UsageEvent, { state }: Rating, list: PriceList | undefined): string | undefined {
  if (list === undefined || isOfCost(list)) return state === 'not_applicable' ? 'it used no model, so there is nothing to charge' : undefined
  if (list.counts === 'tokens' && tokens === null) return 'it used no model, so there is nothing to charge'
  return list.counts === 'quantity' && quantity === null ? `${list.id} counts quantities, and it has none` : undefined
}

function ruleNames({ event: { provider, model, occurredAt: at, tenantId, serviceTier }, catalog }: RatedEventCharge) {
  return provider !== null && model !== null ? chargedModel(catalog, { provider, model, at, tenantId, serviceTier: serviceTier ?? undefined }) : {}
}

/** What is charged, or why it has no price. */
function chargedUse(about: RatedEventCharge, dimensions: Readonly<Record<string, string>>): ChargedUsage | string {
  const { priceModel: list } = about.rules
  if (list === undefined || isOfCost(list)) return chargedCost(about)
  return { parts: countedParts(eventUse(about.event, list.counts), list.counts, dimensions) }
}

function asksForPeriod({ conditions, effect }: ChargeRuleSet['discounts'][number]): boolean {
  return (effect.kind === 'tiered' && effect.usage.of === 'period') || conditions.some(one => one.kind === 'usage-threshold' && one.usage.of === 'period')
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
