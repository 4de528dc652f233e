import { knownLanguage } from './known-language.ts'

/** Language of numbers and times: that of the browser. */
const LANGUAGE = knownLanguage(typeof navigator === 'undefined' ? 'en' : navigator.language)

const compact = new Intl.NumberFormat(LANGUAGE, { notation: 'compact', maximumFractionDigits: 1 })
const whole = new Intl.NumberFormat(LANGUAGE, { maximumFractionDigits: 0 })
const percent = new Intl.NumberFormat(LANGUAGE, { style: 'percent', maximumFractionDigits: 1 })
const decimals = new Intl.NumberFormat(LANGUAGE, { maximumFractionDigits: 12 })
const points = new Intl.NumberFormat(LANGUAGE, { maximumFractionDigits: 1, signDisplay: 'exceptZero' })
const changed = new Intl.NumberFormat(LANGUAGE, { style: 'percent', maximumFractionDigits: 1, signDisplay: 'exceptZero' })

/** A decimal of the API: text, because a number could not hold it exactly. `Intl` formats the text without rounding it first. */
type DecimalText = Intl.StringNumericLiteral

/** Formats a count: 12,345. */
export function formatCount(count: number | string): string {
  return whole.format(count as number)
}

/** Formats a count for small places: 12.3K. */
export function formatCompact(count: number | string): string {
  return compact.format(count as number)
}

/** Formats a share from 0 to 1 as a percentage. */
export function formatShare(share: number): string {
  return percent.format(share)
}

/** Beyond it, a percentage says no more than that there was next to nothing before. */
const MAX_CHANGE = 10

/** Formats a change from one value to another as a percentage with its sign; undefined if it was nothing before. */
export function formatChange(change: number | string | null | undefined): string | undefined {
  if (change === null || change === undefined) return undefined
  return Math.abs(Number(change)) > MAX_CHANGE ? `${changed.format(Math.sign(Number(change)) * MAX_CHANGE)} and more` : changed.format(change as number)
}

/** Formats a change that the API gives in percent: 25 for a quarter more. */
export function formatPercentChange(percentage: number | null | undefined): string | undefined {
  return percentage === null || percentage === undefined ? undefined : formatChange(percentage / 100)
}

/** Formats a change from one share to another in percentage points: "+2.5 points" from 10 % to 12.5 %. */
export function formatPoints(change: number | null): string | undefined {
  return change === null ? undefined : `${points.format(change * 100)} points`
}

const rounded = new Intl.NumberFormat(LANGUAGE, { maximumSignificantDigits: 3 })

/** Units of durations, from the largest on. */
const DURATIONS = [
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1_000, 's'],
] as const

/** Formats a duration for small places: 850 ms, 1.53 s, 16.5 min. */
export function formatDuration(milliseconds: number): string {
  const nearest = Math.round(milliseconds)
  const [size, unit] = DURATIONS.find(([length]) => nearest >= length) ?? [1, 'ms']
  return `${rounded.format(nearest / size)} ${unit}`
}

const amounts = new Map<string, Intl.NumberFormat>()

/** Returns the format of a currency, with its own number of digits unless another is given. Each is made once: it costs far more than formatting. */
function amountFormat(currency: string, digits?: number): Intl.NumberFormat {
  const key = `${currency} ${digits ?? ''}`
  let format = amounts.get(key)
  if (format === undefined) {
    format = new Intl.NumberFormat(LANGUAGE, { style: 'currency', currency, ...(digits !== undefined && { maximumFractionDigits: digits }) })
    amounts.set(key, format)
  }
  return format
}

/** Formats an amount of money. Small amounts keep the digits that say something, such as $0.0042. */
export function formatAmount(amount: string | null | undefined, currency: string): string {
  if (amount === null || amount === undefined) return '–'
  const size = Math.abs(Number(amount))
  const digits = size > 0 && size < 1 ? Math.min(8, 2 - Math.floor(Math.log10(size))) : undefined
  return amountFormat(currency, digits).format(amount as DecimalText)
}

/** From this size on, digits behind the first few say nothing in a small place. */
const LARGE = 1_000_000

/** Formats an amount for small places: $2.14B from a million on. */
export function formatShortAmount(amount: string | null | undefined, currency: string): string {
  if (amount === null || amount === undefined || Math.abs(Number(amount)) < LARGE) return formatAmount(amount, currency)
  const key = `${currency} short`
  let format = amounts.get(key)
  if (format === undefined) {
    format = new Intl.NumberFormat(LANGUAGE, { style: 'currency', currency, notation: 'compact', maximumFractionDigits: 2 })
    amounts.set(key, format)
  }
  return format.format(amount as DecimalText)
}

/** Formats a count for small places: 12,345, and 2.1M from ten million on. */
export function formatShortCount(count: number | string): string {
  return Math.abs(Number(count)) < 10 * LARGE ? formatCount(count) : formatCompact(count)
}

/** Formats a price, or an amount that is explained, with all its digits. */
export function formatPrice(price: string | null | undefined, currency: string): string {
  if (price === null || price === undefined) return '–'
  return amountFormat(currency, 20).format(price as DecimalText)
}

/** Formats a decimal, such as credits, with the digits that it has. A text that is no number, because somebody is still typing it, stays as it is. */
export function formatDecimal(value: string | null | undefined): string {
  if (value === null || value === undefined) return '–'
  if (value.trim() === '' || Number.isNaN(Number(value))) return value
  return decimals.format(value as DecimalText)
}

const times = new Map<string, Intl.DateTimeFormat>()

/** `soon` has no year: for what happens in the next months. */
export type TimeStyle = 'day' | 'soon' | 'minute' | 'second'

const STYLES: Readonly<Record<TimeStyle, Intl.DateTimeFormatOptions>> = {
  day: { dateStyle: 'medium' },
  soon: { month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit' },
  minute: { dateStyle: 'medium', timeStyle: 'short' },
  second: { dateStyle: 'medium', timeStyle: 'medium' },
}

/** Formats a time in a zone, without the zone's name. */
export function formatTime(time: string | number | Date, timeZone: string, style: TimeStyle = 'minute'): string {
  const key = `${timeZone} ${style}`
  let format = times.get(key)
  if (format === undefined) times.set(key, (format = new Intl.DateTimeFormat(LANGUAGE, { ...STYLES[style], timeZone })))
  return format.format(new Date(time))
}

/** Says an enum value of the API as a word: "PAST_DUE" as "past due". */
export function wordOf(value: string): string {
  return value.toLowerCase().replaceAll('_', ' ')
}

/** Returns a text with a capital first letter. */
export function capitalized(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`
}
