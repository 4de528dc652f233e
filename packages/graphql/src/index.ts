export { cacheKeys, typePolicies } from './caches.ts'
export { type JsonValue, scalars } from './scalars.ts'
export { possibleTypes } from './schema-types.ts'
