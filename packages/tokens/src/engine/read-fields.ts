import { isObject } from '../model/is-object.ts'
import { TokenUsageUnreadable } from '../model/token-usage-unreadable.ts'

/** Returns a field of any value; undefined if it has no such field. */
export function readField(of: unknown, name: string): unknown {
  return typeof of === 'object' && of !== null && Object.hasOwn(of, name) ? (of as Record<string, unknown>)[name] : undefined
}

/** Returns the first of several fields that is there and not null. */
export function readFirst(of: unknown, names: readonly string[]): unknown {
  for (const name of names) {
    const value = readField(of, name)
    if (value !== undefined && value !== null) return value
  }
  return undefined
}

/** Returns a field that is an object, but not a list. Undefined if it is anything else. */
export function readObject(of: unknown, ...names: readonly string[]): object | undefined {
  const value = readFirst(of, names)
  return isObject(value) ? value : undefined
}

/** Returns the items of a field that is a list; empty if it is anything else. */
export function readList(of: unknown, ...names: readonly string[]): readonly unknown[] {
  const value = readFirst(of, names)
  return Array.isArray(value) ? value : []
}

/** Returns a field that is text. Undefined if it is empty or anything else. */
export function readText(of: unknown, ...names: readonly string[]): string | undefined {
  const value = readFirst(of, names)
  return typeof value === 'string' && value !== '' ? value : undefined
}

/**
 * Returns a count. Undefined if there is none: null, undefined, or NaN, which AI SDK 4 uses for missing counts. Throws
 * `TokenUsageUnreadable` for any other value.
 */
export function readCount(value: unknown, name: string, source: string): number | undefined {
  if (value === undefined || value === null || Number.isNaN(value)) return undefined
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value
  throw new TokenUsageUnreadable(
    source,
    `${name} must be a whole number from 0 to 2^53 - 1, not ${typeof value === 'number' ? value : withArticle(typeof value)}`,
  )
}

/** Names a type in a sentence: "a string", "an object". */
function withArticle(type: string): string {
  return `${type === 'object' ? 'an' : 'a'} ${type}`
}
