import type { QuotaDecision, Quotas } from '@tollgate/quotas'
import type { Metrics } from './observability/metrics.ts'

/** The same quotas, with their decisions counted. */
export function observedQuotas(quotas: Quotas, metrics: Pick<Metrics, 'observeDecision'>): Quotas {
  const counted = <Decision extends QuotaDecision>(decision: Decision): Decision => {
    metrics.observeDecision(decision)
    return decision
  }
  return {
    ...quotas,
    enforce: async input => counted(await quotas.enforce(input)),
    reserve: async input => counted(await quotas.reserve(input)),
  }
}
