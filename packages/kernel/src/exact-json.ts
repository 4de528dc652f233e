import { Decimal } from './decimal.ts'
import type { LongNumber } from './long-number.ts'

// TypeScript does not declare this yet.
const json = JSON as typeof JSON & { rawJSON?: (text: string) => LongNumber }

type Reviver = (key: string, value: unknown, context?: { readonly source?: string }) => unknown

/**
 * Finds what may be a number of 16 characters or more, or with an exponent of 3 digits or more, without its sign. All others have at
 * most 15 digits, which a JavaScript number holds. Looks for digits first, and then at what is before them: that is faster.
 */
const MAYBE_LONG = /\d(?<=(?:^|[[:,\s])-?\d)(?:[\d.]{15,}(?:e[+-]?\d+)?|[\d.]*e[+-]?\d{3,})/gi

/**
 * Parses JSON as `JSON.parse` does, except that no number becomes another one: a number whose digits a JavaScript number
 * cannot hold becomes a `LongNumber`. Such numbers are rare, and a text without any costs little more than with `JSON.parse`.
 */
export function parseExactJson(text: string): unknown {
  return hasLongNumber(text) ? JSON.parse(text, keepLongNumbers) : JSON.parse(text)
}

/** Uses `exec`: `matchAll` copies the expression and creates an iterator even if nothing matches. */
function hasLongNumber(text: string): boolean {
  MAYBE_LONG.lastIndex = 0
  for (let match = MAYBE_LONG.exec(text); match !== null; match = MAYBE_LONG.exec(text)) {
    const [numeral] = match
    if (!isHeld(Number(numeral), numeral)) return true
  }
  return false
}

const keepLongNumbers: Reviver = (_key, value, context) => (typeof value === 'number' && context?.source !== undefined ? exactly(value, context.source) : value)

/** Reads the text of a JSON number. */
export function readJsonNumber(text: string): number | LongNumber {
  return exactly(Number(text), text)
}

function exactly(value: number, text: string): number | LongNumber {
  return isHeld(value, text) || json.rawJSON === undefined ? value : json.rawJSON(text)
}

/** Returns whether a number has the digits of its text. From 2^53 on, several integers are the same number, so none of them is held. */
function isHeld(value: number, text: string): boolean {
  if (!Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value))) return false
  return String(value) === text || new Decimal(value).eq(text)
}
