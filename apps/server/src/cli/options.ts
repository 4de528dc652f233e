import { InvalidArgumentError } from 'commander'
import { type Decimal, parseDecimal, parseInstant, type Temporal } from '@tollgate/kernel'

/** Reads a time of an option: RFC 3339, or a day, which begins at midnight UTC. */
export function instantOption(text: string): Temporal.Instant {
  const instant = parseInstant(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00Z` : text)
  if (instant === undefined) throw new InvalidArgumentError('It must be a day, such as 2026-11-20, or a time with its offset, such as 2026-11-20T09:30:00Z.')
  return instant
}

/** Reads an exact amount of an option. */
export function decimalOption(text: string): Decimal {
  const decimal = parseDecimal(text)
  if (decimal === undefined) throw new InvalidArgumentError('It must be a plain decimal number, such as 0.0135.')
  return decimal
}

/** Reads a whole number of an option, within bounds. */
export function wholeNumberOption(from: number, to: number): (text: string) => number {
  return text => {
    const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN
    if (value >= from && value <= to) return value
    throw new InvalidArgumentError(`It must be a whole number from ${from} to ${to}.`)
  }
}
