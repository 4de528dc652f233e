import type { QuotaCheck, QuotaDecision, QuotaResult } from '@tollgate/quotas'
import { builder } from '../../../graphql/builder.ts'
import { QuotaMetricRef, QuotaRefusalRef } from './quota-enums.ts'
import { QuotaPolicyRef } from './quota-policy.ts'

const LIMIT = 'In units of the metric; null is unlimited.'
const USED = 'What was used in the window, after the decision; null where the database does not answer, or nothing is counted.'
const RESERVED = 'What reservations hold, after the decision; null as `used`.'
const REMAINING = 'What is left of the limit, never below 0; null is unlimited, or unknown.'
const RETRY = 'In how many milliseconds the same may fit; null where it was not refused, or never fits.'

const QuotaCheckRef = builder.objectRef<QuotaCheck>('QuotaCheck').implement({
  description: 'What one quota says to one request.',
  fields: t => ({
    policy: t.expose('policy', { type: QuotaPolicyRef, description: 'The quota.' }),
    scopeValue: t.field({
      type: ['String'],
      nullable: { list: false, items: true },
      description: 'The value of each dimension of its scope; null stands for "no value".',
      resolve: ({ scopeValue }) => [...scopeValue],
    }),
    allowed: t.exposeBoolean('allowed', { description: 'Whether it lets the request pass.' }),
    refusal: t.expose('refusal', { type: QuotaRefusalRef, nullable: true, description: 'Why not; null where it does.' }),
    limit: t.expose('limit', { type: 'Decimal', nullable: true, description: LIMIT }),
    used: t.expose('used', { type: 'Decimal', nullable: true, description: USED }),
    reserved: t.expose('reserved', { type: 'Decimal', nullable: true, description: RESERVED }),
    remaining: t.expose('remaining', { type: 'Decimal', nullable: true, description: REMAINING }),
    resetsAt: t.expose('resetsAt', {
      type: 'DateTime',
      description: 'When it starts again from nothing, or, where its window slides, first forgets something.',
    }),
    retryAfterMs: t.expose('retryAfterMs', { type: 'SafeInt', nullable: true, description: RETRY }),
  }),
})

const QuotaResultRef = builder.objectRef<QuotaResult>('QuotaResult').implement({
  description: 'The answer to one request: that of the quota that refuses it or, where none does, leaves least.',
  fields: t => ({
    metric: t.expose('metric', { type: QuotaMetricRef, description: 'As it was asked for.' }),
    operation: t.exposeString('operation', { nullable: true, description: 'As it was asked for.' }),
    allowed: t.exposeBoolean('allowed', { description: 'Whether this request would pass, after those before it.' }),
    refusal: t.expose('refusal', { type: QuotaRefusalRef, nullable: true, description: 'Why not; null where it would.' }),
    limit: t.expose('limit', { type: 'Decimal', nullable: true, description: LIMIT }),
    used: t.expose('used', { type: 'Decimal', nullable: true, description: USED }),
    reserved: t.expose('reserved', { type: 'Decimal', nullable: true, description: RESERVED }),
    remaining: t.expose('remaining', { type: 'Decimal', nullable: true, description: REMAINING }),
    resetsAt: t.expose('resetsAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it starts again from nothing, or, where its window slides, first forgets something; null where no quota is for this metric.',
    }),
    retryAfterMs: t.expose('retryAfterMs', { type: 'SafeInt', nullable: true, description: RETRY }),
    policy: t.expose('policy', { type: QuotaPolicyRef, nullable: true, description: 'The quota; null where none is for this metric: then the plan decided.' }),
    checks: t.field({
      type: [QuotaCheckRef],
      complexity: { field: 1, multiplier: 5 },
      description: 'What every quota says that applies.',
      resolve: ({ checks }) => [...checks],
    }),
  }),
})

/** The answer to all requests of a question. */
export const QuotaDecisionRef = builder.objectRef<QuotaDecision>('QuotaDecision').implement({
  description: 'The answer to all requests together.',
  fields: t => ({
    allowed: t.exposeBoolean('allowed', { description: 'Whether all of it may be done. What was to be taken or held was, all of it, or nothing.' }),
    degraded: t.exposeBoolean('degraded', {
      description: 'Whether the database did not answer: then each quota decided by its `storeFailure`, and nothing was counted.',
    }),
    results: t.field({
      type: [QuotaResultRef],
      complexity: { field: 1, multiplier: 3 },
      description: 'One for each request, in their order.',
      resolve: ({ results }) => [...results],
    }),
  }),
})
