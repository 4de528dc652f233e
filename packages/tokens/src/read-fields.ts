import { TokenUsageUnreadable } from './token-usage-unreadable.ts'

/** A field of a value that may be anything; undefined where there is none. */
export function field(of: unknown, name: string): unknown {
  return typeof of === 'object' && of !== null && Object.hasOwn(of, name) ? (of as Record<string, unknown>)[name] : undefined
}

/**
 * A count, or undefined where there is none: null, left out, or the NaN that AI SDK 4 has for what a provider did not say.
 * Throws `TokenUsageUnreadable` for what is there and no count.
 */
export function nonNegative(value: unknown, name: string, format: string): number | undefined {
  if (value === undefined || value === null || Number.isNaN(value)) return undefined
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value
  throw new TokenUsageUnreadable(format, `${name} must be a whole number from 0 to 2^53 - 1, not ${typeof value === 'number' ? value : `a ${typeof value}`}`)
}
