import { type AmountInput, readAmount } from '@tollgate/kernel/input'

/** Returns a text that is the same for the same values, and for no others. "1" and "1.00" are the same amount. */
export function fingerprintOf(kind: string, values: readonly (string | null)[], amount: AmountInput | null = null): string {
  const decimal = readAmount(amount)
  return JSON.stringify([kind, ...values, decimal?.toFixed() ?? amount])
}
