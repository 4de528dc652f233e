import { Decimal, ZERO } from '@tollgate/kernel'
import { applyCommand } from './apply-command.ts'
import type { EnforceCommand } from './commands/enforce.ts'
import type { CommandOutcome, Decided } from './commands/outcome.ts'
import type { DemandOutcome } from './demands/demand.ts'
import { addUse } from './state/counter-state.ts'
import type { QuotaState } from './state/quota-state.ts'

/**
 * Applies the same command several times, for callers that asked for the same thing one after the other. Each gets the outcome
 * that it would have got alone. On a hot counter nearly all callers are alike, so those that fit without reaching a
 * threshold are counted in one step.
 */
export function applyRepeatedly(state: QuotaState, command: EnforceCommand, times: number): readonly CommandOutcome[] {
  const outcomes: CommandOutcome[] = []
  while (outcomes.length < times) {
    const outcome = applyCommand(state, command)
    outcomes.push(outcome)
    const left = times - outcomes.length
    // Nothing changed, so all other callers get the same outcome.
    if (outcome.kind !== 'decided' || !outcome.allowed) return outcomes.concat(Array.from({ length: left }, () => outcome))
    const alike = uneventfulTimes(state, command, left)
    if (alike === 0) continue
    for (const { counter, amount } of command.demands) {
      const counted = state.counters.get(counter.key)
      if (counted) addUse(counted, amount.times(alike), { atMs: command.nowMs, nowMs: command.nowMs })
    }
    for (let i = 1; i <= alike; i++) outcomes.push(new RepeatedDecision(outcome, i))
  }
  return outcomes
}

/** Returns how many times, at most `times`, a command that was just allowed will be allowed again without raising an alert. */
function uneventfulTimes(state: QuotaState, { demands }: EnforceCommand, times: number): number {
  if (new Set(demands.map(({ counter }) => counter.key)).size < demands.length) return 0
  let fewest = new Decimal(times)
  for (const { counter, policy, amount } of demands) {
    const counted = state.counters.get(counter.key)
    if (counted === undefined || counter.stepMs !== null) return 0
    if (amount.isZero()) continue
    const { used, reserved } = counted
    if (policy.ceiling !== null) fewest = Decimal.min(fewest, policy.ceiling.minus(reserved).minus(used).divToInt(amount))
    const threshold = policy.alertAmounts.find(at => at.gt(used))
    // Excludes the use that reaches the threshold: it raises the alert.
    if (threshold) fewest = Decimal.min(fewest, threshold.minus(used).divToInt(amount).minus(1))
  }
  return Number(Decimal.max(ZERO, fewest).toFixed())
}

/** The decision for a caller that repeated an allowed command. Its outcomes are computed when they are read. */
class RepeatedDecision implements Decided {
  readonly kind = 'decided'
  readonly allowed = true
  readonly #first: Decided
  readonly #times: number

  constructor(first: Decided, times: number) {
    this.#first = first
    this.#times = times
  }

  get outcomes(): readonly DemandOutcome[] {
    return this.#first.outcomes.map(outcome => ({ ...outcome, used: outcome.used.plus(outcome.demand.amount.times(this.#times)) }))
  }
}
