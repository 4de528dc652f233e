import { Decimal, ZERO } from '@tollgate/kernel'
import { applyCommand } from './apply-command.ts'
import type { Decided, DecideCommand, QuotaOutcome } from './command.ts'
import type { Verdict } from '../decisions/demand.ts'
import { countUse, type QuotaState } from './quota-state.ts'

/**
 * Does a command as often as callers ask for exactly the same, one after the other, and answers each of them what it would
 * have been answered alone. On a hot counter nearly all callers are alike: as many of them as fit, and cross no
 * threshold, are counted in one step.
 */
export function applyRepeatedly(state: QuotaState, command: DecideCommand, times: number): readonly QuotaOutcome[] {
  const outcomes: QuotaOutcome[] = []
  while (outcomes.length < times) {
    const outcome = applyCommand(state, command)
    outcomes.push(outcome)
    const left = times - outcomes.length
    // Nothing was changed, and the same is asked again.
    if (outcome.kind !== 'decided' || !outcome.allowed) return outcomes.concat(Array.from({ length: left }, () => outcome))
    const alike = uneventful(state, command, left)
    if (alike === 0) continue
    for (const { counter, amount } of command.demands) {
      const counted = state.counters.get(counter.key)
      if (counted) countUse(counted, amount.times(alike), { atMs: command.nowMs, nowMs: command.nowMs })
    }
    for (let i = 1; i <= alike; i++) outcomes.push(new DecidedAlike(outcome, i))
  }
  return outcomes
}

/** How often, of so many times, a command that was just admitted will be admitted again before it is refused, or raises an alert. */
function uneventful(state: QuotaState, { demands, reservation }: DecideCommand, times: number): number {
  if (reservation !== null || new Set(demands.map(({ counter }) => counter.key)).size < demands.length) return 0
  let least = new Decimal(times)
  for (const { counter, policy, amount } of demands) {
    const counted = state.counters.get(counter.key)
    if (counted === undefined || counter.stepMs !== null) return 0
    if (amount.isZero()) continue
    const { used, reserved } = counted
    if (policy.ceiling !== null) least = Decimal.min(least, policy.ceiling.minus(reserved).minus(used).divToInt(amount))
    const next = policy.alertAmounts.find(at => at.gt(used))
    // The one that reaches it is not counted along: it raises the alert.
    if (next) least = Decimal.min(least, next.minus(used).divToInt(amount).minus(1))
  }
  return Number(Decimal.max(ZERO, least).toFixed())
}

/** What a caller is told who asked for the same as one before, and was admitted too. */
class DecidedAlike implements Decided {
  readonly kind = 'decided'
  readonly allowed = true
  readonly #first: Decided
  readonly #behind: number

  constructor(first: Decided, behind: number) {
    this.#first = first
    this.#behind = behind
  }

  get verdicts(): readonly Verdict[] {
    return this.#first.verdicts.map(verdict => ({ ...verdict, used: verdict.used.plus(verdict.demand.amount.times(this.#behind)) }))
  }
}
