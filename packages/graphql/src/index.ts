export { cacheKeys, typePolicies } from './caches.ts'
export { strictSchema } from './strict-schema.ts'
export { type JsonValue, scalars } from './scalars.ts'
export { possibleTypes } from './schema-types.ts'
