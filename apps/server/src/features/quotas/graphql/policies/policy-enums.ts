import type { FailureMode, PolicySource, QuotaEnforcement, QuotaMetric, QuotaWindow } from '@tollgate/quotas'
import { builder } from '../../../../graphql/builder.ts'
import type { EnumValues } from '../../../../graphql/enum-values.ts'

/** What a quota limits. */
export const QuotaMetricRef = builder.enumType('QuotaMetric', {
  description: 'What a quota limits.',
  values: {
    REQUESTS: { value: 'requests', description: 'AI calls.' },
    TOKENS: { value: 'tokens', description: 'Tokens of all pools together.' },
    COST: { value: 'cost', description: 'What providers charge, in USD.' },
    CREDITS: { value: 'credits', description: 'Credits.' },
    OPERATIONS: { value: 'operations', description: 'Calls of any operation, or of the named one.' },
  } as const satisfies EnumValues<QuotaMetric>,
})

/** The period that a quota counts over. */
export const QuotaWindowRef = builder.enumType('QuotaWindow', {
  description: "The period that a quota counts over, in the tenant's time zone.",
  values: {
    MINUTE: { value: 'minute', description: 'A minute.' },
    HOUR: { value: 'hour', description: 'An hour.' },
    DAY: { value: 'day', description: 'A day. It is 23 or 25 hours long when the clocks change.' },
    WEEK: { value: 'week', description: 'A week, starting on Monday (ISO 8601).' },
    MONTH: { value: 'month', description: 'A calendar month.' },
    BILLING_PERIOD: { value: 'billing_period', description: "A month that starts on the tenant's billing day." },
  } as const satisfies EnumValues<QuotaWindow>,
})

/** What happens at the limit. */
export const QuotaEnforcementRef = builder.enumType('QuotaEnforcement', {
  description: 'What happens at the limit.',
  values: {
    HARD: { value: 'hard', description: 'Requests over the limit are refused.' },
    SOFT: { value: 'soft', description: 'Requests over the limit are allowed; only alerts are raised.' },
    GRACE: { value: 'grace', description: 'Requests over the limit plus its grace are refused.' },
  } as const satisfies EnumValues<QuotaEnforcement>,
})

/** Where a quota comes from. */
export const QuotaSourceRef = builder.enumType('QuotaSource', {
  description: 'Where a quota comes from.',
  values: {
    PLAN: { value: 'plan', description: "The tenant's plan." },
    OVERRIDE: { value: 'override', description: 'An override for this tenant, set with `setQuota`.' },
  } as const satisfies EnumValues<PolicySource>,
})

/** What happens to a request that no count can decide. */
export const QuotaFailureModeRef = builder.enumType('QuotaFailureMode', {
  description: 'What happens to a request that no count can decide: its metric has no quota, its amount is unknown, or the database does not answer.',
  values: {
    ALLOW: { value: 'allow', description: 'The request is allowed.' },
    DENY: { value: 'deny', description: 'The request is refused.' },
  } as const satisfies EnumValues<FailureMode>,
})
