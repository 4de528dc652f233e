/** What happens to the values of a field of metadata before they are stored. */
export interface MetadataRule {
  /** A field of metadata, or an attribute: "customerId", "attributes.email". */
  readonly field: string
  readonly action: 'hash' | 'drop' | 'truncate'
  /** How many characters `truncate` keeps. Null for other actions. */
  readonly length: number | null
}
