import type { AttributeValue, Metadata } from './metadata.ts'

/** Metadata, or what builds it. */
export type MetadataSource = Metadata | { build(): Metadata }

/** The metadata of a source. Told by its `build` method, so that a builder of another copy of this package is known too. */
export function metadataOf(source: MetadataSource): Metadata {
  return 'build' in source && typeof source.build === 'function' ? source.build() : (source as Metadata)
}

/** No metadata at all. */
export const NO_METADATA: Metadata = /* @__PURE__ */ Object.freeze({})

/**
 * Lays `added` over `base`, field by field; attributes by name. A field that is null or undefined says nothing, so what
 * is below shows. The result is frozen and shares nothing that could be changed with what it was made from.
 */
export function mergeMetadata(base: Metadata, added: Metadata): Metadata {
  const merged: Record<string, unknown> = present(base)
  Object.assign(merged, present(added))
  if (base.attributes || added.attributes) {
    merged['attributes'] = Object.freeze({ ...present<AttributeValue>(base.attributes ?? {}), ...present<AttributeValue>(added.attributes ?? {}) })
  }
  return Object.freeze(merged)
}

function present<Value>(record: object): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== null && value !== undefined))
}
