import { Decimal, type Period, Temporal, ZERO } from '@tollgate/kernel'
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
  const reason = reasonOf(difference)
  return {
    ...difference,
    period: reason === UNUSED_TIME ? unusedPeriod(due, billed) : due.period,
    description: `${due.description}, ${reason}`,
    details: { ...due.details, adjusts: [...new Set(billed.map(({ invoiceId }) => invoiceId))] },
  }
}

const UNUSED_TIME = 'unused time'

/** Returns the time that was billed and is not due: before or after what is due, or around a gap in it. */
function unusedPeriod(due: DueCharge, billed: readonly BilledCharge[]): Period {
  const { compare } = Temporal.Instant
  const from = billed.reduce((first, { period }) => (compare(period.from, first) < 0 ? period.from : first), due.period.from)
  const to = billed.reduce((last, { period }) => (compare(period.to, last) > 0 ? period.to : last), due.period.to)
  if (due.quantity.isZero()) return { from, to }
  if (compare(due.period.to, to) < 0) return { from: due.period.to, to }
  return compare(from, due.period.from) < 0 ? { from, to: due.period.from } : due.period
}

function reasonOf(difference: DueCharge): string {
  if (difference.kind === 'usage') return difference.unit === 'adjustment' ? 'correction' : 'late usage'
  if (difference.kind === 'minimum_commitment') return 'correction'
  return netOf(difference).lt(0) ? UNUSED_TIME : 'change'
}

function negated(discount: DueDiscount): DueDiscount {
  return { ...discount, amount: discount.amount.neg() }
}

const ONE = /* @__PURE__ */ new Decimal(1)
