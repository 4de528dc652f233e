import type { QuotaDecision, QuotaResult } from '../../model/decisions/decision.ts'
import type { Decided } from '../commands/outcome.ts'
import { type DecidedQuestion, describeResults } from './describe-decision.ts'

/** The decision of a store. Its results are computed when they are read: most callers only read `allowed`. */
export class StoreDecision implements QuotaDecision {
  readonly allowed: boolean
  readonly degraded = false
  readonly #asked: Pick<DecidedQuestion, 'question' | 'demands'>
  readonly #decided: Decided
  readonly #nowMs: number
  #results: readonly QuotaResult[] | undefined

  constructor(asked: Pick<DecidedQuestion, 'question' | 'demands'>, decided: Decided, nowMs: number) {
    this.allowed = decided.allowed
    this.#asked = asked
    this.#decided = decided
    this.#nowMs = nowMs
  }

  get results(): readonly QuotaResult[] {
    const { question, demands } = this.#asked
    this.#results ??= describeResults({
      question,
      demands,
      nowMs: this.#nowMs,
      verdicts: this.#decided.outcomes.map(outcome => ({ refusal: outcome.refusal, reading: outcome })),
    })
    return this.#results
  }

  toJSON(): QuotaDecision {
    return { allowed: this.allowed, degraded: this.degraded, results: this.results }
  }
}
