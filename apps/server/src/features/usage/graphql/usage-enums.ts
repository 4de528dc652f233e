import type { CommitOutcome, CostBasis, Dimension, Granularity, OrderMeasure, PricingState, UsageStatus } from '@tollgate/usage'
import { builder } from '../../../graphql/builder.ts'
import type { PeriodName } from '../named-period.ts'
import type { EnumValues } from '../../../graphql/enum-values.ts'

/** How an operation ended. */
export const UsageStatusRef = builder.enumType('UsageStatus', {
  description: 'How an operation ended.',
  values: {
    SUCCESS: { value: 'success', description: 'It succeeded.' },
    FAILURE: { value: 'failure', description: 'It failed; see `errorMessage` and `statusCode`.' },
    RATE_LIMITED: { value: 'rate_limited', description: 'It was refused by a rate limit of the provider, or by a quota.' },
  } as const satisfies EnumValues<UsageStatus>,
})

/** The outcome of tracking one event. */
export const TrackOutcomeRef = builder.enumType('TrackOutcome', {
  description: 'The outcome of tracking one event.',
  values: {
    ACCEPTED: { value: 'accepted', description: 'Recorded durably.' },
    DUPLICATE: { value: 'duplicate', description: 'The same event was recorded before, with the same idempotency key. Nothing was recorded.' },
    CONFLICT: { value: 'conflict', description: 'The idempotency key was used before for a different event. Nothing was recorded.' },
    REJECTED: { value: 'rejected', description: 'It is invalid; see `reason` and `issues`. It is kept in `rejectedEvents`.' },
  } as const satisfies EnumValues<CommitOutcome | 'rejected'>,
})

/** Where the cost of an event comes from. */
export const PricingStateRef = builder.enumType('PricingState', {
  description: 'Where the cost of an event comes from.',
  values: {
    PRICED: { value: 'priced', description: 'From the price that was in effect when the event occurred.' },
    UNPRICED: { value: 'unpriced', description: 'There is no price for the model, or for how it was served. The cost is unknown, not 0.' },
    REPORTED: { value: 'reported', description: 'From the provider, because it has no price, or because the prices of the provider change by the hour.' },
    NOT_APPLICABLE: { value: 'not_applicable', description: 'It names no provider and no model, so there is nothing to price.' },
  } as const satisfies EnumValues<PricingState>,
})

/** The calendar unit of a series. */
export const GranularityRef = builder.enumType('Granularity', {
  description: 'The calendar unit of a series, in its time zone.',
  values: {
    HOUR: { value: 'hour', description: 'Hours.' },
    DAY: { value: 'day', description: 'Calendar days; 23 or 25 hours long when clocks change.' },
    WEEK: { value: 'week', description: 'Weeks from Monday to Sunday (ISO 8601).' },
    MONTH: { value: 'month', description: 'Calendar months.' },
  } as const satisfies EnumValues<Granularity>,
})

/** A dimension that usage can be grouped by, or a quota can apply to. */
export const DimensionRef = builder.enumType('Dimension', {
  description: 'A dimension that usage can be grouped by, or a quota can apply to.',
  values: {
    PROVIDER: { value: 'provider', description: 'Provider of the model, such as "openai".' },
    MODEL: { value: 'model', description: 'Model, as sent.' },
    OPERATION: { value: 'operation', description: 'Operation, such as "chat_message".' },
    STATUS: { value: 'status', description: 'Status: "success", "failure" or "rate_limited". Not for quotas.' },
    CUSTOMER: { value: 'customer', description: '`metadata.customerId`.' },
    ORGANIZATION: { value: 'organization', description: '`metadata.organizationId`.' },
    PRODUCT: { value: 'product', description: '`metadata.productId`.' },
    FEATURE: { value: 'feature', description: '`metadata.featureId`.' },
    TIER: { value: 'tier', description: '`metadata.subscriptionTier`.' },
    ENVIRONMENT: { value: 'environment', description: '`metadata.environment`.' },
    TASK_TYPE: { value: 'taskType', description: '`metadata.taskType`.' },
    TENANT: { value: 'tenant', description: 'Tenant, for operators. Not for quotas.' },
    SESSION: { value: 'session', description: '`metadata.sessionId`. For quotas only: usage cannot be grouped by session.' },
  } as const satisfies EnumValues<Dimension | 'session'>,
})

/** A period that people name. */
export const UsagePeriodRef = builder.enumType('UsagePeriod', {
  description: 'A period with a name, in the time zone of the report.',
  values: {
    TODAY: { value: 'today', description: 'The calendar day.' },
    YESTERDAY: { value: 'yesterday', description: 'The calendar day before.' },
    LAST_7_DAYS: { value: 'last_7_days', description: 'Seven calendar days, with today.' },
    LAST_30_DAYS: { value: 'last_30_days', description: 'Thirty calendar days, with today.' },
    THIS_MONTH: { value: 'this_month', description: 'The calendar month.' },
    LAST_MONTH: { value: 'last_month', description: 'The calendar month before.' },
    BILLING_PERIOD: { value: 'billing_period', description: 'The billing period of the tenant; the calendar month for all tenants together.' },
  } as const satisfies EnumValues<PeriodName>,
})

/** A measure that groups can be ordered by. */
export const MeasureRef = builder.enumType('Measure', {
  description: 'A measure that groups can be ordered by, largest first.',
  values: {
    CALLS: { value: 'calls', description: 'Number of events.' },
    TOKENS: { value: 'tokens', description: 'Total tokens.' },
    COST: { value: 'cost', description: 'Cost in USD.' },
    ERRORS: { value: 'errors', description: 'Events that did not succeed.' },
    LATENCY_P95: { value: 'latency_p95', description: '95th percentile of the latency.' },
  } as const satisfies EnumValues<OrderMeasure>,
})

/** Which costs a report sums. */
export const CostBasisRef = builder.enumType('CostBasis', {
  description: 'Which costs and unpriced calls a report sums.',
  values: {
    CORRECTED: { value: 'corrected', description: 'With all corrections so far. A correction counts at the time of its event.' },
    RECORDED: { value: 'recorded', description: 'As recorded with the events, without corrections.' },
  } as const satisfies EnumValues<CostBasis>,
})
