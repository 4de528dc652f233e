import type { MetadataField } from './metadata.ts'

/** A warning about metadata that is valid but makes reports less useful. */
export interface MetadataWarning {
  readonly kind: 'missing' | 'id_format' | 'environment'
  readonly field: MetadataField
  /** The problem and what to do instead. Reads as a sentence after the name of the field. */
  readonly message: string
}
