import { isStoreUnavailable } from '@tollgate/kernel'
import { describeDecision } from './engine/decisions/describe-decision.ts'
import { type CounterFinder, makeDemands } from './engine/demands/make-demands.ts'
import type { CheckedQuestion } from './model/decisions/check-question.ts'
import type { QuotaDecision } from './model/decisions/decision.ts'
import type { PolicyCache } from './policy-cache.ts'

/** Decides a question by the policies' `storeFailure`, after the store failed with this error. Throws the error again unless the store is unavailable. */
export async function decideWhenUnavailable(
  dependencies: CounterFinder & { readonly policies: PolicyCache },
  { question, nowMs }: { readonly question: CheckedQuestion; readonly nowMs: number },
  error: unknown,
): Promise<QuotaDecision> {
  if (!isStoreUnavailable(error)) throw error
  // A tenant whose profile cannot be looked up without the store has no known plan, so there is no decision.
  const policies = await dependencies.policies.lastKnown(question.tenantId).catch(() => {
    throw error
  })
  const demands = makeDemands(question, policies, nowMs, dependencies)
  const verdicts = demands.demands.map(({ policy }) => ({ refusal: policy.storeFailure === 'deny' ? ('store_failure' as const) : null, reading: undefined }))
  return { ...describeDecision({ question, demands, nowMs, verdicts }), degraded: true }
}
