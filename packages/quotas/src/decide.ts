import type { CheckedQuestion } from './model/decisions/check-question.ts'
import { type CounterReading, EMPTY_READING } from './model/counters/counter-reading.ts'
import type { QuotaDecision } from './model/decisions/decision.ts'
import { IdempotencyKeyReused } from './model/errors.ts'
import type { CountOnce } from './model/decisions/idempotency-key.ts'
import type { Reservation } from './model/decisions/reservation.ts'
import type { TenantPolicies } from './model/policies/tenant-policies.ts'
import { describeDecision, type Verdict } from './engine/decisions/describe-decision.ts'
import { StoreDecision } from './engine/decisions/store-decision.ts'
import { findRefusals } from './engine/demands/find-refusals.ts'
import { type Demands, makeDemands } from './engine/demands/make-demands.ts'
import { decideWhenUnavailable } from './decide-when-unavailable.ts'
import type { DecisionDependencies } from './decision-dependencies.ts'
import { retryWhileStale } from './retry-while-stale.ts'

/** A quota request, and what to count or hold if allowed. */
export interface DecisionRequest {
  readonly question: CheckedQuestion
  /** Whom to count the decision for. */
  readonly caller: string | null
  readonly nowMs: number
  /** Nothing, the amounts as used, or the amounts held by a reservation. */
  readonly take: 'nothing' | 'use' | Reservation
  /** Counts the use once. */
  readonly once?: CountOnce | undefined
  /** Adds what something else decides, if nothing is taken. */
  readonly review?: ((decision: QuotaDecision) => QuotaDecision) | undefined
}

/** Decides a request with the store or, while that is unavailable, by the policies' `storeFailure`. */
export async function decide(dependencies: DecisionDependencies, request: DecisionRequest): Promise<QuotaDecision> {
  const { tenantId } = request.question
  let decision: QuotaDecision
  try {
    decision = await retryWhileStale(dependencies.policies, tenantId, policies => decideOnce(dependencies, request, policies))
  } catch (error) {
    decision = reviewed(request, await decideWhenUnavailable(dependencies, request, error))
    count(dependencies, request, decision)
  }
  dependencies.observer.quotaDecided?.(decision)
  return decision
}

async function decideOnce(dependencies: DecisionDependencies, request: DecisionRequest, policies: TenantPolicies): Promise<QuotaDecision | 'stale'> {
  const { question, caller, nowMs, take, once } = request
  const demands = makeDemands(question, policies, nowMs, dependencies)
  const { counters } = dependencies
  const { tenantId, revision } = policies
  const asked = { question, demands, nowMs }
  const isHold = typeof take === 'object'
  if (once !== undefined && demands.refused.size > 0) return decideRepeat(dependencies, { question, caller, nowMs, once }, { demands, policies })
  if (take === 'nothing' || demands.refused.size > 0) {
    const readings = await counters.read({ tenantId, revision, nowMs, counters: demands.demands.map(({ counter }) => counter) })
    if ('kind' in readings) return 'stale'
    const decision = reviewed(request, describeDecision({ ...asked, verdicts: verdictsOf(demands, readings, isHold) }))
    count(dependencies, request, decision)
    return decision
  }
  const command = { tenantId, caller, revision, nowMs, demands: demands.demands, recalls: true }
  const outcome = await counters.apply(isHold ? { kind: 'reserve', ...command, reservation: take } : { kind: 'enforce', ...command, once })
  if (outcome.kind === 'key_reused') throw new IdempotencyKeyReused(once?.key ?? '')
  return outcome.kind === 'decided' ? new StoreDecision(asked, outcome, nowMs) : 'stale'
}

function reviewed({ take, review }: DecisionRequest, decision: QuotaDecision): QuotaDecision {
  return take === 'nothing' && review !== undefined ? review(decision) : decision
}

/** Counts a decision that no transaction of the store counts. */
function count({ counter }: DecisionDependencies, { question, caller, take }: DecisionRequest, { allowed }: QuotaDecision): void {
  const action = take === 'nothing' ? 'checked' : take === 'use' ? 'consumed' : 'reserved'
  counter?.count(question.tenantId, caller, allowed ? action : 'refused')
}

/** Decides a question with an idempotency key that its policies refuse, whatever the counters show. They may have allowed it before. */
async function decideRepeat(
  { counters }: DecisionDependencies,
  { question, caller, nowMs, once }: Pick<DecisionRequest, 'question' | 'caller' | 'nowMs'> & { readonly once: CountOnce },
  { demands, policies }: { readonly demands: Demands; readonly policies: TenantPolicies },
): Promise<QuotaDecision | 'stale'> {
  const { tenantId, revision } = policies
  const command = { kind: 'enforce', tenantId, caller, revision, nowMs, demands: demands.demands, recalls: false, once, isRefused: true } as const
  const outcome = await counters.apply(command)
  if (outcome.kind === 'key_reused') throw new IdempotencyKeyReused(once.key)
  if (outcome.kind !== 'decided') return 'stale'
  if (outcome.allowed) return new StoreDecision({ question, demands: { ...demands, refused: new Map() } }, outcome, nowMs)
  return describeDecision({ question, demands, nowMs, verdicts: verdictsOf(demands, outcome.outcomes, false) })
}

function verdictsOf({ demands }: Demands, readings: readonly CounterReading[], isHold: boolean): readonly Verdict[] {
  const refusals = findRefusals(demands, i => readings[i] ?? EMPTY_READING, isHold)
  return demands.map((_, i) => ({ refusal: refusals[i] ?? null, reading: readings[i] }))
}
