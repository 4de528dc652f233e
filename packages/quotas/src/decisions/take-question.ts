import { DecisionOfStore } from './answer-question.ts'
import { checkQuestion } from './check-requests.ts'
import type { QuotaOutcome } from '../counters/command.ts'
import { type Deciding, decideQuestion, decideWithoutStore } from './decide-question.ts'
import type { LeaseHolder } from '../leases/lease-holder.ts'
import type { QuotaDecision, QuotaQuestion } from '../quotas.ts'
import type { AskedQuestion, RememberedQuestions } from './remember-questions.ts'

/** What is taken with. */
export interface Taking extends Deciding {
  readonly asked: RememberedQuestions
  readonly leases: Pick<LeaseHolder, 'spend'>
}

/**
 * Takes what is asked for, at once: the shortest way to a decision. Where nothing is remembered, or is stale, as
 * `decideQuestion` does. What is spent of a lease waits for nothing: an async function would cost a tenth of it.
 */
export function takeQuestion(taking: Taking, input: QuotaQuestion, nowMs: number): Promise<QuotaDecision> {
  let asked: AskedQuestion | undefined
  try {
    asked = taking.asked(input, nowMs)
  } catch (error) {
    // As it was thrown.
    // oxlint-disable-next-line typescript/prefer-promise-reject-errors
    return Promise.reject(error)
  }
  const spent = asked && taking.leases.spend(asked)
  return asked && spent ? Promise.resolve(new DecisionOfStore(asked, spent, nowMs)) : takeOfStore(taking, { input, asked, nowMs })
}

interface Asking {
  readonly input: QuotaQuestion
  readonly asked: AskedQuestion | undefined
  readonly nowMs: number
}

async function takeOfStore(taking: Taking, { input, asked, nowMs }: Asking): Promise<QuotaDecision> {
  if (asked !== undefined) {
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
