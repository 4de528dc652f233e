import { TokenUsageUnreadable } from './token-usage-unreadable.ts'

/** Returns a field of any value; undefined if it has no such field. */
export function readField(of: unknown, name: string): unknown {
  return typeof of === 'object' && of !== null && Object.hasOwn(of, name) ? (of as Record<string, unknown>)[name] : undefined
}

/**
 * Returns a count. Undefined if there is none: null, undefined, or NaN, which AI SDK 4 uses for missing counts. Throws
 * `TokenUsageUnreadable` for any other value.
 */
export function readCount(value: unknown, name: string, format: string): number | undefined {
  if (value === undefined || value === null || Number.isNaN(value)) return undefined
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value
  throw new TokenUsageUnreadable(format, `${name} must be a whole number from 0 to 2^53 - 1, not ${typeof value === 'number' ? value : `a ${typeof value}`}`)
}
