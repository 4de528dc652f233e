import { Decimal, ZERO } from '@tollgate/kernel'
import { type BilledCharge, type Charge, type DueCharge, type DueDiscount, netOf } from '../../model/billing/due-charge.ts'
import { mergeDiscounts } from './usage-charge.ts'

/**
 * Returns what is due and has not been billed: for each key, what is due minus what was billed. Late usage, corrected costs
 * and changes of plans within a period give a charge of their own period. Nothing is returned for a key whose amounts agree.
 */
export function openCharges(due: readonly DueCharge[], billed: readonly BilledCharge[]): readonly DueCharge[] {
  const billedByKey = Map.groupBy(billed, ({ key }) => key)
  const keys = new Set(due.map(({ key }) => key))
  const gone = [...billedByKey].flatMap(([key, [first]]) => (keys.has(key) || first === undefined ? [] : [nothingOf(first)]))
  return [...due, ...gone]
    .map(charge => differenceOf(charge, billedByKey.get(charge.key) ?? []))
    .filter(charge => !charge.amount.isZero() || !charge.credits.isZero() || charge.discounts.length > 0)
}

/** Returns a charge of which nothing is due. */
function nothingOf(charge: BilledCharge): DueCharge {
  const { invoiceId: _, ...rest } = charge
  return { ...rest, quantity: ZERO, amount: ZERO, discounts: [], credits: ZERO, details: {} }
}

function differenceOf(due: DueCharge, billed: readonly BilledCharge[]): DueCharge {
  if (billed.length === 0) return due
  const sum = (value: (charge: Charge) => Decimal) => billed.reduce((total, charge) => total.plus(value(charge)), ZERO)
  const amount = due.amount.minus(sum(charge => charge.amount))
  const credits = due.credits.minus(sum(charge => charge.credits))
  const discounts = mergeDiscounts([...due.discounts, ...billed.flatMap(charge => charge.discounts.map(negated))]).filter(discount => !discount.amount.isZero())
  const quantity = due.quantity.minus(sum(charge => charge.quantity))
  const isCounted = due.kind === 'usage' && quantity.gt(0) && amount.gte(0) && billed.every(({ unit }) => unit === due.unit)
  const difference = { ...due, amount, credits, discounts, ...(isCounted ? { quantity } : { quantity: ONE, unit: 'adjustment' }) }
  return {
    ...difference,
    description: `${due.description}, ${reasonOf(difference)}`,
    details: { ...due.details, adjusts: [...new Set(billed.map(({ invoiceId }) => invoiceId))] },
  }
}

function reasonOf(difference: DueCharge): string {
  if (difference.kind === 'usage') return difference.unit === 'adjustment' ? 'correction' : 'late usage'
  if (difference.kind === 'minimum_commitment') return 'correction'
  return netOf(difference).lt(0) ? 'unused time' : 'change'
}

function negated(discount: DueDiscount): DueDiscount {
  return { ...discount, amount: discount.amount.neg() }
}

const ONE = /* @__PURE__ */ new Decimal(1)
