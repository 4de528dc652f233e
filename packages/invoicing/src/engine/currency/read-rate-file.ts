import { type Decimal, InvalidInput, type Issue, minorUnits, parseDecimal, Temporal } from '@tollgate/kernel'
import type { ExchangeRate } from '../../model/billing/exchange-rate.ts'

/** Maximum number of problems that are reported for a file. */
const MAX_ISSUES = 20

/** Digits of rates are limited so that a rate times an amount stays exact. */
const MAX_RATE_DIGITS = 24

/**
 * Reads exchange rates from a CSV file of one of two forms: a rate in each line, with the columns `date`, `base`, `quote` and
 * `rate`; or the reference rates of the European Central Bank, with a day in each line and a currency in each column, in
 * units for one euro. Throws `InvalidInput` that names the lines that cannot be read.
 */
export function readRateFile(text: string, source: string): readonly ExchangeRate[] {
  const [header = '', ...lines] = text.replace(/^\uFEFF/, '').split(/\r?\n/)
  const columns = cellsOf(header)
  const issues: Issue[] = []
  const names = columns.map(name => name.toLowerCase())
  const read = ['date', 'base', 'quote', 'rate'].every(name => names.includes(name)) ? readRate : readDay
  if (names[0] !== 'date' || columns.length < 2) {
    throw new InvalidInput([{ path: 'line 1', message: 'must name the columns "date,base,quote,rate", or "Date" and currencies' }])
  }
  const rates = lines.flatMap((line, i) =>
    line.trim() === '' ? [] : read(cellsOf(line), { columns: read === readRate ? names : columns, number: i + 2, source, issues }),
  )
  if (rates.length === 0 && issues.length === 0) issues.push({ path: 'line 2', message: 'there are no rates' })
  if (issues.length > 0) throw new InvalidInput(issues.slice(0, MAX_ISSUES))
  return rates
}

interface RateLine {
  readonly columns: readonly string[]
  readonly number: number
  readonly source: string
  readonly issues: Issue[]
}

function readRate(cells: readonly string[], line: RateLine): readonly ExchangeRate[] {
  const cell = (name: string) => cells[line.columns.indexOf(name)] ?? ''
  const date = readDate(cell('date'), line)
  const base = readCurrency(cell('base'), line)
  const quote = readCurrency(cell('quote'), line)
  const rate = readNumber(cell('rate'), line)
  if (date === undefined || base === undefined || quote === undefined || rate === undefined) return []
  if (base === quote) report(line, `converts ${base} into itself`)
  return [{ base, quote, date, rate, source: line.source }]
}

function readDay(cells: readonly string[], line: RateLine): readonly ExchangeRate[] {
  const date = readDate(cells[0] ?? '', line)
  if (date === undefined) return []
  return line.columns.slice(1).flatMap((name, i) => {
    const cell = cells[i + 1] ?? ''
    // The files end each line with a comma, and have "N/A" for currencies that were not quoted.
    if (name === '' || cell === '' || cell === 'N/A') return []
    const quote = readCurrency(name, line)
    const rate = readNumber(cell, line)
    return quote === undefined || rate === undefined ? [] : [{ base: 'EUR', quote, date, rate, source: line.source }]
  })
}

function readDate(text: string, line: RateLine): Temporal.PlainDate | undefined {
  try {
    if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return Temporal.PlainDate.from(text)
  } catch {
    // Reported below.
  }
  report(line, `"${text.slice(0, 40)}" is not a date such as 2026-11-30`)
  return undefined
}

function readCurrency(text: string, line: RateLine): string | undefined {
  try {
    minorUnits(text)
    return text
  } catch {
    report(line, `"${text.slice(0, 20)}" is not a currency code such as USD`)
    return undefined
  }
}

function readNumber(text: string, line: RateLine): Decimal | undefined {
  const rate = parseDecimal(text)
  if (rate?.gt(0) && rate.precision() <= MAX_RATE_DIGITS) return rate
  report(line, `"${text.slice(0, 40)}" is not a rate: it must be a decimal number above 0, with at most ${MAX_RATE_DIGITS} digits`)
  return undefined
}

function report({ issues, number }: RateLine, message: string): void {
  issues.push({ path: `line ${number}`, message })
}

function cellsOf(line: string): readonly string[] {
  return line.split(',').map(cell => cell.trim().replace(/^"(.*)"$/, '$1'))
}
