import { type Decimal, parseDecimal } from '@tollgate/kernel'

/** Returns a text that is the same for the same values, and for no others. "1" and "1.00" are the same amount. */
export function fingerprintOf(kind: string, values: readonly (string | null)[], amount: Decimal | string | null = null): string {
  const decimal = typeof amount === 'string' ? parseDecimal(amount) : amount
  return JSON.stringify([kind, ...values, decimal?.toFixed() ?? amount])
}
