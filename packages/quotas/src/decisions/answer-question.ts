import { Decimal, Temporal, ZERO } from '@tollgate/kernel'
import type { CheckedQuestion, CheckedRequest } from './check-requests.ts'
import type { Demand, Refusal } from './demand.ts'
import type { CounterReading } from '../counters/counter-reading.ts'
import type { Demands } from './make-demands.ts'
import type { QuotaPolicy } from '../policies/policy.ts'
import type { QuotaCheck, QuotaDecision, QuotaResult } from '../quotas.ts'
import type { Decided } from '../counters/command.ts'
import type { Counter } from '../counters/counter.ts'
import { firstLeavesAtMs, NO_STEPS, remainsAtMs, type StepAmounts } from '../windows/sliding-steps.ts'

/** What a decision came to, before it is told. */
export interface Judged {
  readonly question: CheckedQuestion
  readonly demands: Demands
  readonly nowMs: number
  /** For each demand. */
  readonly verdicts: readonly Judgement[]
}

/** Why a demand does not fit, and what its counter shows; undefined where the store does not answer. */
export interface Judgement {
  readonly refusal: Refusal | null
  readonly reading: CounterReading | undefined
}

/** How soon to ask again where only reservations are in the way: any of them may be settled for less. */
const RETRY_WHILE_HELD_MS = 1_000

/** Tells a decision. */
export function answerQuestion(judged: Judged): QuotaDecision {
  const results = resultsOf(judged)
  return { allowed: results.every(result => result.allowed), degraded: false, results }
}

/** The decision of a store, told when it is asked for: most callers look at nothing but `allowed`. */
export class DecisionOfStore implements QuotaDecision {
  readonly allowed: boolean
  readonly degraded = false
  readonly #asked: Pick<Judged, 'question' | 'demands'>
  readonly #decided: Decided
  readonly #nowMs: number
  #results: readonly QuotaResult[] | undefined

  constructor(asked: Pick<Judged, 'question' | 'demands'>, decided: Decided, nowMs: number) {
    this.allowed = decided.allowed
    this.#asked = asked
    this.#decided = decided
    this.#nowMs = nowMs
  }

  get results(): readonly QuotaResult[] {
    const { question, demands } = this.#asked
    this.#results ??= resultsOf({
      question,
      demands,
      nowMs: this.#nowMs,
      verdicts: this.#decided.verdicts.map(verdict => ({ refusal: verdict.refusal, reading: verdict })),
    })
    return this.#results
  }

  toJSON(): QuotaDecision {
    return { allowed: this.allowed, degraded: this.degraded, results: this.results }
  }
}

/** For each request what every policy says, and foremost the one that refuses, or leaves least. */
function resultsOf({ question, demands: { demands, refused }, nowMs, verdicts }: Judged): readonly QuotaResult[] {
  // What requests before it ask of the same counter is in the way of a request as well.
  const askedOf = new Map<string, Decimal>()
  const checks = demands.map((demand, i) => {
    const verdict = verdicts[i]
    const asked = demand.amount.plus(askedOf.get(demand.counter.key) ?? ZERO)
    askedOf.set(demand.counter.key, asked)
    return { demand, check: checkOf({ ...demand, amount: asked }, refused.get(demand) ?? verdict?.refusal ?? null, verdict?.reading, nowMs) }
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
  const [foremost] = checks.length > 1 ? [...checks].sort(byUrgency) : checks
  if (foremost !== undefined) return { ...foremost, metric, operation, checks }
  const nothing = { policy: null, scopeValue: [], limit: null, used: null, reserved: null, remaining: null, resetsAt: null, retryAfterMs: null }
  return { metric, operation, allowed: refusal === null, refusal, ...nothing, checks }
}

/** Refused first, of those the one that takes longest to fit; then what leaves least. */
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

/** When enough of what is used is forgotten, whatever is held. */
function fitsAtMs({ ceiling }: QuotaPolicy, amount: Decimal, { used, steps }: CounterReading, { stepMs, toMs }: Counter): number {
  if (stepMs === null || ceiling === null || used.plus(amount).lte(ceiling)) return toMs
  return remainsAtMs(steps, stepMs, ceiling.minus(amount))
}

/** When a counter starts again from nothing or, where its window slides, first forgets something. */
function resetOf({ resetsAt, stepMs, toMs }: Pick<Counter, 'resetsAt' | 'stepMs' | 'toMs'>, steps: StepAmounts, nowMs: number): Temporal.Instant {
  return resetsAt ?? Temporal.Instant.fromEpochMilliseconds(stepMs === null ? toMs : firstLeavesAtMs(steps, stepMs, nowMs))
}

/** What is left of a limit; never below 0, null where it is unlimited. */
export function remainingOf(limit: Decimal | null, { used, reserved }: CounterReading): Decimal | null {
  return limit === null ? null : Decimal.max(ZERO, limit.minus(used).minus(reserved))
}
