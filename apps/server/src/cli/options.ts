import { InvalidArgumentError } from 'commander'
import { type Decimal, parseDecimal, parseInstant, type Temporal } from '@tollgate/kernel'

/** Parses a time: RFC 3339, or a date, which means midnight UTC. */
export function instantOption(text: string): Temporal.Instant {
  const instant = parseInstant(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00Z` : text)
  if (instant === undefined) throw new InvalidArgumentError('It must be a date, such as 2026-11-20, or a time with an offset, such as 2026-11-20T09:30:00Z.')
  return instant
}

/** Parses an exact amount. */
export function decimalOption(text: string): Decimal {
  const decimal = parseDecimal(text)
  if (decimal === undefined) throw new InvalidArgumentError('It must be a plain decimal number, such as 0.0135.')
  return decimal
}

/** Returns a parser of whole numbers within bounds. */
export function wholeNumberOption(from: number, to: number): (text: string) => number {
  return text => {
    const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN
    if (value >= from && value <= to) return value
    throw new InvalidArgumentError(`It must be a whole number from ${from} to ${to}.`)
  }
}
