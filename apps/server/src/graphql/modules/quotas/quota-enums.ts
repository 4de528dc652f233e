import type { QuotaDimension, QuotaMetric, QuotaWindow } from '@tollgate/quotas'
import { builder } from '../../builder.ts'

/** One value of an enum: what it stands for in the domain, and what it says in GraphiQL. */
type EnumValues<Value extends string> = Record<Uppercase<string>, { value: Value; description: string }>

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

/** What quotas can be counted by. */
export const QuotaDimensionRef = builder.enumType('QuotaDimension', {
  description: 'What a quota can be counted by: each value, or combination of values, has the limit for itself.',
  values: {
    PROVIDER: { value: 'provider', description: 'Who serves the model.' },
    MODEL: { value: 'model', description: 'The model.' },
    OPERATION: { value: 'operation', description: 'What was done.' },
    CUSTOMER: { value: 'customer', description: '`metadata.customerId`.' },
    ORGANIZATION: { value: 'organization', description: '`metadata.organizationId`.' },
    PRODUCT: { value: 'product', description: '`metadata.productId`.' },
    FEATURE: { value: 'feature', description: '`metadata.featureId`.' },
    TIER: { value: 'tier', description: '`metadata.subscriptionTier`.' },
    ENVIRONMENT: { value: 'environment', description: '`metadata.environment`.' },
    TASK_TYPE: { value: 'taskType', description: '`metadata.taskType`.' },
    SESSION: { value: 'session', description: '`metadata.sessionId`.' },
  } as const satisfies EnumValues<QuotaDimension>,
})
