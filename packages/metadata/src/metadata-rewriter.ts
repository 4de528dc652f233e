import type { MetadataDraft, MetadataField } from './metadata.ts'
import { ATTRIBUTE_PREFIX, type MetadataRule } from './metadata-rules.ts'

/** Applies rules to metadata before it is used or stored. */
export interface MetadataRewriter {
  /** Returns a copy with the rules applied. Metadata that is not valid stays invalid, without its values. */
  rewrite(draft: MetadataDraft): MetadataDraft
  /** Returns what is stored for a value of a field. Undefined if it is left out. */
  stored(field: MetadataField, value: string): string | undefined
}

/** What stands in for an invalid value, which must not be kept with the rejected event. It is invalid too. */
const INVALID_VALUE = Object.freeze({})
const PSEUDONYM = /^anon_[0-9a-f]{32}$/

/**
 * Creates a rewriter. `pseudonym` returns `anon_` and 32 hexadecimal digits, the same for the same value. Pseudonyms are
 * kept as they are, so that rules can be applied twice.
 */
export function createMetadataRewriter(rules: readonly MetadataRule[], pseudonym: (value: string) => string): MetadataRewriter {
  const fields = new Map<string, MetadataRule>()
  const attributes = new Map<string, MetadataRule>()
  for (const rule of rules) {
    if (rule.field.startsWith(ATTRIBUTE_PREFIX)) attributes.set(rule.field.slice(ATTRIBUTE_PREFIX.length), rule)
    else fields.set(rule.field, rule)
  }

  function apply({ action, length }: MetadataRule, value: string): string | undefined {
    if (action === 'drop') return undefined
    if (action === 'hash') return PSEUDONYM.test(value) ? value : pseudonym(value)
    return Array.from(value)
      .slice(0, length ?? 0)
      .join('')
  }

  /** Returns the record with the rules applied to those of its values that have one. */
  function applied(record: object, byName: ReadonlyMap<string, MetadataRule>): Record<string, unknown> {
    const changed: Record<string, unknown> = { ...record }
    for (const [name, rule] of byName) {
      const value = changed[name]
      if (value === undefined || value === null || value === '') continue
      const isText = typeof value === 'string' || (byName === attributes && (typeof value === 'number' || typeof value === 'boolean'))
      const stored = isText ? apply(rule, String(value)) : rule.action === 'drop' ? undefined : INVALID_VALUE
      if (stored === undefined) delete changed[name]
      else changed[name] = stored
    }
    return changed
  }

  return {
    rewrite(draft) {
      // Untyped callers can pass anything. What is not an object is rejected later, without what it was.
      if (typeof draft !== 'object' || draft === null || Array.isArray(draft)) return '' as unknown as MetadataDraft
      const changed = applied(draft, fields)
      const own = changed['attributes']
      if (attributes.size > 0 && own !== undefined && own !== null) {
        changed['attributes'] = typeof own === 'object' && !Array.isArray(own) ? applied(own, attributes) : ''
      }
      return changed
    },
    stored(field, value) {
      const rule = fields.get(field)
      return rule === undefined ? value : apply(rule, value)
    },
  }
}
