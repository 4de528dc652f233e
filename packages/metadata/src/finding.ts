import type { MetadataField } from './metadata.ts'

/** Advice on metadata: it may be recorded as it is, but reports on it will be less useful. */
export interface Finding {
  readonly kind: 'missing' | 'id_format' | 'environment'
  readonly field: MetadataField
  /** What is amiss, and what would be better; a sentence without a subject, to be read after the field's name. */
  readonly message: string
}
