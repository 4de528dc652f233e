export { metadataSchema } from './metadata-schema.ts'
