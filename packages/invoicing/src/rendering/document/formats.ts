import { type Decimal, minorUnits, type Period, Temporal } from '@tollgate/kernel'

/** Formats values for one locale. */
export interface Formats {
  /** BCP 47. A locale that is not one is replaced by "en". */
  readonly locale: string
  money(amount: Decimal): string
  /** A price: with all its decimal places, up to ten that count. */
  price(amount: Decimal): string
  moneyIn(amount: Decimal, currency: string): string
  number(amount: Decimal): string
  percent(rate: Decimal): string
  date(instant: Temporal.Instant): string
  day(day: Temporal.PlainDate): string
  /** Days of a period, both included. */
  period(period: Period): string
}

/** Significant digits of prices and exchange rates. They can have many more, if they are computed. */
const PRICE_DIGITS = 10

/** Languages whose short names of months are Latin letters, which every font has. In other languages, dates are numbers. */
const NAMED_MONTHS = new Set([
  'en',
  'de',
  'fr',
  'es',
  'it',
  'nl',
  'pt',
  'da',
  'sv',
  'nb',
  'nn',
  'no',
  'fi',
  'pl',
  'cs',
  'sk',
  'hu',
  'ro',
  'hr',
  'sl',
  'et',
  'lv',
  'lt',
])

/** Returns the formats of a locale, for amounts in a currency and times in a zone. */
export function formatsFor(locale: string, { currency, timeZone }: { readonly currency: string; readonly timeZone: string }): Formats {
  const tag = usableLocale(locale)
  const moneyFormats = new Map<string, Intl.NumberFormat>()
  const moneyFormat = (code: string) => {
    const found = moneyFormats.get(code)
    if (found !== undefined) return found
    const digits = minorUnits(code)
    const made = new Intl.NumberFormat(tag, { style: 'currency', currency: code, minimumFractionDigits: digits, maximumFractionDigits: digits })
    moneyFormats.set(code, made)
    return made
  }
  const digits = minorUnits(currency)
  const prices = new Intl.NumberFormat(tag, { style: 'currency', currency, minimumFractionDigits: digits, maximumFractionDigits: 20 })
  const numbers = new Intl.NumberFormat(tag, { maximumFractionDigits: 10 })
  const percents = new Intl.NumberFormat(tag, { maximumFractionDigits: 4, style: 'unit', unit: 'percent' })
  const dates = dateFormat(tag)
  const day = (date: Temporal.PlainDate) => dates.format(date.toZonedDateTime('UTC').epochMilliseconds)
  const date = (instant: Temporal.Instant) => day(instant.toZonedDateTimeISO(timeZone).toPlainDate())
  return {
    locale: tag,
    money: amount => moneyFormat(currency).format(numeral(amount)),
    price: amount => prices.format(numeral(amount.toSignificantDigits(PRICE_DIGITS))),
    moneyIn: (amount, code) => moneyFormat(code).format(numeral(amount)),
    number: amount => numbers.format(numeral(amount)),
    percent: rate => percents.format(numeral(rate)),
    date,
    day,
    period({ from, to }) {
      const first = date(from)
      const last = date(lastInstant({ from, to }))
      return first === last ? first : `${first} – ${last}`
    },
  }
}

/** Returns the last instant of a period. */
export function lastInstant({ from, to }: Period): Temporal.Instant {
  return Temporal.Instant.compare(from, to) < 0 ? to.subtract({ nanoseconds: 1 }) : from
}

/** The digits of a decimal, which `Intl` formats exactly. */
function numeral(amount: Decimal): Intl.StringNumericLiteral {
  return (amount.isZero() ? '0' : amount.toFixed()) as Intl.StringNumericLiteral
}

function dateFormat(locale: string): Intl.DateTimeFormat {
  const gregorian = { calendar: 'gregory', timeZone: 'UTC' } as const
  return NAMED_MONTHS.has(new Intl.Locale(locale).language)
    ? new Intl.DateTimeFormat(locale, { ...gregorian, dateStyle: 'medium' })
    : new Intl.DateTimeFormat(locale, { ...gregorian, year: 'numeric', month: '2-digit', day: '2-digit' })
}

function usableLocale(locale: string): string {
  try {
    return new Intl.Locale(locale).toString()
  } catch {
    return 'en'
  }
}
