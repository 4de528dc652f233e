import { isStorableText, type Issue } from '@tollgate/kernel'
import { METADATA_LIMITS } from './limits.ts'
import { type AttributeValue, type Metadata, METADATA_FIELDS, type MetadataDraft, type MetadataField } from './metadata.ts'

/** What a check found. `metadata` holds the fields that are right; it may be used only where there are no issues. */
export interface CheckedMetadata {
  readonly metadata: Metadata
  /** Paths begin with `metadata`: `"metadata.customerId"`, `"metadata.attributes.cost_center"`. */
  readonly issues: readonly Issue[]
}

const FIELDS: ReadonlySet<string> = new Set(METADATA_FIELDS)
const NO_ISSUES: readonly Issue[] = Object.freeze([])
const NO_METADATA: Metadata = Object.freeze({})
/** Enough to mend an input by; a hostile one gets no longer an answer. */
const MAX_ISSUES = 20

const NOT_STORABLE = 'contains a NUL character or half of a surrogate pair, which cannot be stored'
const TEXT_TOO_LONG = `is longer than ${METADATA_LIMITS.textLength} characters`
const VALUE_TOO_LONG = `is longer than ${METADATA_LIMITS.attributeValueLength.toLocaleString('en')} characters`

/**
 * Checks metadata from outside and copies what is right. Takes what `metadataSchema` takes, at a fraction of its time:
 * it runs for every event of every batch. Unknown fields are issues, so that a misspelt one is not lost in silence.
 */
export function checkMetadata(draft: MetadataDraft | null | undefined): CheckedMetadata {
  if (draft === null || draft === undefined) return { metadata: NO_METADATA, issues: NO_ISSUES }
  if (!isPlainObject(draft)) return { metadata: NO_METADATA, issues: [{ path: 'metadata', message: 'must be a plain object; a builder must be built first' }] }

  const metadata: Writable<Metadata> = {}
  const issues: Issue[] = []
  for (const field in draft) {
    if (issues.length >= MAX_ISSUES) break
    const value: unknown = draft[field as keyof MetadataDraft]
    if (FIELDS.has(field)) {
      if (value === null || value === undefined) continue
      const problem = textProblem(value)
      if (problem === undefined) metadata[field as MetadataField] = value as string
      else issues.push({ path: `metadata.${field}`, message: problem })
    } else if (field === 'attributes') {
      if (value === null || value === undefined) continue
      const attributes = checkAttributes(value, issues)
      if (attributes !== undefined) metadata.attributes = attributes
    } else {
      issues.push({ path: `metadata.${shown(field)}`, message: 'is not a field of metadata; own fields go into attributes' })
    }
  }
  return { metadata, issues: issues.length === 0 ? NO_ISSUES : issues }
}

/** Copies attributes that are right, and adds what is wrong to `issues`. Undefined where none is left. */
function checkAttributes(draft: unknown, issues: Issue[]): Metadata['attributes'] {
  const path = 'metadata.attributes'
  if (!isPlainObject(draft)) {
    issues.push({ path, message: 'must be a flat object of strings, numbers and booleans' })
    return undefined
  }
  const attributes: Record<string, AttributeValue> = {}
  let count = 0
  for (const key in draft) {
    if (issues.length >= MAX_ISSUES) break
    // `__proto__` cannot name an attribute: assigning it would not add a field.
    if (key === '__proto__') continue
    const value = draft[key]
    const absent = value === null || value === undefined
    if (!absent) count += 1
    if (count > METADATA_LIMITS.attributeCount) {
      issues.push({ path, message: `has more than ${METADATA_LIMITS.attributeCount} attributes` })
      break
    }
    const problem = keyProblem(key) ?? (absent ? undefined : valueProblem(value))
    if (problem !== undefined) issues.push({ path: `${path}.${shown(key)}`, message: problem })
    else if (!absent) attributes[key] = value as AttributeValue
  }
  return count === 0 ? undefined : attributes
}

function textProblem(value: unknown): string | undefined {
  if (typeof value !== 'string') return 'must be a string'
  if (value.length === 0) return 'must not be empty; leave it out instead'
  if (value.length > METADATA_LIMITS.textLength) return TEXT_TOO_LONG
  return isStorableText(value) ? undefined : NOT_STORABLE
}

function keyProblem(key: string): string | undefined {
  if (key.length === 0) return 'has an empty name'
  if (key.length > METADATA_LIMITS.attributeKeyLength) return `has a name of more than ${METADATA_LIMITS.attributeKeyLength} characters`
  return isStorableText(key) ? undefined : `has a name that ${NOT_STORABLE}`
}

function valueProblem(value: unknown): string | undefined {
  switch (typeof value) {
    case 'boolean':
      return undefined
    case 'number':
      return Number.isFinite(value) ? undefined : 'must be a finite number'
    case 'string':
      if (value.length > METADATA_LIMITS.attributeValueLength) return VALUE_TOO_LONG
      return isStorableText(value) ? undefined : NOT_STORABLE
    default:
      return 'must be a string, a number or a boolean'
  }
}

type Writable<Type> = { -readonly [Field in keyof Type]: Type[Field] }

/** An object literal, parsed JSON, or a GraphQL input object (which has no prototype); also of another realm. */
function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null
}

/** A name from outside, as a path shows it: never longer than a name may be, and safe to print and to store. */
function shown(name: string): string {
  const short = name.length > METADATA_LIMITS.attributeKeyLength ? `${name.slice(0, METADATA_LIMITS.attributeKeyLength)}…` : name
  return short.replaceAll('\0', '\uFFFD').toWellFormed()
}
