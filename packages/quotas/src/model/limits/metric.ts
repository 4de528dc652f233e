/** The metrics that a policy can limit. `operations` counts calls of any operation, or of the one that the policy names. */
export const QUOTA_METRICS = ['requests', 'tokens', 'cost', 'credits', 'operations'] as const

/** The name of a metric. */
export type QuotaMetric = (typeof QUOTA_METRICS)[number]
