import { type Decimal, Temporal, ZERO } from '@tollgate/kernel'
import type { CheckedQuestion, CheckedRequest } from '../../model/decisions/check-question.ts'
import type { Counter } from '../../model/counters/counter.ts'
import type { CounterReading } from '../../model/counters/counter-reading.ts'
import type { QuotaCheck, QuotaDecision, QuotaResult, Refusal } from '../../model/decisions/decision.ts'
import type { QuotaPolicy } from '../../model/policies/policy.ts'
import { remainingOf } from '../../model/counters/quota-usage.ts'
import { fallsToAtMs, firstStepExpiresAtMs, NO_STEPS, type StepAmounts } from '../../model/limits/sliding-window.ts'
import type { Demand } from '../demands/demand.ts'
import type { Demands } from '../demands/make-demands.ts'

/** A question, and what was decided about each of its demands. */
export interface DecidedQuestion {
  readonly question: CheckedQuestion
  readonly demands: Demands
  readonly nowMs: number
  /** One for each demand. */
  readonly verdicts: readonly Verdict[]
}

/** Why a demand is refused, and the reading of its counter. The reading is undefined if the store is unavailable. */
export interface Verdict {
  readonly refusal: Refusal | null
  readonly reading: CounterReading | undefined
}

/** When to retry if only reservations are in the way: any of them may be settled for less. */
const RETRY_WHILE_HELD_MS = 1_000

/** Returns the decision about a question. */
export function describeDecision(decided: DecidedQuestion): QuotaDecision {
  const results = describeResults(decided)
  return { allowed: results.every(result => result.allowed), degraded: false, results }
}

/** Returns the result of each request: the checks of all policies that apply, and the one that matters most. */
export function describeResults({ question, demands: { demands, refused }, nowMs, verdicts }: DecidedQuestion): readonly QuotaResult[] {
  // Earlier requests reduce what is left for later ones.
  const demandedOf = new Map<string, Decimal>()
  const checks = demands.map((demand, i) => {
    const verdict = verdicts[i]
    const demanded = demand.amount.plus(demandedOf.get(demand.counter.key) ?? ZERO)
    demandedOf.set(demand.counter.key, demanded)
    return { demand, check: checkOf({ ...demand, amount: demanded }, refused.get(demand) ?? verdict?.refusal ?? null, verdict?.reading, nowMs) }
  })
  return question.requests.map((request, i) => {
    const own = checks.flatMap(({ demand, check }) => (demand.request === i ? [check] : []))
    return resultOf(request, own, refused.get(request) ?? null)
  })
}

function checkOf({ policy, counter, amount }: Demand, refusal: Refusal | null, reading: CounterReading | undefined, nowMs: number): QuotaCheck {
  const { limit } = policy
  return {
    policy,
    scopeValue: counter.scopeValues,
    allowed: refusal === null,
    refusal,
    limit,
    used: reading?.used ?? null,
    reserved: reading?.reserved ?? null,
    remaining: reading === undefined ? null : remainingOf(limit, reading),
    resetsAt: resetOf(counter, reading?.steps ?? NO_STEPS, nowMs),
    retryAfterMs: refusal === 'over_limit' && reading ? retryAfterMs(policy, amount, reading, fitsAtMs(policy, amount, reading, counter) - nowMs) : null,
  }
}

function resultOf({ metric, operation }: CheckedRequest, checks: readonly QuotaCheck[], refusal: Refusal | null): QuotaResult {
  const [first] = checks.length > 1 ? [...checks].sort(byUrgency) : checks
  if (first !== undefined) return { ...first, metric, operation, checks }
  const nothing = { policy: null, scopeValue: [], limit: null, used: null, reserved: null, remaining: null, resetsAt: null, retryAfterMs: null }
  return { metric, operation, allowed: refusal === null, refusal, ...nothing, checks }
}

/** Refusals first, the one with the longest wait before the others; then the check with the least left. */
function byUrgency(a: QuotaCheck, b: QuotaCheck): number {
  if (a.allowed !== b.allowed) return a.allowed ? 1 : -1
  if (!a.allowed) return (b.retryAfterMs ?? Infinity) - (a.retryAfterMs ?? Infinity) || 0
  if (a.remaining === null || b.remaining === null) return Number(a.remaining === null) - Number(b.remaining === null)
  return a.remaining.cmp(b.remaining)
}

function retryAfterMs({ ceiling }: QuotaPolicy, amount: Decimal, { used }: CounterReading, untilFreeMs: number): number | null {
  if (ceiling === null || amount.gt(ceiling)) return null
  const wait = Math.max(untilFreeMs, 0)
  return used.plus(amount).lte(ceiling) ? Math.min(wait, RETRY_WHILE_HELD_MS) : wait
}

/** Returns when enough of the used amount is forgotten, whatever is held. */
function fitsAtMs({ ceiling }: QuotaPolicy, amount: Decimal, { used, steps }: CounterReading, { stepMs, toMs }: Counter): number {
  if (stepMs === null || ceiling === null || used.plus(amount).lte(ceiling)) return toMs
  return fallsToAtMs(steps, stepMs, ceiling.minus(amount))
}

/** Returns when a counter starts at 0 again or, for a sliding window, when its first step stops counting. */
function resetOf({ resetsAt, stepMs, toMs }: Pick<Counter, 'resetsAt' | 'stepMs' | 'toMs'>, steps: StepAmounts, nowMs: number): Temporal.Instant {
  return resetsAt ?? Temporal.Instant.fromEpochMilliseconds(stepMs === null ? toMs : firstStepExpiresAtMs(steps, stepMs, nowMs))
}
