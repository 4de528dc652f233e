import { Decimal, ZERO } from './decimal.ts'
import { DomainError } from './errors.ts'
import { round, type RoundingMode } from './rounding.ts'

/** An exact amount in a currency (ISO 4217, upper case: `"USD"`). Not rounded to cents until `roundMoney` says so. */
export interface Money {
  readonly amount: Decimal
  readonly currency: string
}

/** Two amounts of different currencies were added or compared. Convert one first; there is no implicit rate. */
export class CurrencyMismatch extends DomainError<'CURRENCY_MISMATCH'> {
  readonly expected: string
  readonly actual: string

  constructor(expected: string, actual: string) {
    super('CURRENCY_MISMATCH', `Amounts in ${expected} and ${actual} cannot be combined; convert one of them first.`)
    this.expected = expected
    this.actual = actual
  }
}

/** The text is not an ISO 4217 currency that this runtime knows. */
export class UnknownCurrency extends DomainError<'UNKNOWN_CURRENCY'> {
  readonly currency: string

  constructor(currency: string) {
    super('UNKNOWN_CURRENCY', `"${currency}" is not a currency code; use three upper-case letters of ISO 4217, such as "USD".`)
    this.currency = currency
  }
}

/** Makes an amount of money; the currency is checked, the amount may be given as an exact numeral. */
export function money(amount: Decimal | string, currency: string): Money {
  minorUnits(currency)
  return { amount: new Decimal(amount), currency }
}

/** Adds amounts of one currency. The currency is named, so that the sum of nothing has one too. */
export function sumMoney(currency: string, amounts: Iterable<Money>): Money {
  let total = ZERO
  for (const { amount, currency: actual } of amounts) {
    if (actual !== currency) throw new CurrencyMismatch(currency, actual)
    total = total.plus(amount)
  }
  return { amount: total, currency }
}

/** Digits after the point of a currency's smallest unit, as CLDR has them: 2 for USD, 0 for JPY, 3 for KWD. */
export function minorUnits(currency: string): number {
  if (!/^[A-Z]{3}$/.test(currency) || !knownCurrencies().has(currency)) throw new UnknownCurrency(currency)
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
}

/** Rounds to the currency's smallest unit. */
export function roundMoney({ amount, currency }: Money, mode: RoundingMode): Money {
  return { amount: round(amount, { scale: minorUnits(currency), mode }), currency }
}

let currencies: ReadonlySet<string> | undefined

function knownCurrencies(): ReadonlySet<string> {
  currencies ??= new Set(Intl.supportedValuesOf('currency'))
  return currencies
}
