import { type Decimal, ZERO } from '@tollgate/kernel'
import type { ChargeContext, DiscountStandingDraft } from '../charge/charge-context.ts'
import { readNumeral } from '../../model/numbers/numeral.ts'
import type { GivenDiscount } from '../discounts/apply-discounts.ts'
import type { Discount } from '../../model/discounts/discount.ts'
import type { EarlierFigures } from '../../model/discounts/facts/discount-facts.ts'
import type { UsagePart } from '../../model/price-models/usage-part.ts'
import type { RatedCharge } from '../charge/rate-charge.ts'

/** What one charge came to in the parts of a period so far. */
export interface CarriedCharge extends EarlierFigures {
  /** By promotion. */
  readonly taken: ReadonlyMap<string, Decimal>
}

/** What a price list counted so far. */
export interface CarriedUsage {
  readonly parts: readonly UsagePart[]
  readonly cost: Decimal
}

/**
 * What the parts of a period hand on to the next one: all that is once a period and not once a part. Units by price
 * list, so that tiers, blocks, included units, fees and bounds go on from one version of a list to the next, and another
 * list begins anew; what discounts took off and measured; and what was given of budgets.
 */
export interface CarriedGroup {
  readonly whole: CarriedCharge
  /** By the key of the line. */
  readonly lines: ReadonlyMap<string, CarriedCharge>
  /** By the name of the list. */
  readonly priceLists: ReadonlyMap<string, CarriedUsage>
  /** By promotion, off all lines and the whole. */
  readonly given: ReadonlyMap<string, Decimal>
}

const NO_CHARGE: CarriedCharge = { quantity: ZERO, subtotal: ZERO, charge: ZERO, taken: new Map() }

/** Before the first part. */
export const NOTHING_CARRIED: CarriedGroup = { whole: NO_CHARGE, lines: new Map(), priceLists: new Map(), given: new Map() }

/** What a charge came to with one part more. */
export function carryCharge(before: CarriedCharge = NO_CHARGE, quantity: Decimal, rated: Extract<RatedCharge, { state: 'charged' }>): CarriedCharge {
  return {
    quantity: before.quantity.plus(quantity),
    subtotal: before.subtotal.plus(rated.subtotal),
    charge: before.charge.plus(rated.charge),
    taken: addGiven(before.taken, rated.discounts),
  }
}

/** What is left of budgets with some discounts given. */
export function carryGiven(carried: CarriedGroup, given: readonly GivenDiscount[]): CarriedGroup {
  return given.length === 0 ? carried : { ...carried, given: addGiven(carried.given, given) }
}

/** What a price list counted with one part more. */
export function carryUsage(carried: CarriedGroup, list: string, { parts, cost }: CarriedUsage): CarriedGroup {
  const before = carried.priceLists.get(list)
  const usage = { parts: mergeParts([...(before?.parts ?? []), ...parts]), cost: (before?.cost ?? ZERO).plus(cost) }
  return { ...carried, priceLists: new Map([...carried.priceLists, [list, usage]]) }
}

/** Parts of the same as one, so that many parts of a period do not make many parts of a price. */
export function mergeParts(parts: readonly UsagePart[]): readonly UsagePart[] {
  const merged = new Map<string, UsagePart>()
  for (const part of parts) {
    const key = JSON.stringify(Object.entries(part.dimensions).toSorted(([one], [other]) => (one < other ? -1 : 1)))
    const before = merged.get(key)
    merged.set(key, before === undefined ? part : { ...part, quantity: before.quantity.plus(part.quantity) })
  }
  return [...merged.values()]
}

/** A context with what was carried for these discounts, of one line or of the whole; as it is where nothing was. */
export function withCarried(
  context: ChargeContext,
  discounts: readonly Discount[],
  { carried, own }: { readonly carried: CarriedGroup; readonly own: CarriedCharge | undefined },
): ChargeContext {
  const changed = discounts.flatMap(({ id, promotion }): [string, DiscountStandingDraft][] => {
    const standing = Object.hasOwn(context.standings ?? {}, id) ? context.standings?.[id] : undefined
    const [given, taken] = [carried.given.get(promotion), own?.taken.get(promotion)]
    if (given === undefined && taken === undefined) return []
    return [[id, { ...standing, remainingBudget: lessGiven(standing, given), taken }]]
  })
  if (changed.length === 0 && own === undefined) return context
  const { quantity, subtotal, charge } = own ?? NO_CHARGE
  return {
    ...context,
    standings: { ...context.standings, ...Object.fromEntries(changed) },
    ...(own && { earlier: { quantity: notNegative(quantity), subtotal: notNegative(subtotal), charge: notNegative(charge) } }),
  }
}

function lessGiven(standing: DiscountStandingDraft | undefined, given: Decimal | undefined): DiscountStandingDraft['remainingBudget'] {
  const remaining = standing?.remainingBudget
  const known = remaining === null || remaining === undefined ? undefined : readNumeral(remaining)
  return known === undefined || given === undefined ? remaining : notNegative(known.minus(given))
}

function addGiven(sums: ReadonlyMap<string, Decimal>, given: readonly GivenDiscount[]): ReadonlyMap<string, Decimal> {
  const added = new Map(sums)
  for (const { promotion, amount } of given) added.set(promotion, (added.get(promotion) ?? ZERO).plus(amount))
  return added
}

function notNegative(amount: Decimal): Decimal {
  return amount.isNegative() ? ZERO : amount
}
