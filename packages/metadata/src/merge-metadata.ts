import type { AttributeValue, Metadata } from './metadata.ts'

/** Metadata, or a builder of it. */
export type MetadataSource = Metadata | { build(): Metadata }

/** Returns the metadata of a source. Recognises builders by their `build` method, so that those of another copy of this package work too. */
export function metadataOf(source: MetadataSource): Metadata {
  return 'build' in source && typeof source.build === 'function' ? source.build() : (source as Metadata)
}

/** Empty metadata. */
export const NO_METADATA: Metadata = /* @__PURE__ */ Object.freeze({})

/**
 * Merges `added` into `base`, field by field and attribute by attribute. Null and undefined fields of `added` do not
 * replace anything. The result is frozen and shares no mutable state with its sources.
 */
export function mergeMetadata(base: Metadata, added: Metadata): Metadata {
  const merged: Record<string, unknown> = withoutAbsent(base)
  Object.assign(merged, withoutAbsent(added))
  if (base.attributes || added.attributes) {
    merged['attributes'] = Object.freeze({ ...withoutAbsent<AttributeValue>(base.attributes ?? {}), ...withoutAbsent<AttributeValue>(added.attributes ?? {}) })
  }
  return Object.freeze(merged)
}

function withoutAbsent<Value>(record: object): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== null && value !== undefined))
}
