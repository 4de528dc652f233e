import { createHash } from 'node:crypto'
import type { JsonObject } from '@tollgate/audit'

/** Bytes of JSON that a field of a snapshot may have if the whole is too large. */
const MAX_PART_BYTES = 1_000
const MAX_PARTS = 14
/** Half of what an event may have, because redaction can make a text longer. */
const MAX_BYTES = 8_000
const MAX_DEPTH = 12

/**
 * Returns an object as an audit event can hold it: amounts and times as texts, no undefined fields. If it is too large, each
 * large field is replaced by its size and hash, so that a later reader can still compare it with what was published.
 */
export function auditSnapshot(value: object): JsonObject {
  const plain = JSON.parse(JSON.stringify(value)) as JsonObject
  if (fits(plain, MAX_BYTES)) return plain
  const parts = Object.entries(plain)
  return parts.length > MAX_PARTS
    ? summaryOf(plain)
    : Object.fromEntries(parts.map(([name, part]) => [name, fits(part, MAX_PART_BYTES) ? part : summaryOf(part)]))
}

/** Returns the fields that differ, before and after; undefined if none does. */
export function changedFields(before: object, after: object): { readonly before: JsonObject; readonly after: JsonObject } | undefined {
  const [was, is] = [auditSnapshot(before), auditSnapshot(after)]
  const names = Object.keys({ ...was, ...is }).filter(name => JSON.stringify(was[name]) !== JSON.stringify(is[name]))
  const only = (from: JsonObject) => Object.fromEntries(names.filter(name => name in from).map(name => [name, from[name]]))
  return names.length === 0 ? undefined : { before: only(was), after: only(is) }
}

function fits(value: unknown, bytes: number): boolean {
  return Buffer.byteLength(JSON.stringify(value)) <= bytes && depthOf(value) <= MAX_DEPTH
}

function depthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  return 1 + Math.max(0, ...Object.values(value).map(depthOf))
}

function summaryOf(value: unknown): JsonObject {
  const text = JSON.stringify(value)
  return { bytes: Buffer.byteLength(text), sha256: createHash('sha256').update(text).digest('hex') }
}
