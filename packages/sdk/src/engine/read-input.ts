import { InvalidInput } from '@tollgate/metadata'
import type { DecimalInput } from '../model/decimal-input.ts'
import type { TimeInput } from '../model/time-input.ts'

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i
const TIME = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)$/

/** Returns the decimal as text. Of a number, it is the shortest text that reads as the same number. Throws `InvalidInput`. */
export function decimalText(path: string, value: DecimalInput): string {
  const text = typeof value === 'object' ? decimalOf(value) : String(value)
  if (!NUMBER.test(text)) throw invalid(path, `must be a decimal as text, a Decimal or a number, not "${text.slice(0, 40)}"`)
  return text
}

/** Callers without types can pass any object. */
function decimalOf(value: object | null): string {
  return value !== null && 'toFixed' in value ? (value as { toFixed(): string }).toFixed() : 'an object'
}

/** Returns the time as text with an offset. Throws `InvalidInput`. */
export function timeText(path: string, time: TimeInput): string {
  const given: unknown = time
  const text =
    given instanceof Date && Number.isFinite(given.getTime())
      ? given.toISOString()
      : typeof given === 'object' && given !== null && 'epochNanoseconds' in given
        ? String('toInstant' in given ? (given as { toInstant(): unknown }).toInstant() : given)
        : given
  if (typeof text !== 'string' || !TIME.test(text)) throw invalid(path, 'must be a time with an offset, such as "2026-11-20T09:30:00Z"')
  return text
}

/** Returns a measured number, rounded; undefined if it could not be measured. Throws `InvalidInput` for what is no number. */
export function measured(path: string, value: number | null | undefined): number | undefined {
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'number') throw invalid(path, 'must be a number')
  return Number.isFinite(value) ? Math.round(value) : undefined
}

/** Returns a choice. Throws `InvalidInput` for a value that is none of them. */
export function oneOf<Choice extends string>(path: string, value: Choice, choices: readonly Choice[]): Choice {
  if (choices.includes(value)) return value
  throw invalid(path, `must be ${choices.map(choice => `"${choice}"`).join(' or ')}, not "${value}"`)
}

/** The error of one field. */
export function invalid(path: string, message: string): InvalidInput {
  return new InvalidInput([{ path, message }])
}
