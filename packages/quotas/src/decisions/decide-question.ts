import { isDomainError, Temporal } from '@tollgate/kernel'
import { answerQuestion, DecisionOfStore, type Judgement } from './answer-question.ts'
import type { CheckedQuestion } from './check-requests.ts'
import { PoliciesUnsettled } from '../errors.ts'
import { type CounterReading, NOTHING_COUNTED } from '../counters/counter-reading.ts'
import { judgeDemands } from './judge-demands.ts'
import { type CounterFinding, type Demands, makeDemands } from './make-demands.ts'
import type { QuotaStore } from '../quota-store.ts'
import type { QuotaDecision } from '../quotas.ts'
import type { Reservation } from '../reservations/reservation.ts'
import type { PolicySource, TenantPolicies } from '../policies/tenant-policies.ts'

/** What decisions are made with. */
export interface Deciding extends CounterFinding {
  readonly store: QuotaStore
  readonly policies: PolicySource
}

/** A question, and what to do if the answer is yes. */
export interface Decision {
  readonly question: CheckedQuestion
  readonly nowMs: number
  readonly take: 'nothing' | 'use' | 'hold'
  /** For `hold`. */
  readonly reservation: Reservation | null
}

/** How often policies may change under a decision before it is given up. */
export const MAX_ATTEMPTS = 20

/** Decides a question; by `storeFailure` of the policies where the store does not answer. */
export async function decideQuestion(deciding: Deciding, decision: Decision): Promise<QuotaDecision> {
  try {
    return await whileStale(deciding, decision, policies => attempt(deciding, decision, policies))
  } catch (error) {
    return decideWithoutStore(deciding, decision, error)
  }
}

/** By `storeFailure` of the policies; throws the error again where it is another. */
export async function decideWithoutStore(
  deciding: Deciding,
  { question, nowMs }: Pick<Decision, 'question' | 'nowMs'>,
  error: unknown,
): Promise<QuotaDecision> {
  if (!isDomainError(error) || error.code !== 'STORE_UNAVAILABLE') throw error
  // Who asks for the first time while it does not answer has no plan that is known, and no decision.
  const policies = await deciding.policies.lastKnown(question.tenantId).catch(() => {
    throw error
  })
  const demands = makeDemands(question, policies, nowMs, deciding)
  const verdicts = demands.demands.map(({ policy }) => ({ refusal: policy.storeFailure === 'deny' ? ('store_failure' as const) : null, reading: undefined }))
  return { ...answerQuestion({ question, demands, nowMs, verdicts }), degraded: true }
}

/** Does something with a tenant's policies, and again with new ones for as long as the store says that they are stale. */
export async function whileStale<Result>(
  { policies }: Pick<Deciding, 'policies'>,
  { question: { tenantId }, nowMs }: Pick<Decision, 'question' | 'nowMs'>,
  work: (policies: TenantPolicies) => Promise<Result | 'stale'>,
): Promise<Result> {
  for (let i = 0; i < MAX_ATTEMPTS; i++) {
    const result = await work(await policies.of(tenantId))
    if (result !== 'stale') return result
    policies.forget(tenantId)
  }
  throw new PoliciesUnsettled(tenantId, Temporal.Instant.fromEpochMilliseconds(nowMs))
}

async function attempt(deciding: Deciding, { question, nowMs, take, reservation }: Decision, policies: TenantPolicies): Promise<QuotaDecision | 'stale'> {
  const demands = makeDemands(question, policies, nowMs, deciding)
  const { store } = deciding
  const { tenantId, revision } = policies
  const told = { question, demands, nowMs }
  if (take === 'nothing' || demands.refused.size > 0) {
    const readings = await store.read({ tenantId, revision, nowMs, counters: demands.demands.map(({ counter }) => counter) })
    return 'kind' in readings ? 'stale' : answerQuestion({ ...told, verdicts: judgeReadings(demands, readings, take === 'hold') })
  }
  const outcome = await store.apply({ kind: 'decide', tenantId, revision, nowMs, demands: demands.demands, reservation, recalls: true })
  return outcome.kind === 'decided' ? new DecisionOfStore(told, outcome, nowMs) : 'stale'
}

function judgeReadings({ demands }: Demands, readings: readonly CounterReading[], hold: boolean): readonly Judgement[] {
  const refusals = judgeDemands(demands, i => readings[i] ?? NOTHING_COUNTED, hold)
  return demands.map((_, i) => ({ refusal: refusals[i] ?? null, reading: readings[i] }))
}
