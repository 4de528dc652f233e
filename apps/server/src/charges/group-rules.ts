import { type ChargeContext, type ChargeRulePart, type Discount, redemptionTimes } from '@tollgate/charges'
import { canDiscountHold } from './can-discount-hold.ts'
import { filterDimensions } from './charge-dimensions.ts'
import type { ChargeGroup } from './charge-group.ts'
import type { ChargedTenant } from './charged-tenant.ts'
import type { ChargesDependencies } from './charges-dependencies.ts'
import { knowDiscounts } from './discount-knowledge.ts'

/** What a group is charged by. */
export interface GroupRules {
  /** They adjoin and cover the range. */
  readonly parts: readonly ChargeRulePart[]
  readonly context: ChargeContext
  /** Whether a discount can hold at some time of the range. */
  readonly canHold: (discount: Discount) => boolean
}

/**
 * The rules of a group, cut where they change, and where discounts that can hold for it begin and end by the time; one set where a time is named whose rules are to hold throughout. The
 * range is taken for a period: what is once a period is once in it, and nothing of the period was before it.
 */
export async function groupRules(
  dependencies: Pick<ChargesDependencies, 'usage' | 'promotions' | 'chargeRules'>,
  group: Pick<ChargeGroup, 'tenantId' | 'range' | 'filter' | 'at' | 'couponCodes'>,
  { plan }: Pick<ChargedTenant, 'plan'>,
): Promise<GroupRules> {
  const { chargeRules } = dependencies
  const { tenantId, range, filter, at, couponCodes } = group
  const whole = at
    ? [{ range, rules: await chargeRules.inEffect({ at, tenantId, plan }) }]
    : await chargeRules.partsOf({ range, tenantId, plan, canHold: () => false }) // By rules alone: which discounts there are at all.
  const discounts = [...new Map(whole.flatMap(({ rules }) => rules.discounts).map(discount => [discount.id, discount])).values()]
  const dimensions = filterDimensions(filter)
  const known = await knowDiscounts(dependencies, discounts, { tenantId, customerId: dimensions['customer'] ?? null, period: range })
  // A coupon holds from its redemption on: the range is cut there, too.
  const cuts = redemptionTimes(known.standings ?? {})
  const canHold = (discount: Discount) => canDiscountHold(discount, { billingTier: plan, couponCodes: couponCodes ?? [], ...known })
  return {
    parts: at ? whole : await chargeRules.partsOf({ range, tenantId, plan, cuts, canHold }),
    canHold,
    context: {
      at: at ?? range.from,
      tenantId,
      plan,
      billingTier: plan,
      dimensions,
      periodToDate: { quantity: 0, subtotal: 0 },
      ...known,
      ...(couponCodes && couponCodes.length > 0 && { couponCodes }),
    },
  }
}
