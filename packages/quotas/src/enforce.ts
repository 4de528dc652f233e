import { StoreDecision } from './engine/decisions/store-decision.ts'
import type { PreparedQuestion, PrepareQuestion } from './engine/demands/remember-questions.ts'
import { checkQuestion } from './model/decisions/check-question.ts'
import type { QuotaDecision } from './model/decisions/decision.ts'
import { countOnce } from './model/decisions/idempotency-key.ts'
import type { QuotaQuestion } from './model/decisions/question.ts'
import { decide } from './decide.ts'
import { decideWhenUnavailable } from './decide-when-unavailable.ts'
import type { DecisionDependencies } from './decision-dependencies.ts'
import type { LeaseHolder } from './hold-leases.ts'

/** A question about now. */
export interface EnforceInput extends QuotaQuestion {
  /** Counts the amounts as used if they fit: for usage that no usage event will report. Defaults to false. */
  readonly consume?: boolean | undefined
  /** Whom to count the decision for, such as the id of an API key. */
  readonly caller?: string | null | undefined
  /**
   * Makes the amounts count once, 1 to 256 characters, unique in the tenant. A repeat of an allowed question is allowed and counts nothing, for
   * at least a day. Only with `consume`. Not decided from leases.
   */
  readonly idempotencyKey?: string | null | undefined
  /** Adds what something else decides, such as a wallet, before the decision is counted and returned. Only without `consume`. */
  readonly review?: ((decision: QuotaDecision) => QuotaDecision) | undefined
}

/** What `enforce` works with. */
export interface EnforceDependencies extends DecisionDependencies {
  readonly prepare: PrepareQuestion
  readonly leases: Pick<LeaseHolder, 'spend'>
}

/**
 * Decides whether all amounts fit, and counts them if `consume` is true: from a lease, or else by the store.
 *
 * Not async: spending from a lease does not wait, and a promise would add about 10 %.
 */
export function enforce(dependencies: EnforceDependencies, input: EnforceInput, nowMs: number): Promise<QuotaDecision> {
  if (input.idempotencyKey !== undefined && input.idempotencyKey !== null) return enforceOnce(dependencies, input, input.idempotencyKey, nowMs)
  if (input.consume !== true) return check(dependencies, input, nowMs)
  let prepared: PreparedQuestion | undefined
  try {
    prepared = dependencies.prepare(input, nowMs)
  } catch (error) {
    // The error as it was thrown.
    // oxlint-disable-next-line typescript/prefer-promise-reject-errors
    return Promise.reject(error)
  }
  const spent = prepared && dependencies.leases.spend(prepared)
  if (!prepared || !spent) return takeFromStore(dependencies, { input, prepared, nowMs })
  const decision = new StoreDecision(prepared, spent, nowMs)
  dependencies.observer.quotaDecided?.(decision)
  dependencies.counter?.count(input.tenantId, input.caller ?? null, decision.allowed ? 'consumed' : 'refused')
  return Promise.resolve(decision)
}

/** The store decides: it keeps the keys. */
async function enforceOnce(
  dependencies: EnforceDependencies,
  { consume = false, caller = null, ...input }: EnforceInput,
  idempotencyKey: string,
  nowMs: number,
): Promise<QuotaDecision> {
  const question = checkQuestion(input)
  return decide(dependencies, { question, caller, nowMs, take: 'use', once: countOnce(question, { idempotencyKey, consume }) })
}

async function check(dependencies: EnforceDependencies, input: EnforceInput, nowMs: number): Promise<QuotaDecision> {
  const { caller = null, review } = input
  return decide(dependencies, { question: checkQuestion(input), caller, nowMs, take: 'nothing', review })
}

interface Asked {
  readonly input: EnforceInput
  readonly prepared: PreparedQuestion | undefined
  readonly nowMs: number
}

async function takeFromStore(dependencies: EnforceDependencies, { input, prepared, nowMs }: Asked): Promise<QuotaDecision> {
  const { caller = null } = input
  if (prepared !== undefined) {
    const { tenantId, revision } = prepared.policies
    let decision: QuotaDecision | undefined
    try {
      const outcome = await dependencies.counters.apply({
        kind: 'enforce',
        tenantId,
        caller,
        revision,
        nowMs,
        demands: prepared.demands.demands,
        recalls: true,
      })
      if (outcome.kind === 'decided') decision = new StoreDecision(prepared, outcome, nowMs)
    } catch (error) {
      decision = await decideWhenUnavailable(dependencies, { question: prepared.question, nowMs }, error)
      dependencies.counter?.count(tenantId, caller, decision.allowed ? 'consumed' : 'refused')
    }
    if (decision !== undefined) {
      dependencies.observer.quotaDecided?.(decision)
      return decision
    }
    dependencies.policies.forget(tenantId)
  }
  return decide(dependencies, { question: checkQuestion(input), caller, nowMs, take: 'use' })
}
