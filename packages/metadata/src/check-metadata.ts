import type { Issue } from '@tollgate/kernel'
import { isStorableText, longNumberText } from '@tollgate/kernel/text'
import { isExact } from './is-exact.ts'
import { METADATA_LIMITS } from './limits.ts'
import { NO_METADATA, NOT_A_FIELD } from './merge-metadata.ts'
import { type AttributeValue, type Metadata, type MetadataDraft, type MetadataField, TEXT_FIELDS } from './metadata.ts'

/** Result of a check. `metadata` holds the valid fields; use it only if there are no issues. */
export interface CheckedMetadata {
  readonly metadata: Metadata
  /** Paths start with `metadata`: `"metadata.customerId"`, `"metadata.attributes.cost_center"`. */
  readonly issues: readonly Issue[]
}

const NO_ISSUES: readonly Issue[] = Object.freeze([])
/** Maximum number of issues, so that a hostile input does not get a long answer. */
const MAX_ISSUES = 20

const NOT_STORABLE = 'must not contain NUL characters or unpaired surrogates'
const BEYOND_EXACT = 'is an integer beyond 2^53 - 1; send it as a string'
const NOT_EXACT = 'has more digits than a number keeps; send it as a string'
const TEXT_TOO_LONG = `is longer than ${METADATA_LIMITS.textLength} characters`
const VALUE_TOO_LONG = `is longer than ${METADATA_LIMITS.attributeValueLength.toLocaleString('en')} characters`

/**
 * Checks metadata from clients and copies the valid fields. Accepts what `metadataSchema` accepts, but is much faster, because
 * it runs for every event. Rejects unknown fields, so that a misspelt one is not silently lost.
 */
export function checkMetadata(draft: MetadataDraft | null | undefined): CheckedMetadata {
  if (draft === null || draft === undefined) return { metadata: NO_METADATA, issues: NO_ISSUES }
  if (!isPlainObject(draft)) return { metadata: NO_METADATA, issues: [{ path: 'metadata', message: 'must be a plain object; call build() on a builder' }] }

  const metadata: Writable<Metadata> = {}
  const issues: Issue[] = []
  for (const field in draft) {
    if (issues.length >= MAX_ISSUES) break
    const value: unknown = draft[field as keyof MetadataDraft]
    if (TEXT_FIELDS.has(field)) {
      if (value === null || value === undefined) continue
      const problem = textProblem(value)
      if (problem === undefined) metadata[field as MetadataField] = value as string
      else issues.push({ path: `metadata.${field}`, message: problem })
    } else if (field === 'attributes') {
      if (value === null || value === undefined) continue
      const attributes = checkAttributes(value, issues)
      if (attributes !== undefined) metadata.attributes = attributes
    } else {
      issues.push({ path: `metadata.${printable(field)}`, message: NOT_A_FIELD })
    }
  }
  return { metadata, issues: issues.length === 0 ? NO_ISSUES : issues }
}

/** Copies the valid attributes and adds problems to `issues`. Returns undefined if there are no attributes. */
function checkAttributes(draft: unknown, issues: Issue[]): Metadata['attributes'] {
  const path = 'metadata.attributes'
  if (!isPlainObject(draft)) {
    issues.push({ path, message: 'must be a flat object' })
    return undefined
  }
  const attributes: Record<string, AttributeValue> = {}
  let count = 0
  for (const key in draft) {
    if (issues.length >= MAX_ISSUES) break
    // Ignore `__proto__`: assigning it would not add a field.
    if (key === '__proto__') continue
    const value = draft[key]
    const absent = value === null || value === undefined
    if (!absent) count += 1
    if (count > METADATA_LIMITS.attributeCount) {
      issues.push({ path, message: `has more than ${METADATA_LIMITS.attributeCount} attributes` })
      break
    }
    const problem = keyProblem(key) ?? (absent ? undefined : valueProblem(value))
    if (problem !== undefined) issues.push({ path: `${path}.${printable(key)}`, message: problem })
    else if (!absent) attributes[key] = value as AttributeValue
  }
  return count === 0 ? undefined : attributes
}

function textProblem(value: unknown): string | undefined {
  if (typeof value !== 'string') return 'must be a string'
  if (value.length === 0) return 'must not be empty; omit it instead'
  if (value.length > METADATA_LIMITS.textLength) return TEXT_TOO_LONG
  return isStorableText(value) ? undefined : NOT_STORABLE
}

function keyProblem(key: string): string | undefined {
  if (key.length === 0) return 'has an empty name'
  if (key.length > METADATA_LIMITS.attributeKeyLength) return `has a name longer than ${METADATA_LIMITS.attributeKeyLength} characters`
  return isStorableText(key) ? undefined : 'has a name with NUL characters or unpaired surrogates'
}

function valueProblem(value: unknown): string | undefined {
  switch (typeof value) {
    case 'boolean':
      return undefined
    case 'number':
      if (!Number.isFinite(value)) return 'must be a finite number'
      return isExact(value) ? undefined : BEYOND_EXACT
    case 'string':
      if (value.length > METADATA_LIMITS.attributeValueLength) return VALUE_TOO_LONG
      return isStorableText(value) ? undefined : NOT_STORABLE
    default:
      return longNumberProblem(value) ?? 'must be a string, a number or a boolean'
  }
}

function longNumberProblem(value: unknown): string | undefined {
  const text = longNumberText(value)
  if (text === undefined) return undefined
  return /^-?\d+$/.test(text) ? BEYOND_EXACT : NOT_EXACT
}

type Writable<Type> = { -readonly [Field in keyof Type]: Type[Field] }

/** Accepts object literals, parsed JSON and GraphQL input objects, which have no prototype, including those of other realms. */
function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || longNumberText(value) !== undefined) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null
}

/** Makes a name from a client safe to print and store in a path: shortens it, and replaces characters that cannot be stored. */
function printable(name: string): string {
  const short = name.length > METADATA_LIMITS.attributeKeyLength ? `${name.slice(0, METADATA_LIMITS.attributeKeyLength)}…` : name
  return short.replaceAll('\0', '\uFFFD').toWellFormed()
}
