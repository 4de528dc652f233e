import type { Issue } from '@tollgate/kernel'
import { isStorableText, longNumberText, NOT_STORABLE } from '@tollgate/kernel/text'
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

const NOTHING: CheckedMetadata = { metadata: NO_METADATA, issues: [] }
/** Maximum number of issues, so that a hostile input does not get a long answer. */
const MAX_ISSUES = 20

const NOT_EXACT = 'has more digits than a number keeps; send it as a string'

/**
 * Checks metadata from clients and copies the valid fields. Accepts what `metadataSchema` accepts, but is much faster, because
 * it runs for every event. Rejects unknown fields, so that a misspelt one is not silently lost.
 */
export function checkMetadata(draft: MetadataDraft | null | undefined): CheckedMetadata {
  if (draft === null || draft === undefined) return NOTHING
  if (!isPlainObject(draft)) return { ...NOTHING, issues: [{ path: 'metadata', message: 'must be a plain object; call build() on a builder' }] }

  const metadata: Writable<Metadata> = {}
  const issues: Issue[] = []
  for (const field in draft) {
    if (issues.length >= MAX_ISSUES) break
    const value: unknown = draft[field as keyof MetadataDraft]
    const isText = TEXT_FIELDS.has(field)
    if (!isText && field !== 'attributes') issues.push({ path: `metadata.${printable(field)}`, message: NOT_A_FIELD })
    else if (value === null || value === undefined) continue
    else if (isText) {
      const message = textProblem(value, METADATA_LIMITS.textLength)
      if (message === undefined) metadata[field as MetadataField] = value as string
      else issues.push({ path: `metadata.${field}`, message })
    } else {
      const attributes = checkAttributes(value, issues)
      if (attributes !== undefined) metadata.attributes = attributes
    }
  }
  return { metadata, issues }
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
    const message = keyProblem(key) ?? (absent ? undefined : valueProblem(value))
    if (message !== undefined) issues.push({ path: `${path}.${printable(key)}`, message })
    else if (!absent) attributes[key] = value as AttributeValue
  }
  return count === 0 ? undefined : attributes
}

function keyProblem(key: string): string | undefined {
  if (key === '') return 'has an empty name'
  const problem = textProblem(key, METADATA_LIMITS.attributeKeyLength)
  return problem === undefined ? undefined : `has a name that ${problem}`
}

function textProblem(value: unknown, max: number): string | undefined {
  if (typeof value !== 'string') return 'must be a string'
  return value === '' ? 'must not be empty; omit it instead' : storableProblem(value, max)
}

/** Returns what is wrong with a text that may be empty. */
function storableProblem(text: string, max: number): string | undefined {
  if (text.length > max) return `is longer than ${max.toLocaleString('en')} characters`
  return isStorableText(text) ? undefined : NOT_STORABLE
}

function valueProblem(value: unknown): string | undefined {
  if (typeof value === 'string') return storableProblem(value, METADATA_LIMITS.attributeValueLength)
  if (typeof value === 'boolean') return undefined
  if (typeof value === 'number' && Number.isFinite(value)) return isExact(value) ? undefined : NOT_EXACT
  return longNumberText(value) === undefined ? 'must be a string, a finite number or a boolean' : NOT_EXACT
}

type Writable<Type> = { -readonly [Field in keyof Type]: Type[Field] }

/** Accepts object literals, parsed JSON and GraphQL input objects, which have no prototype, including those of other realms. */
function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || longNumberText(value) !== undefined) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

/** Makes a name from a client safe to print and store in a path: shortens it, and replaces characters that cannot be stored. */
function printable(name: string): string {
  const max = METADATA_LIMITS.attributeKeyLength
  const short = name.length > max ? `${name.slice(0, max)}…` : name
  return short.replaceAll('\0', '\uFFFD').toWellFormed()
}
