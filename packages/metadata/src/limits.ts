/** Limits of metadata. Lengths are in UTF-16 code units, as `String.length` counts. */
export const METADATA_LIMITS = {
  /** Maximum length of a text field, such as an id. The minimum is 1. */
  textLength: 256,
  /** Maximum number of attributes. */
  attributeCount: 50,
  /** Maximum length of the name of an attribute. The minimum is 1. */
  attributeKeyLength: 64,
  /** Maximum length of the value of an attribute, if it is a string. May be empty. */
  attributeValueLength: 1_000,
} as const
