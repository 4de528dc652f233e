/** What a policy can be scoped by: each value, or each combination of values, has a limit of its own. */
export const QUOTA_DIMENSIONS = [
  'provider',
  'model',
  'operation',
  'customer',
  'organization',
  'product',
  'feature',
  'tier',
  'environment',
  'taskType',
  'session',
] as const

/** The name of one dimension. */
export type QuotaDimension = (typeof QUOTA_DIMENSIONS)[number]

/** Who and what an amount is for. A dimension that is left out has no value, which counts as a value of its own. */
export type DimensionValues = { readonly [Dimension in QuotaDimension]?: string | null | undefined }
