import { OPERATOR_SCOPE, periodContaining, type Scope } from '@tollgate/kernel'
import type { ExplainedEvent } from './charges.ts'
import type { ChargesDependencies } from './charges-dependencies.ts'
import { rateCharge } from './engine/charge/rate-charge.ts'
import { currencyNotes } from './engine/explanation/charge-notes.ts'
import { explainedCharge } from './engine/explanation/explained-charge.ts'
import { noCharge } from './engine/explanation/no-charge.ts'
import type { ChargeRuleSet } from './engine/rules/charge-rules-in-effect.ts'
import { isKnownToTenant } from './engine/rules/known-discounts.ts'
import { type EventPricing, eventUsage } from './engine/usage/event-usage.ts'
import { isPercentageOfCost, nothingToCharge } from './engine/usage/nothing-to-charge.ts'
import { findTenant, type TenantWithPlans } from './find-tenant.ts'
import { type DiscountedUsage, loadDiscountStates } from './load-discount-states.ts'
import { loadMonthToDate } from './load-month-to-date.ts'
import type { Discount } from './model/discounts/discount.ts'
import { planAt } from './model/plans/plan-history.ts'
import type { ExplainedCharge } from './model/explanation/explained-charge.ts'

/** Explains the charge of one event, by the rules of its own time. */
export async function explainEvent(dependencies: ChargesDependencies, scope: Scope, eventId: string): Promise<ExplainedEvent | undefined> {
  const { usage, pricing, rules, tenants } = dependencies
  const event = await usage.event(scope, eventId)
  if (event === undefined) return undefined
  const [tenant, catalog] = await Promise.all([findTenant(tenants, event.tenantId), pricing.catalog()])
  // The plan that the tenant had then, which may be another one by now.
  const plan = planAt(tenant.planHistory, event.occurredAt)
  const applied = await rules.inEffect({ at: event.occurredAt, tenantId: event.tenantId, plan })
  const { priceId } = event.rating
  const [price] = priceId === null ? [] : await pricing.pricesByIds(OPERATOR_SCOPE, [priceId])
  return { event, charge: await chargeEvent(dependencies, { event, price, catalog, rules: applied, tenant, plan, isForTenant: scope.kind !== 'operator' }) }
}

interface EventToCharge extends EventPricing {
  readonly rules: ChargeRuleSet
  readonly tenant: TenantWithPlans
  /** Of the tenant, at the time of the event. */
  readonly plan: string | null
  /** Whether the tenant asks, who may not know all discounts. */
  readonly isForTenant: boolean
}

async function chargeEvent(dependencies: ChargesDependencies, about: EventToCharge): Promise<ExplainedCharge> {
  const { event, rules, tenant, plan, catalog, isForTenant } = about
  const { tenantId, occurredAt: at } = event
  const { priceModel: list } = rules
  const { cost } = event.rating
  const reason = nothingToCharge(event, list)
  if (reason !== undefined) return noCharge('not_applicable', reason, { cost, at })
  const { dimensions, usage } = eventUsage(about, list)
  if (typeof usage === 'string') return noCharge('unpriced', usage, { cost: null, at })

  // A fixed amount is taken off the charge of a period. Off each call, it would make every call free.
  const month = periodContaining(at, 'month', tenant.timeZone)
  const customerId = event.dimensions['customer'] ?? null
  const holder = { tenantId, customerId, period: month }
  const discounts = isForTenant ? await knownDiscounts(dependencies, rules.discounts, { ...holder, plan }) : rules.discounts
  const [fixed, proportional] = partition(discounts, ({ effect }) => effect.kind === 'fixed')
  const [loaded, before] = await Promise.all([
    loadDiscountStates(dependencies, proportional, holder),
    list !== undefined || proportional.some(dependsOnPeriod) ? loadMonthToDate(dependencies, { event, month, plans: tenant.planHistory, catalog }) : undefined,
  ])
  const counted = list && before?.priceLists.get(list.name)
  const rated = rateCharge({
    usage,
    ...(list === undefined ? { markups: rules.markups } : { priceModel: list.model, priceModelId: list.id }),
    earlier: counted && (isPercentageOfCost(list) ? { cost: counted.cost } : { parts: counted.parts }),
    discounts: proportional,
    context: { at, tenantId, plan, billingTier: plan, dimensions, periodToDate: before?.periodToDate, hidesBudgets: isForTenant, ...loaded },
  })
  const notes = fixed.map(({ id }) => `the discount ${id} is a fixed amount off the charge of a period; it does not apply to single calls`)
  if (list !== undefined) notes.push(`${list.id} counts from the start of the month, ${month.from.toString()}; this is what the call adds`)
  return explainedCharge(rated, { cost, at, notes: [...notes, ...currencyNotes(tenant.currency)] })
}

/** Returns the discounts that the tenant may know of. */
async function knownDiscounts(
  { promotions }: Pick<ChargesDependencies, 'promotions'>,
  discounts: readonly Discount[],
  { tenantId, customerId, period, plan }: DiscountedUsage & { readonly plan: string | null },
): Promise<readonly Discount[]> {
  const discountStates = await promotions.discountStates(discounts, { tenantId, customerId })
  return discounts.filter(discount => isKnownToTenant(discount, { billingTier: plan, couponCodes: [], range: period, discountStates }))
}

function dependsOnPeriod({ conditions, effect }: Discount): boolean {
  return (effect.kind === 'tiered' && effect.usage.of === 'period') || conditions.some(one => one.kind === 'usage-threshold' && one.usage.of === 'period')
}

function partition<Item>(items: readonly Item[], isFirst: (item: Item) => boolean): [Item[], Item[]] {
  return [items.filter(isFirst), items.filter(item => !isFirst(item))]
}
