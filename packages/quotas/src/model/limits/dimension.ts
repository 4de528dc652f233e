/** The dimensions that a policy can be scoped by: each value, or each combination of values, has its own limit. */
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

/** The name of a dimension. */
export type QuotaDimension = (typeof QUOTA_DIMENSIONS)[number]

/** What an amount is attributed to. All amounts without a value in a dimension share one count in it. */
export type DimensionValues = { readonly [Dimension in QuotaDimension]?: string | null | undefined }
