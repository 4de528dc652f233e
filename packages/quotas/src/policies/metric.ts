/** What can be limited. `operations` counts calls, of any operation or of the one that a policy names. */
export const QUOTA_METRICS = ['requests', 'tokens', 'cost', 'credits', 'operations'] as const

/** The name of one metric. */
export type QuotaMetric = (typeof QUOTA_METRICS)[number]
