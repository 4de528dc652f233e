import { ZERO } from '@tollgate/kernel'
import type { CheckedQuestion, CheckedRequest } from '../../model/decisions/check-question.ts'
import type { counterOf } from '../../model/counters/counter.ts'
import type { Refusal } from '../../model/decisions/decision.ts'
import type { QuotaPolicy } from '../../model/policies/policy.ts'
import type { TenantPolicies } from '../../model/policies/tenant-policies.ts'
import { UNBOUNDED_WINDOW, type WindowBounds, type windowContaining } from '../../model/limits/window.ts'
import type { Demand } from './demand.ts'

/** The amounts that a question needs, by counter. */
export interface Demands {
  readonly demands: readonly Demand[]
  /** Refusals that do not depend on counters: `unknown_amount` by demand, `no_policy` by request. */
  readonly refused: ReadonlyMap<Demand | CheckedRequest, Refusal>
}

/** How counters are found: `windowContaining` and `counterOf`, or versions of them that remember. */
export interface CounterFinder {
  readonly windowOf: typeof windowContaining
  readonly counterOf: typeof counterOf
}

/** Finds the policies that apply to each request at a time, and the counters of the windows that contain it. */
export function makeDemands(question: CheckedQuestion, policies: TenantPolicies, atMs: number, finder: CounterFinder): Demands {
  const inEffect = policies.inEffect(atMs)
  const refused = new Map<Demand | CheckedRequest, Refusal>()
  const demands = question.requests.flatMap((request, i) => {
    const values = { ...question.dimensions, operation: request.operation }
    const applying = inEffect.filter(policy => appliesTo(policy, request))
    if (applying.length === 0 && policies.plan.unlisted === 'deny') refused.set(request, 'no_policy')
    return applying.map((policy): Demand => {
      const counter = finder.counterOf(question.tenantId, policy, values, boundsOf(policy, atMs, policies, finder))
      const demand = { request: i, counter, policy, amount: request.amount ?? ZERO, atMs }
      if (request.amount === null && policy.unknownAmount === 'deny' && policy.ceiling !== null) refused.set(demand, 'unknown_amount')
      return demand
    })
  })
  return { demands, refused }
}

/** Returns the window of a policy that contains a time. */
export function boundsOf(policy: QuotaPolicy, atMs: number, { calendar }: TenantPolicies, { windowOf }: CounterFinder): WindowBounds {
  return policy.stepMs === null ? windowOf(policy.window, atMs, calendar) : UNBOUNDED_WINDOW
}

function appliesTo(policy: QuotaPolicy, request: CheckedRequest): boolean {
  return policy.metric === request.metric && (policy.operation === null || policy.operation === request.operation)
}
