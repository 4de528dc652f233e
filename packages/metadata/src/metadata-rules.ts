import type { Issue } from '@tollgate/kernel'
import { inputShape, shapeIssues } from '@tollgate/kernel/input'
import { METADATA_LIMITS } from './limits.ts'
import { METADATA_FIELDS, TEXT_FIELDS } from './metadata.ts'

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

const RULE = /* @__PURE__ */ inputShape<MetadataRule>({ field: 'text', action: 'text', length: 'number|null' })
const ACTIONS: readonly string[] = ['hash', 'drop', 'truncate'] satisfies readonly MetadataAction[]

/** Returns the problems of rules. Paths start with the position of the rule. */
export function checkMetadataRules(rules: readonly MetadataRule[]): readonly Issue[] {
  const issues: Issue[] = []
  const given: unknown = rules
  if (!Array.isArray(given)) return [{ path: '', message: 'must be a list' }]
  if (rules.length > MAX_METADATA_RULES) return [{ path: '', message: `has more than ${MAX_METADATA_RULES} rules` }]
  const seen = new Set<string>()
  for (const [i, rule] of rules.entries()) {
    const malformed = shapeIssues(RULE, rule, String(i))
    if (malformed !== undefined) {
      issues.push(...malformed)
      continue
    }
    const { field, action, length } = rule
    if (!ACTIONS.includes(action)) issues.push({ path: `${i}.action`, message: `must be one of ${ACTIONS.join(', ')}` })
    const attribute = field.startsWith(ATTRIBUTE_PREFIX) ? field.slice(ATTRIBUTE_PREFIX.length) : undefined
    const isKnown = attribute === undefined ? TEXT_FIELDS.has(field) : attribute.length >= 1 && attribute.length <= METADATA_LIMITS.attributeKeyLength
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
