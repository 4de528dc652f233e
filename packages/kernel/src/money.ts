import { type Decimal, parseDecimal, ZERO } from './decimal.ts'
import { DomainError, InvalidInput } from './errors.ts'
import { round, type RoundingMode } from './rounding.ts'

/** An exact amount in a currency (ISO 4217, upper case: `"USD"`). Only `roundMoney` rounds it to cents. */
export interface Money {
  readonly amount: Decimal
  readonly currency: string
}

/** Amounts of different currencies were combined. Convert one first; there is no implicit rate. */
export class CurrencyMismatch extends DomainError<'CURRENCY_MISMATCH'> {
  readonly expected: string
  readonly actual: string

  constructor(expected: string, actual: string) {
    super('CURRENCY_MISMATCH', `Amounts in ${expected} and ${actual} cannot be combined; convert one of them first.`)
    this.expected = expected
    this.actual = actual
  }
}

/** The text is not a known ISO 4217 currency. */
export class UnknownCurrency extends DomainError<'UNKNOWN_CURRENCY'> {
  readonly currency: string

  constructor(currency: string) {
    super('UNKNOWN_CURRENCY', `"${currency.slice(0, 20)}" is not a currency code. Use an ISO 4217 code in upper case, such as "USD".`)
    this.currency = currency
  }
}

/** Creates an amount of money; a string is a plain numeral ("12.50"). Throws `UnknownCurrency`, and `InvalidInput` for an amount that is not finite. */
export function money(amount: Decimal | string, currency: string): Money {
  minorUnits(currency)
  const exact = typeof amount === 'string' ? parseDecimal(amount) : amount
  if (exact === undefined || !exact.isFinite()) {
    throw new InvalidInput([{ path: 'amount', message: `must be a plain decimal number such as "12.50", not "${String(amount).slice(0, 50)}"` }])
  }
  return { amount: exact, currency }
}

/** Adds amounts of one currency. The currency is an argument, so that an empty sum has one too. Throws `CurrencyMismatch`. */
export function sumMoney(currency: string, amounts: Iterable<Money>): Money {
  let total = ZERO
  for (const { amount, currency: actual } of amounts) {
    if (actual !== currency) throw new CurrencyMismatch(currency, actual)
    total = total.plus(amount)
  }
  return { amount: total, currency }
}

/**
 * The currencies whose minor unit is not a hundredth, with its decimal places (ISO 4217, list one). `Intl` cannot be
 * used, because it has the digits that are used for cash: it would round an invoice in HUF or COP to whole units.
 */
const MINOR_UNITS: ReadonlyMap<string, number> = /* @__PURE__ */ new Map([
  ...['BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'UYI', 'VND', 'VUV', 'XAF', 'XOF', 'XPF'].map(code => [code, 0] as const),
  ...['BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND'].map(code => [code, 3] as const),
  ...['CLF', 'UYW'].map(code => [code, 4] as const),
])

/** Returns the decimal places of the minor unit of a currency: 2 for USD, 0 for JPY, 3 for KWD. Throws `UnknownCurrency`. */
export function minorUnits(currency: string): number {
  if (!knownCurrencies().has(currency)) throw new UnknownCurrency(currency)
  return MINOR_UNITS.get(currency) ?? 2
}

/** Rounds an amount to the minor unit of its currency. */
export function roundMoney({ amount, currency }: Money, mode: RoundingMode): Money {
  return { amount: round(amount, { scale: minorUnits(currency), mode }), currency }
}

let currencies: ReadonlySet<string> | undefined

function knownCurrencies(): ReadonlySet<string> {
  // Includes currencies with a rule above that the runtime does not list.
  currencies ??= new Set([...Intl.supportedValuesOf('currency'), ...MINOR_UNITS.keys()])
  return currencies
}
