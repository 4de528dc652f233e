export { type CheckedMetadata, checkMetadata } from './check-metadata.ts'
export { METADATA_LIMITS } from './limits.ts'
export { type AttributeValue, type Metadata, METADATA_FIELDS, type MetadataDraft, type MetadataField } from './metadata.ts'
