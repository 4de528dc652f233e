import { Decimal, minorUnits } from '@tollgate/kernel'
import { PaymentProviderFailed } from '../model/payments/payment-errors.ts'

/** Decimal places that differ from ISO 4217 in the API of Stripe. ISK and UGX have no minor unit, and their amounts end in "00" there. */
const PLACES: ReadonlyMap<string, number> = new Map([
  ['ISK', 2],
  ['UGX', 2],
  ['MGA', 0],
])

/** Returns an amount as Stripe writes it: an integer of minor units. Throws `PaymentProviderFailed` if Stripe cannot take it. */
export function toStripeAmount(amount: Decimal, currency: string): number {
  const places = placesOf(currency)
  const minor = amount.times(new Decimal(10).pow(places))
  const isAccepted = minor.isInteger() && minor.lte(Number.MAX_SAFE_INTEGER) && (places < 3 || minor.mod(10).isZero())
  if (isAccepted) return Number(minor.toFixed())
  const rule = places < 3 ? `at most ${places} decimal places` : 'two decimal places'
  throw new PaymentProviderFailed('stripe', `amounts in ${currency} need ${rule}, and ${amount.toFixed()} has more`, { isTemporary: false })
}

/** Reads an amount of Stripe. `currency` is in lower case there. */
export function fromStripeAmount(minor: number, currency: string): { readonly amount: Decimal; readonly currency: string } {
  const code = currency.toUpperCase()
  return { amount: new Decimal(minor).div(new Decimal(10).pow(placesOf(code))), currency: code }
}

function placesOf(currency: string): number {
  return PLACES.get(currency) ?? minorUnits(currency)
}
