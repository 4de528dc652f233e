import { ZERO } from '@tollgate/kernel'
import type { CheckedQuestion, CheckedRequest } from './check-requests.ts'
import type { counterOf } from '../counters/counter.ts'
import type { Demand, Refusal } from './demand.ts'
import type { QuotaPolicy } from '../policies/policy.ts'
import { ALWAYS, type WindowBounds, type windowContaining } from '../windows/quota-window.ts'
import type { TenantPolicies } from '../policies/tenant-policies.ts'

/** What a question asks of which counters. */
export interface Demands {
  readonly demands: readonly Demand[]
  /** What is refused whatever the counters show: `unknown_amount` by the demand, `no_policy` by the request. */
  readonly refused: ReadonlyMap<Demand | CheckedRequest, Refusal>
}

/** How counters are found: `windowContaining` and `counterOf`, or what remembers them. */
export interface CounterFinding {
  readonly windowOf: typeof windowContaining
  readonly counterOf: typeof counterOf
}

/** Finds the policies that each request falls under at a time, and the counters of the windows that hold it. */
export function makeDemands(question: CheckedQuestion, policies: TenantPolicies, atMs: number, finding: CounterFinding): Demands {
  const inEffect = policies.inEffect(atMs)
  const refused = new Map<Demand | CheckedRequest, Refusal>()
  const demands = question.requests.flatMap((request, i) => {
    const values = { ...question.dimensions, operation: request.operation }
    const applying = inEffect.filter(policy => applies(policy, request))
    if (applying.length === 0 && policies.plan.unlisted === 'deny') refused.set(request, 'no_policy')
    return applying.map((policy): Demand => {
      const counter = finding.counterOf(question.tenantId, policy, values, boundsOf(policy, atMs, policies, finding))
      const demand = { request: i, counter, policy, amount: request.amount ?? ZERO, atMs }
      if (request.amount === null && policy.unknownAmount === 'deny' && policy.ceiling !== null) refused.set(demand, 'unknown_amount')
      return demand
    })
  })
  return { demands, refused }
}

/** The window of a policy that a time falls in. */
export function boundsOf(policy: QuotaPolicy, atMs: number, { calendar }: TenantPolicies, { windowOf }: CounterFinding): WindowBounds {
  return policy.stepMs === null ? windowOf(policy.window, atMs, calendar) : ALWAYS
}

function applies(policy: QuotaPolicy, request: CheckedRequest): boolean {
  return policy.metric === request.metric && (policy.operation === null || policy.operation === request.operation)
}
