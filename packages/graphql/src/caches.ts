import { embeddedTypes } from './schema-types.ts'

/**
 * Cache keys for `keys` of urql's Graphcache. Types with an `id` are normalised. All others are parts of the object that holds
 * them, and have no key.
 */
export const cacheKeys: Readonly<Record<string, () => null>> = Object.fromEntries(embeddedTypes.map(name => [name, () => null]))

/** Policies for `typePolicies` of Apollo Client: types without an `id` are parts of the object that holds them, and are merged field by field. */
export const typePolicies: Readonly<Record<string, { readonly keyFields: false; readonly merge: true }>> = Object.fromEntries(
  embeddedTypes.map(name => [name, { keyFields: false, merge: true }]),
)
