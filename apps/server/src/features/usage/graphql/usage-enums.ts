import type { CommitOutcome, CostBasis, Dimension, Granularity, OrderMeasure, PricingState, UsageStatus } from '@tollgate/usage'
import { builder } from '../../../graphql/builder.ts'
import type { EnumValues } from '../../../graphql/enum-values.ts'

/** How the thing that was done ended. */
export const UsageStatusRef = builder.enumType('UsageStatus', {
  description: 'How the thing that was done ended.',
  values: {
    SUCCESS: { value: 'success', description: 'It did what was asked.' },
    FAILURE: { value: 'failure', description: 'It failed; see `errorMessage` and `statusCode`.' },
    RATE_LIMITED: { value: 'rate_limited', description: "It was refused because of a limit, the provider's or ours." },
  } as const satisfies EnumValues<UsageStatus>,
})

/** What became of one event. */
export const TrackOutcomeRef = builder.enumType('TrackOutcome', {
  description: 'What became of one event.',
  values: {
    ACCEPTED: { value: 'accepted', description: 'Recorded, durably.' },
    DUPLICATE: { value: 'duplicate', description: 'The same was recorded before, with the same idempotency key; nothing was added.' },
    CONFLICT: { value: 'conflict', description: 'The idempotency key was used before for something else; nothing was added.' },
    REJECTED: { value: 'rejected', description: 'Something is wrong with it: see `reason`. It is kept among the rejected events.' },
  } as const satisfies EnumValues<CommitOutcome | 'rejected'>,
})

/** What is known of an event's cost. */
export const PricingStateRef = builder.enumType('PricingState', {
  description: "What is known of an event's cost.",
  values: {
    PRICED: { value: 'priced', description: 'Rated with the price that was in effect when it happened.' },
    UNPRICED: { value: 'unpriced', description: 'No price is known for its model. The cost is unknown, not 0.' },
    REPORTED: { value: 'reported', description: 'No price is known, and the provider said what it cost.' },
    NOT_APPLICABLE: { value: 'not_applicable', description: 'It used no model, so there is nothing to price.' },
  } as const satisfies EnumValues<PricingState>,
})

/** How finely a series is cut. */
export const GranularityRef = builder.enumType('Granularity', {
  description: 'How finely a series is cut, by the calendar of a time zone.',
  values: {
    HOUR: { value: 'hour', description: 'Hours of the local clock.' },
    DAY: { value: 'day', description: 'Days of the zone: 23 or 25 hours long when its clocks change.' },
    WEEK: { value: 'week', description: 'Weeks from Monday to Sunday (ISO 8601).' },
    MONTH: { value: 'month', description: 'Calendar months.' },
  } as const satisfies EnumValues<Granularity>,
})

/** What usage can be grouped by, and quotas count by. */
export const DimensionRef = builder.enumType('Dimension', {
  description: 'What usage can be grouped by, and what quotas can count by.',
  values: {
    PROVIDER: { value: 'provider', description: 'Who serves the model: "openai".' },
    MODEL: { value: 'model', description: 'The model, as it was sent.' },
    OPERATION: { value: 'operation', description: 'What was done: "chat_message".' },
    STATUS: { value: 'status', description: 'How it ended: "success", "failure" or "rate_limited". No quota counts by it.' },
    CUSTOMER: { value: 'customer', description: '`metadata.customerId`.' },
    ORGANIZATION: { value: 'organization', description: '`metadata.organizationId`.' },
    PRODUCT: { value: 'product', description: '`metadata.productId`.' },
    FEATURE: { value: 'feature', description: '`metadata.featureId`.' },
    TIER: { value: 'tier', description: '`metadata.subscriptionTier`.' },
    ENVIRONMENT: { value: 'environment', description: '`metadata.environment`.' },
    TASK_TYPE: { value: 'taskType', description: '`metadata.taskType`.' },
    TENANT: { value: 'tenant', description: 'The tenant; of use to operators, who see several. No quota counts by it.' },
    SESSION: { value: 'session', description: '`metadata.sessionId`. Of quotas only: usage keeps no sums by session.' },
  } as const satisfies EnumValues<Dimension | 'session'>,
})

/** What groups can be ordered by. */
export const MeasureRef = builder.enumType('Measure', {
  description: 'What groups can be ordered by, the largest first.',
  values: {
    CALLS: { value: 'calls', description: 'Events.' },
    TOKENS: { value: 'tokens', description: 'Tokens of all pools.' },
    COST: { value: 'cost', description: 'Cost in USD.' },
    ERRORS: { value: 'errors', description: 'Events that did not succeed.' },
    LATENCY_P95: { value: 'latency_p95', description: 'The latency that 95 % of the events stay within.' },
  } as const satisfies EnumValues<OrderMeasure>,
})

/** Which costs count. */
export const CostBasisRef = builder.enumType('CostBasis', {
  description: 'Which costs count, and which calls without a price.',
  values: {
    CORRECTED: { value: 'corrected', description: 'As they are known now: with every correction made since, in the period of its event.' },
    RECORDED: { value: 'recorded', description: 'As they were recorded with the events, before any correction.' },
  } as const satisfies EnumValues<CostBasis>,
})
