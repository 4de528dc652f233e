import { checkStorable, isStorableText, type Issue, longNumberText, NOT_STORABLE } from '@tollgate/kernel'
import type { JsonObject } from '../model/audit-event.ts'
import { AUDIT_LIMITS } from '../model/audit-limits.ts'
import { redactSecrets } from './redact-secrets.ts'

/** The name of a field, as the client wrote it, and the list that its issues are added to. */
export interface Field {
  readonly path: string
  readonly issues: Issue[]
}

/** Returns whether a value is an object with fields. */
export function isRecord(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && longNumberText(value) === undefined
}

/** Reads a text of 1 to `max` characters that a database can store; null if omitted. */
export function readText(value: unknown, max: number, { path, issues }: Field): string | null {
  if (value === undefined || value === null) return null
  if (typeof value !== 'string') issues.push({ path, message: 'must be a string' })
  else if (value.length === 0) issues.push({ path, message: 'must not be empty' })
  else if (value.length > max) issues.push({ path, message: `must be at most ${max.toLocaleString('en')} characters` })
  else if (!isStorableText(value)) issues.push({ path, message: NOT_STORABLE })
  else return value
  return null
}

/** Reads an object of JSON values and redacts its secrets; null if omitted or empty. */
export function readObject(value: unknown, { path, issues }: Field): JsonObject | null {
  if (value === undefined || value === null) return null
  if (!isRecord(value)) {
    issues.push({ path, message: 'must be an object' })
    return null
  }
  const found = [...checkJson(path, value), ...checkStorable(path, value)]
  if (found.length > 0) {
    issues.push(...found)
    return null
  }
  const redacted = redactSecrets(value) as JsonObject
  const bytes = Buffer.byteLength(JSON.stringify(redacted))
  if (bytes > AUDIT_LIMITS.jsonBytes) {
    issues.push({ path, message: `must be at most ${AUDIT_LIMITS.jsonBytes.toLocaleString('en')} bytes of JSON, not ${bytes.toLocaleString('en')}` })
    return null
  }
  return Object.keys(redacted).length === 0 ? null : redacted
}

/** Returns the first value that JSON cannot hold unchanged, as an issue. */
function checkJson(path: string, value: object): Issue[] {
  // Iterates instead of recursing, because callers decide how deep the value is.
  const remaining: { at: string; item: unknown; depth: number }[] = [{ at: path, item: value, depth: 1 }]
  for (let next = remaining.pop(); next !== undefined; next = remaining.pop()) {
    const { at, item, depth } = next
    const message = problemOf(item, depth)
    if (message !== undefined) return [{ path: at, message }]
    if (typeof item !== 'object' || item === null) continue
    for (const [key, child] of Object.entries(item)) remaining.push({ at: `${at}.${key}`, item: child, depth: depth + 1 })
  }
  return []
}

function problemOf(item: unknown, depth: number): string | undefined {
  if (depth > AUDIT_LIMITS.jsonDepth) return `must be nested at most ${AUDIT_LIMITS.jsonDepth} levels deep`
  if (longNumberText(item) !== undefined) return 'has more digits than a JSON number keeps. Send it as a string'
  switch (typeof item) {
    case 'string':
    case 'boolean':
      return undefined
    case 'number':
      return Number.isFinite(item) ? undefined : 'must be a finite number'
    case 'object': {
      if (item === null || Array.isArray(item)) return undefined
      const prototype: unknown = Object.getPrototypeOf(item)
      return prototype === Object.prototype || prototype === null ? undefined : 'must be a plain JSON value. Convert it to a string'
    }
    default:
      return `must be a JSON value, not a ${typeof item}`
  }
}
