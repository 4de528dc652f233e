import type { BookedDiscount } from './discount-ledger.ts'

/** Whether two bookings take the same off, in whatever order. Budgets may be others by now: they are of the rule, not of the charge. */
export function sameDiscounts(one: readonly Omit<BookedDiscount, 'budget'>[], other: readonly Omit<BookedDiscount, 'budget'>[]): boolean {
  const plain = (discounts: readonly Omit<BookedDiscount, 'budget'>[]) =>
    discounts.map(({ promotion, rule, amount }) => JSON.stringify([promotion, rule, amount.toFixed()])).toSorted()
  return JSON.stringify(plain(one)) === JSON.stringify(plain(other))
}
