import type { QuotaDecision } from '@tollgate/quotas'
import type { GraphQLContext } from '../../../../graphql/context.ts'
import { recordAttempt } from '../../../../graphql/record-refusal.ts'

/** Records a decision that refused, in the log of the tenant. */
export function recordQuotaRefusal(context: GraphQLContext, tenantId: string, { allowed, results }: QuotaDecision): void {
  if (allowed) return
  const { metric, limit, refusal } = results.find(result => !result.allowed) ?? { metric: 'quota', limit: null, refusal: null }
  const errorMessage =
    refusal === 'over_limit' && limit !== null ? `The ${metric} quota of ${limit.toFixed()} is used up.` : `A request for ${metric} was refused: ${refusal}.`
  recordAttempt(context, { tenantId, family: 'error', action: 'quotaExceeded', result: 'denied', code: 'QUOTA_EXCEEDED', errorMessage })
}
