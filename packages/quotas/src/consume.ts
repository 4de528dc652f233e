import type { TimeInput } from '@tollgate/kernel/input'
import type { ConsumeCommand } from './engine/commands/consume.ts'
import type { SettleCommand } from './engine/commands/settle.ts'
import { type CounterFinder, makeDemands } from './engine/demands/make-demands.ts'
import { type CheckedQuestion, checkQuestion } from './model/decisions/check-question.ts'
import type { QuotaQuestion } from './model/decisions/question.ts'
import { timeOfUsage } from './model/decisions/time-of-usage.ts'
import type { TenantPolicies } from './model/policies/tenant-policies.ts'
import type { DecisionDependencies } from './decision-dependencies.ts'
import { retryWhileStale } from './retry-while-stale.ts'

/** Usage that happened. */
export interface ConsumeInput extends QuotaQuestion {
  /** Defaults to now. */
  readonly at?: TimeInput | undefined
  /** Reservation to end with this usage. */
  readonly reservationId?: string | null | undefined
}

/** Counts usage that happened, in a transaction of its own. */
export async function consume(dependencies: DecisionDependencies, usage: ConsumeInput, nowMs: number): Promise<void> {
  const question = checkQuestion(usage)
  await retryWhileStale(dependencies.policies, usage.tenantId, async policies => {
    const { kind } = await dependencies.counters.apply(usageCommand(usage, question, policies, { nowMs, finder: dependencies }))
    return kind === 'stale' ? kind : undefined
  })
}

/** Returns the command that counts usage, and ends the reservation that it names. */
export function usageCommand(
  { at, reservationId }: ConsumeInput,
  question: CheckedQuestion,
  policies: TenantPolicies,
  { nowMs, finder }: { nowMs: number; finder: CounterFinder },
): ConsumeCommand | SettleCommand {
  const { demands } = makeDemands(question, policies, timeOfUsage(at, nowMs), finder)
  const { tenantId } = question
  const { revision } = policies
  if (reservationId === null || reservationId === undefined) return { kind: 'consume', tenantId, revision, nowMs, demands }
  return { kind: 'settle', tenantId, revision, nowMs, demands, reservationId, onlyIfOpen: false }
}
