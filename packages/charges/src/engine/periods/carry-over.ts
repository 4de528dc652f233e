import { type Decimal, ZERO } from '@tollgate/kernel'
import type { AppliedDiscount } from '../../model/discounts/applied-discount.ts'
import type { Discount } from '../../model/discounts/discount.ts'
import type { EarlierFigures } from '../../model/discounts/facts/discount-facts.ts'
import { readNumeral } from '../../model/numbers/numeral.ts'
import type { UsagePart } from '../../model/price-models/usage-part.ts'
import type { ChargeContext, DiscountStateDraft } from '../charge/charge-context.ts'
import type { RatedCharge } from '../charge/rate-charge.ts'
import { mergeUsageParts } from './merge-usage-parts.ts'

/** Sums of one charge over the parts of a period so far. */
export interface CarriedCharge extends EarlierFigures {
  /** Amount taken off, by promotion. */
  readonly taken: ReadonlyMap<string, Decimal>
}

/** The units and the cost that a price list has counted so far. */
export interface CarriedUsage {
  readonly parts: readonly UsagePart[]
  readonly cost: Decimal
}

/**
 * What one part of a period passes on to the next: everything that applies once per period. Tiers, blocks, included units,
 * fees and bounds continue from one version of a price list to the next; another price list starts at zero.
 */
export interface CarryOver {
  readonly total: CarriedCharge
  /** By the key of the line. */
  readonly lines: ReadonlyMap<string, CarriedCharge>
  /** By the name of the price list. */
  readonly priceLists: ReadonlyMap<string, CarriedUsage>
  /** Amount taken off all lines and the total, by promotion. */
  readonly discounted: ReadonlyMap<string, Decimal>
}

const NO_CHARGE: CarriedCharge = { quantity: ZERO, subtotal: ZERO, charge: ZERO, taken: new Map() }

/** The carry-over of the first part. */
export const NOTHING_CARRIED: CarryOver = { total: NO_CHARGE, lines: new Map(), priceLists: new Map(), discounted: new Map() }

/** Adds the charge of one more part. */
export function carryCharge(before: CarriedCharge = NO_CHARGE, quantity: Decimal, rated: Extract<RatedCharge, { state: 'charged' }>): CarriedCharge {
  return {
    quantity: before.quantity.plus(quantity),
    subtotal: before.subtotal.plus(rated.subtotal),
    charge: before.charge.plus(rated.charge),
    taken: addDiscounts(before.taken, rated.discounts),
  }
}

/** Adds discounts to what promotions have spent. */
export function carryDiscounts(carried: CarryOver, discounts: readonly AppliedDiscount[]): CarryOver {
  return discounts.length === 0 ? carried : { ...carried, discounted: addDiscounts(carried.discounted, discounts) }
}

/** Adds what a price list counted in one more part. */
export function carryUsage(carried: CarryOver, list: string, { parts, cost }: CarriedUsage): CarryOver {
  const before = carried.priceLists.get(list)
  const usage = { parts: mergeUsageParts([...(before?.parts ?? []), ...parts]), cost: (before?.cost ?? ZERO).plus(cost) }
  return { ...carried, priceLists: new Map([...carried.priceLists, [list, usage]]) }
}

/** Returns the context of one more charge: of a line or of the total, whose own sums so far are `own`. */
export function withCarryOver(
  context: ChargeContext,
  discounts: readonly Discount[],
  { carried, own }: { readonly carried: CarryOver; readonly own: CarriedCharge | undefined },
): ChargeContext {
  const changed = discounts.flatMap(({ id, promotion }): [string, DiscountStateDraft][] => {
    const state = Object.hasOwn(context.discountStates ?? {}, id) ? context.discountStates?.[id] : undefined
    const [discounted, taken] = [carried.discounted.get(promotion), own?.taken.get(promotion)]
    if (discounted === undefined && taken === undefined) return []
    return [[id, { ...state, remainingBudget: remainingAfter(state, discounted), taken }]]
  })
  if (changed.length === 0 && own === undefined) return context
  const { quantity, subtotal, charge } = own ?? NO_CHARGE
  return {
    ...context,
    discountStates: { ...context.discountStates, ...Object.fromEntries(changed) },
    ...(own && { earlier: { quantity: notNegative(quantity), subtotal: notNegative(subtotal), charge: notNegative(charge) } }),
  }
}

function remainingAfter(state: DiscountStateDraft | undefined, discounted: Decimal | undefined): DiscountStateDraft['remainingBudget'] {
  const remaining = state?.remainingBudget
  const known = remaining === null || remaining === undefined ? undefined : readNumeral(remaining)
  return known === undefined || discounted === undefined ? remaining : notNegative(known.minus(discounted))
}

function addDiscounts(sums: ReadonlyMap<string, Decimal>, discounts: readonly AppliedDiscount[]): ReadonlyMap<string, Decimal> {
  const added = new Map(sums)
  for (const { promotion, amount } of discounts) added.set(promotion, (added.get(promotion) ?? ZERO).plus(amount))
  return added
}

function notNegative(amount: Decimal): Decimal {
  return amount.isNegative() ? ZERO : amount
}
