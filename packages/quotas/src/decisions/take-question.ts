import { DecisionOfStore } from './answer-question.ts'
import { checkQuestion } from './check-requests.ts'
import type { QuotaOutcome } from '../counters/command.ts'
import { type Deciding, decideQuestion, decideWithoutStore } from './decide-question.ts'
import type { LeaseHolder } from '../leases/lease-holder.ts'
import type { QuotaDecision, QuotaQuestion } from '../quotas.ts'
import type { RememberedQuestions } from './remember-questions.ts'

/** What is taken with. */
export interface Taking extends Deciding {
  readonly asked: RememberedQuestions
  readonly leases: Pick<LeaseHolder, 'spend'>
}

/** Takes what is asked for, at once: the shortest way to a decision. Where nothing is remembered, or is stale, as `decideQuestion` does. */
export async function takeQuestion(taking: Taking, input: QuotaQuestion, nowMs: number): Promise<QuotaDecision> {
  const asked = taking.asked(input, nowMs)
  if (asked !== undefined) {
    const spent = taking.leases.spend(asked)
    if (spent !== undefined) return new DecisionOfStore(asked, spent, nowMs)
    const { tenantId, revision } = asked.policies
    let outcome: QuotaOutcome
    try {
      outcome = await taking.store.apply({ kind: 'decide', tenantId, revision, nowMs, demands: asked.demands.demands, reservation: null, recalls: true })
    } catch (error) {
      return decideWithoutStore(taking, { question: asked.question, nowMs }, error)
    }
    if (outcome.kind === 'decided') return new DecisionOfStore(asked, outcome, nowMs)
    taking.policies.forget(tenantId)
  }
  return decideQuestion(taking, { question: checkQuestion(input), nowMs, take: 'use', reservation: null })
}
