import { InvalidInput } from '@tollgate/kernel'
import { type Metadata, TEXT_FIELDS } from './metadata.ts'

/** Metadata, or a builder of it. */
export type MetadataSource = Metadata | { build(): Metadata }

/**
 * Returns the metadata of a source. Recognises builders by their `build` method, so that those of another copy of this package work
 * too. Throws `InvalidInput` for what is neither, and for a field that metadata does not have. Values are checked by `checkMetadata`.
 */
export function metadataOf(source: MetadataSource): Metadata {
  requireObject('metadata', source)
  if ('build' in source && typeof source.build === 'function') return source.build()
  for (const field in source) {
    if (field === 'attributes') requireObject('metadata.attributes', (source as Metadata).attributes ?? {})
    else if (!TEXT_FIELDS.has(field)) throw new InvalidInput([{ path: `metadata.${field}`, message: NOT_A_FIELD }])
  }
  return source as Metadata
}

function requireObject(path: string, value: unknown): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new InvalidInput([{ path, message: 'must be an object' }])
}

/** What is wrong with a field that metadata does not have. */
export const NOT_A_FIELD = 'is not a metadata field; put custom fields into attributes'

/** Empty metadata. */
export const NO_METADATA: Metadata = /* @__PURE__ */ Object.freeze({})

/**
 * Merges `added` into `base`, field by field and attribute by attribute. Null and undefined fields of `added` do not
 * replace anything. The result is frozen and shares no mutable state with its sources.
 */
export function mergeMetadata(base: Metadata, added: Metadata): Metadata {
  const attributes = (base.attributes ?? added.attributes) && mergeRecords(base.attributes, added.attributes)
  return mergeRecords(base, added, { attributes })
}

function mergeRecords(...records: readonly (object | null | undefined)[]): Readonly<Record<string, unknown>> {
  const entries = records.flatMap(record => Object.entries<unknown>({ ...record }))
  return Object.freeze(Object.fromEntries(entries.filter(([, value]) => value !== null && value !== undefined)))
}
