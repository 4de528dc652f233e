/** What metadata may hold at the most. Lengths are in UTF-16 code units, as `String.length` counts. */
export const METADATA_LIMITS = {
  /** Of each text field: ids, tier, environment, task type. At least 1. */
  textLength: 256,
  attributeCount: 50,
  /** Of an attribute's name. At least 1. */
  attributeKeyLength: 64,
  /** Of an attribute's value, where it is a string. May be empty. */
  attributeValueLength: 1_000,
} as const
