import type { Issue } from '@tollgate/kernel'
import { METADATA_LIMITS } from './limits.ts'
import { METADATA_FIELDS } from './metadata.ts'

/** What happens to a value: a pseudonym takes its place, it is left out, or only its beginning is kept. */
export type MetadataAction = 'hash' | 'drop' | 'truncate'

/** What happens to the values of a field. */
export interface MetadataRule {
  /** A field of metadata, or an attribute: "customerId", "attributes.email". */
  readonly field: string
  readonly action: MetadataAction
  /** How many characters `truncate` keeps. Null for other actions. */
  readonly length: number | null
}

/** Maximum number of rules: one for each field and attribute that an event can have. */
export const MAX_METADATA_RULES = METADATA_FIELDS.length + METADATA_LIMITS.attributeCount

/** How the name of an attribute begins in a rule. */
export const ATTRIBUTE_PREFIX = 'attributes.'

const FIELDS: ReadonlySet<string> = new Set(METADATA_FIELDS)

/** Returns the problems of rules. Paths start with the position of the rule. */
export function checkMetadataRules(rules: readonly MetadataRule[]): readonly Issue[] {
  const issues: Issue[] = []
  if (rules.length > MAX_METADATA_RULES) return [{ path: '', message: `has more than ${MAX_METADATA_RULES} rules` }]
  const seen = new Set<string>()
  for (const [i, { field, action, length }] of rules.entries()) {
    const attribute = field.startsWith(ATTRIBUTE_PREFIX) ? field.slice(ATTRIBUTE_PREFIX.length) : undefined
    const isKnown = attribute === undefined ? FIELDS.has(field) : attribute.length >= 1 && attribute.length <= METADATA_LIMITS.attributeKeyLength
    if (!isKnown)
      issues.push({ path: `${i}.field`, message: `must be one of ${METADATA_FIELDS.join(', ')}, or the name of an attribute after "${ATTRIBUTE_PREFIX}"` })
    else if (seen.has(field)) issues.push({ path: `${i}.field`, message: 'has a rule already' })
    seen.add(field)
    if (field === 'customerId' && action === 'truncate')
      issues.push({ path: `${i}.action`, message: 'must not truncate ids of customers, because customers with the same beginning would see each other' })
    const needsLength = action === 'truncate'
    const isLength = length !== null && Number.isInteger(length) && length >= 1 && length <= METADATA_LIMITS.attributeValueLength
    if (needsLength && !isLength) issues.push({ path: `${i}.length`, message: `must be 1 to ${METADATA_LIMITS.attributeValueLength} characters to keep` })
    if (!needsLength && length !== null) issues.push({ path: `${i}.length`, message: 'is for truncated fields only' })
  }
  return issues
}
