import type { FailureMode, PolicySource, QuotaEnforcement, QuotaMetric, QuotaWindow, Refusal, ReservationState } from '@tollgate/quotas'
import { builder } from '../../../graphql/builder.ts'
import type { EnumValues } from '../../../graphql/enum-values.ts'

/** What can be limited. */
export const QuotaMetricRef = builder.enumType('QuotaMetric', {
  description: 'What can be limited.',
  values: {
    REQUESTS: { value: 'requests', description: 'AI calls.' },
    TOKENS: { value: 'tokens', description: 'Tokens of all pools together.' },
    COST: { value: 'cost', description: 'What providers charge, in USD.' },
    CREDITS: { value: 'credits', description: 'Credits.' },
    OPERATIONS: { value: 'operations', description: 'Calls of any operation, or of the one that is named.' },
  } as const satisfies EnumValues<QuotaMetric>,
})

/** Over how long it is counted. */
export const QuotaWindowRef = builder.enumType('QuotaWindow', {
  description: "Over how long a quota counts, by the tenant's time zone.",
  values: {
    MINUTE: { value: 'minute', description: 'A minute.' },
    HOUR: { value: 'hour', description: 'An hour.' },
    DAY: { value: 'day', description: 'A day: 23 or 25 hours long when the clocks change.' },
    WEEK: { value: 'week', description: 'A week, from Monday (ISO 8601).' },
    MONTH: { value: 'month', description: 'A calendar month.' },
    BILLING_PERIOD: { value: 'billing_period', description: "A month from the tenant's billing day." },
  } as const satisfies EnumValues<QuotaWindow>,
})

/** What happens at the limit. */
export const QuotaEnforcementRef = builder.enumType('QuotaEnforcement', {
  description: 'What happens at the limit.',
  values: {
    HARD: { value: 'hard', description: 'What is over the limit is refused.' },
    SOFT: { value: 'soft', description: 'Nothing is refused; alerts tell.' },
    GRACE: { value: 'grace', description: 'What is over the limit and its grace is refused.' },
  } as const satisfies EnumValues<QuotaEnforcement>,
})

/** Where a policy comes from. */
export const QuotaSourceRef = builder.enumType('QuotaSource', {
  description: 'Where a quota comes from.',
  values: {
    PLAN: { value: 'plan', description: "The tenant's plan." },
    OVERRIDE: { value: 'override', description: 'Set for this tenant alone, by `setQuota`.' },
  } as const satisfies EnumValues<PolicySource>,
})

/** What is done where a decision cannot be made on what is known. */
export const QuotaOtherwiseRef = builder.enumType('QuotaOtherwise', {
  description: 'What is done where a decision cannot be made on what is known.',
  values: {
    ALLOW: { value: 'allow', description: 'It is allowed.' },
    DENY: { value: 'deny', description: 'It is refused.' },
  } as const satisfies EnumValues<FailureMode>,
})

/** Why a request was refused. */
export const QuotaRefusalRef = builder.enumType('QuotaRefusal', {
  description: 'Why a request was refused.',
  values: {
    OVER_LIMIT: { value: 'over_limit', description: 'It does not fit now: see `retryAfterMs`.' },
    HOLD_TOO_LARGE: { value: 'hold_too_large', description: 'It is more than one reservation may hold.' },
    UNKNOWN_AMOUNT: { value: 'unknown_amount', description: 'Its amount is unknown, and the quota lets nothing unknown pass.' },
    NO_POLICY: { value: 'no_policy', description: 'No quota is for this metric, and the plan refuses such.' },
    STORE_FAILURE: { value: 'store_failure', description: 'The database does not answer, and the quota refuses then.' },
  } as const satisfies EnumValues<Refusal>,
})

/** How a reservation is. */
export const ReservationStateRef = builder.enumType('ReservationState', {
  description: 'How a reservation is.',
  values: {
    HELD: { value: 'held', description: 'It holds what was reserved.' },
    SETTLED: { value: 'settled', description: 'What was really used was counted in its place.' },
    RELEASED: { value: 'released', description: 'It was given back: nothing was used.' },
    EXPIRED: { value: 'expired', description: 'Its time is over, and it holds nothing. It can be settled still.' },
  } as const satisfies EnumValues<ReservationState>,
})
