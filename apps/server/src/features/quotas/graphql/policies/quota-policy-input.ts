import { InvalidInput } from '@tollgate/kernel'
import type { PolicyDraft } from '@tollgate/quotas'
import { builder } from '../../../../graphql/builder.ts'
import { type InputFields, limitKeyFields } from './limit-key-fields.ts'
import { QuotaEnforcementRef, QuotaFailureModeRef } from './policy-enums.ts'
import { quotaScope } from './quota-scope.ts'

const QuotaGraceInputRef = builder.inputType('QuotaGraceInput', {
  description: 'How far usage may go over the limit. Set exactly one field.',
  isOneOf: true,
  fields: t => ({
    percent: t.field({ type: 'Decimal', description: 'In percent of the limit.' }),
    amount: t.field({ type: 'Decimal', description: 'In units of the metric.' }),
  }),
})

const QuotaLeaseInputRef = builder.inputType('QuotaLeaseInput', {
  description: 'Leases let each server take part of the limit in advance and count against it without the database.',
  fields: t => ({ ttlSeconds: t.int({ description: 'How long a server that stopped responding keeps its lease: 1 to 10 seconds. Defaults to 2.' }) }),
})

/** Input fields of a policy. */
export function policyFields(t: InputFields) {
  return {
    ...limitKeyFields(t),
    limit: t.field({ type: 'Decimal', description: 'In units of the metric (USD for cost). Required; null means unlimited.' }),
    enforcement: t.field({ type: QuotaEnforcementRef, description: 'What happens at the limit. Defaults to HARD.' }),
    grace: t.field({ type: QuotaGraceInputRef, description: 'Required with GRACE; not allowed otherwise.' }),
    alertAt: t.field({ type: ['Decimal'], description: 'Alert thresholds, in percent of the limit. Defaults to 50, 80 and 100.' }),
    largestHold: t.field({ type: 'Decimal', description: 'The most that one reservation may hold. Defaults to no maximum.' }),
    unknownAmount: t.field({
      type: QuotaFailureModeRef,
      description: 'What happens to a request whose amount is unknown. Defaults to DENY; to ALLOW if enforcement is SOFT.',
    }),
    storeFailure: t.field({
      type: QuotaFailureModeRef,
      description: 'What happens to requests while the database does not answer. Defaults to DENY; to ALLOW if enforcement is SOFT.',
    }),
    lease: t.field({
      type: QuotaLeaseInputRef,
      description:
        'Lets servers take leases. For limits that are checked thousands of times a second with `enforceQuotas(input: { consume: true })`. The limit stays exact. If a server is killed, its leases count as used. Not for sliding windows.',
    }),
    validFrom: t.field({ type: 'DateTime', description: 'When the policy starts to apply. Defaults to now.' }),
    validTo: t.field({ type: 'DateTime', description: 'When the policy ends, exclusive. Defaults to never.' }),
  }
}

/** A policy to set or publish. */
export const QuotaPolicyInputRef = builder.inputType('QuotaPolicyInput', {
  description: 'A limit on a metric over a window.',
  fields: policyFields,
})

/** Converts an input to a policy draft. Throws `InvalidInput` if the limit is absent, so that no metric is unlimited by mistake. */
export function toPolicyDraft({ grace, lease, ...input }: typeof QuotaPolicyInputRef.$inferInput, path = ''): PolicyDraft {
  const { limit } = input
  if (limit === undefined) throw new InvalidInput([{ path: `${path}limit`, message: 'is required; pass null for unlimited' }])
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
