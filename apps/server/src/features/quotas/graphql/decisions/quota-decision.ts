import type { QuotaCheck, QuotaDecision, QuotaResult } from '@tollgate/quotas'
import { builder } from '../../../../graphql/builder.ts'
import { QuotaMetricRef } from '../policies/policy-enums.ts'
import { QuotaPolicyRef } from '../policies/quota-policy.ts'
import { QuotaRefusalRef } from './quota-refusal.ts'

const LIMIT = 'In units of the metric. Null means unlimited.'
const USED = 'Used in the window, after the decision. Null if the database does not answer, or nothing is counted.'
const RESERVED = 'Held by reservations, after the decision. Null in the same cases as `used`.'
const REMAINING = 'What is left of the limit, never below 0. Null means unlimited or unknown.'
const RESETS_AT = 'When the count restarts from 0. For a sliding window, when the oldest usage leaves it.'
const RETRY = 'After how many milliseconds the same request may fit. Null if it was not refused, or can never fit.'

const QuotaCheckRef = builder.objectRef<QuotaCheck>('QuotaCheck').implement({
  description: 'The result of one request under one quota.',
  fields: t => ({
    policy: t.expose('policy', { type: QuotaPolicyRef, description: 'The quota.' }),
    scopeValue: t.field({
      type: ['String'],
      nullable: { list: false, items: true },
      description: 'The value of each dimension of its scope. Null means "no value".',
      resolve: ({ scopeValue }) => [...scopeValue],
    }),
    allowed: t.exposeBoolean('allowed', { description: 'Whether the quota allows the request.' }),
    refusal: t.expose('refusal', { type: QuotaRefusalRef, nullable: true, description: 'Why it was refused. Null if it is allowed.' }),
    limit: t.expose('limit', { type: 'Decimal', nullable: true, description: LIMIT }),
    used: t.expose('used', { type: 'Decimal', nullable: true, description: USED }),
    reserved: t.expose('reserved', { type: 'Decimal', nullable: true, description: RESERVED }),
    remaining: t.expose('remaining', { type: 'Decimal', nullable: true, description: REMAINING }),
    resetsAt: t.expose('resetsAt', { type: 'DateTime', description: RESETS_AT }),
    retryAfterMs: t.expose('retryAfterMs', { type: 'SafeInt', nullable: true, description: RETRY }),
  }),
})

const QuotaResultRef = builder.objectRef<QuotaResult>('QuotaResult').implement({
  description: 'The result of one request: that of the quota that refuses it or, if none does, of the one with the least left.',
  fields: t => ({
    metric: t.expose('metric', { type: QuotaMetricRef, description: 'The requested metric.' }),
    operation: t.exposeString('operation', { nullable: true, description: 'The requested operation.' }),
    allowed: t.exposeBoolean('allowed', { description: 'Whether this request is allowed, after the requests before it.' }),
    refusal: t.expose('refusal', { type: QuotaRefusalRef, nullable: true, description: 'Why it was refused. Null if it is allowed.' }),
    limit: t.expose('limit', { type: 'Decimal', nullable: true, description: LIMIT }),
    used: t.expose('used', { type: 'Decimal', nullable: true, description: USED }),
    reserved: t.expose('reserved', { type: 'Decimal', nullable: true, description: RESERVED }),
    remaining: t.expose('remaining', { type: 'Decimal', nullable: true, description: REMAINING }),
    resetsAt: t.expose('resetsAt', { type: 'DateTime', nullable: true, description: `${RESETS_AT} Null if the metric has no quota.` }),
    retryAfterMs: t.expose('retryAfterMs', { type: 'SafeInt', nullable: true, description: RETRY }),
    policy: t.expose('policy', {
      type: QuotaPolicyRef,
      nullable: true,
      description: 'The quota. Null if the metric has none; then `unlisted` of the plan decided.',
    }),
    checks: t.field({
      type: [QuotaCheckRef],
      complexity: { field: 1, multiplier: 5 },
      description: 'The result under every quota that applies.',
      resolve: ({ checks }) => [...checks],
    }),
  }),
})

/** The decision about all requests of a call. */
export const QuotaDecisionRef = builder.objectRef<QuotaDecision>('QuotaDecision').implement({
  description: 'The decision about all requests together.',
  fields: t => ({
    allowed: t.exposeBoolean('allowed', { description: 'Whether all requests are allowed. Amounts are counted or held all together, or not at all.' }),
    degraded: t.exposeBoolean('degraded', {
      description: 'Whether the database did not answer. Then `storeFailure` of each quota decided, and nothing was counted.',
    }),
    results: t.field({
      type: [QuotaResultRef],
      complexity: { field: 1, multiplier: 3 },
      description: 'One result per request, in the same order.',
      resolve: ({ results }) => [...results],
    }),
  }),
})
