import type { QuotaDecision, QuotaMetric, QuotaRequest, WhenUnavailable } from '../model/quota-decision.ts'
import type { ClientOptions } from '../tollgate-options.ts'
import { metricOf } from './amounts.ts'

/** How a client fails if nothing else is said. */
export type FailureModes = ClientOptions['whenUnavailable']

/** Decides without Tollgate: by the request, then by the call, then by the option of the client. All requests are allowed, or none. */
export function decideUnavailable(requests: readonly QuotaRequest[], ofCall: WhenUnavailable | undefined, ofClient: FailureModes): QuotaDecision {
  const denied = requests.map(request => modeOf(request, ofCall, ofClient) === 'deny')
  const allowed = !denied.includes(true)
  const results = requests.map((request, index) => ({
    metric: metricOf(request),
    operation: request.operation ?? null,
    allowed,
    refusal: denied[index] === true ? ('UNREACHABLE' as const) : null,
    limit: null,
    used: null,
    reserved: null,
    remaining: null,
    resetsAt: null,
    retryAfterMs: null,
  }))
  return { allowed, degraded: true, results }
}

function modeOf(request: QuotaRequest, ofCall: WhenUnavailable | undefined, ofClient: FailureModes): WhenUnavailable {
  if (request.whenUnavailable !== undefined) return request.whenUnavailable
  if (ofCall !== undefined) return ofCall
  if (typeof ofClient === 'string') return ofClient
  return ofClient?.[metricOf(request).toLowerCase() as Lowercase<QuotaMetric>] ?? 'allow'
}
