import { InvalidInput } from '@tollgate/kernel'
import type { PolicyDraft } from '@tollgate/quotas'
import { builder } from '../../../graphql/builder.ts'
import { DimensionRef } from '../../usage/graphql/usage-enums.ts'
import { QuotaEnforcementRef, QuotaMetricRef, QuotaOtherwiseRef, QuotaWindowRef } from './quota-enums.ts'
import { quotaScope } from './quota-scope.ts'

const QuotaGraceInputRef = builder.inputType('QuotaGraceInput', {
  description: 'How far over the limit usage may go. Exactly one field.',
  isOneOf: true,
  fields: t => ({
    percent: t.field({ type: 'Decimal', description: 'In percent of the limit.' }),
    amount: t.field({ type: 'Decimal', description: 'In units of the metric.' }),
  }),
})

const QuotaLeaseInputRef = builder.inputType('QuotaLeaseInput', {
  description: 'How servers take headroom ahead, in chunks, to spend it without asking the database.',
  fields: t => ({ ttlSeconds: t.int({ description: 'For how long a server that is heard of no more keeps what it took: 1 to 10; 2 where it is left out.' }) }),
})

type Fields = Parameters<Parameters<typeof builder.inputType>[1]['fields']>[0]

/** What says which quota of a tenant, or of a plan, is meant. */
export function slotFields(t: Fields) {
  return {
    metric: t.field({ type: QuotaMetricRef, required: true, description: 'What is limited.' }),
    operation: t.string({ description: 'Only what this operation does; everything where it is left out.' }),
    window: t.field({ type: QuotaWindowRef, required: true, description: 'Over how long it counts.' }),
    sliding: t.boolean({ description: 'True: the last minute, hour, day or week at any moment, in place of those of the calendar.' }),
    scope: t.field({
      type: [DimensionRef],
      description:
        'Up to four dimensions, without STATUS and TENANT: each combination of their values has the limit for itself. The tenant as a whole where it is left out.',
    }),
  }
}

/** What a quota says. */
export function termFields(t: Fields) {
  return {
    ...slotFields(t),
    limit: t.field({ type: 'Decimal', description: 'In units of the metric (USD for cost). Null is unlimited; it cannot be left out.' }),
    enforcement: t.field({ type: QuotaEnforcementRef, description: 'What happens at the limit; HARD where it is left out.' }),
    grace: t.field({ type: QuotaGraceInputRef, description: 'Needed for GRACE, and only there.' }),
    alertAt: t.field({ type: ['Decimal'], description: 'Percent of the limit at which alerts are raised; 50, 80 and 100 where it is left out.' }),
    largestHold: t.field({ type: 'Decimal', description: 'The most that one reservation may hold; as much as there is where it is left out.' }),
    unknownAmount: t.field({
      type: QuotaOtherwiseRef,
      description: 'What becomes of a request for an unknown amount; DENY where it is left out, and ALLOW where enforcement is SOFT.',
    }),
    storeFailure: t.field({
      type: QuotaOtherwiseRef,
      description: 'What becomes of requests while the database does not answer; DENY where it is left out, and ALLOW where enforcement is SOFT.',
    }),
    lease: t.field({
      type: QuotaLeaseInputRef,
      description:
        'For limits that are asked of thousands of times a second with `enforceQuotas(input: { consume: true })`: servers take headroom ahead. As exact at the limit; where a server is killed, what it had taken counts as used. Not for sliding windows.',
    }),
    validFrom: t.field({ type: 'DateTime', description: 'From when it holds; at once where it is left out.' }),
    validTo: t.field({ type: 'DateTime', description: 'The first instant at which it holds no more; none where it is left out.' }),
  }
}

/** A quota, as a client writes it down. */
export const QuotaPolicyInputRef = builder.inputType('QuotaPolicyInput', {
  description: 'A limit on a metric over a window.',
  fields: termFields,
})

/** The same as quotas take it. Throws `InvalidInput` where the limit is left out: nobody is unlimited by oversight. */
export function toPolicyDraft({ grace, lease, ...input }: typeof QuotaPolicyInputRef.$inferInput, path = ''): PolicyDraft {
  const { limit } = input
  if (limit === undefined) throw new InvalidInput([{ path: `${path}limit`, message: 'must be given; null is unlimited' }])
  return { ...input, scope: quotaScope(input.scope, `${path}scope`), limit, grace: toGrace(grace), lease: toLease(lease) }
}

function toGrace(grace: (typeof QuotaPolicyInputRef.$inferInput)['grace']): PolicyDraft['grace'] {
  if (grace?.percent) return { percent: grace.percent }
  return grace?.amount ? { amount: grace.amount } : null
}

function toLease(lease: (typeof QuotaPolicyInputRef.$inferInput)['lease']): PolicyDraft['lease'] {
  if (!lease) return false
  return typeof lease.ttlSeconds === 'number' ? { ttlSeconds: lease.ttlSeconds } : true
}
