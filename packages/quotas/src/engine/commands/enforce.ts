import type { CountOnce } from '../../model/decisions/idempotency-key.ts'
import { counterAt, isStale, keyedUseId, type QuotaState } from '../state/quota-state.ts'
import { decideDemands, type DemandsToTake } from './decide-demands.ts'
import type { Decided, KeyReused, Recalling, Stale } from './outcome.ts'

/** Counts all demands as used if they fit, or none. */
export interface EnforceCommand extends DemandsToTake {
  readonly kind: 'enforce'
  readonly tenantId: string
  /** Whom to count the command for. Undefined to count nothing; null for a caller without a name. */
  readonly caller?: string | null | undefined
  /** Revision of the policies that the demands were made with. */
  readonly revision: string
  /** Counts once for its key. */
  readonly once?: CountOnce | undefined
  /** Refuses, unless it repeats an earlier command: the policies refuse it, whatever the counters show. */
  readonly isRefused?: boolean | undefined
}

/** Applies an enforce command. */
export function enforce(state: QuotaState, command: EnforceCommand): Decided | Recalling | Stale | KeyReused {
  if (isStale(state, command)) return { kind: 'stale' }
  const { once, tenantId, nowMs } = command
  if (once === undefined) return decideDemands(state, command, null)
  const id = keyedUseId({ tenantId, key: once.key })
  const before = state.keyedUses.get(id)
  if (before !== undefined) return before.content === once.content ? readCounters(state, command, true) : { kind: 'key_reused' }
  if (command.isRefused === true) return readCounters(state, command, false)
  const outcome = decideDemands(state, command, null)
  // A refusal counts nothing, so a repeat may be allowed.
  if (outcome.kind === 'decided' && outcome.allowed) state.keyedUses.set(id, { tenantId, ...once, atMs: nowMs })
  return outcome
}

/** Returns the counters of the demands, and counts nothing. */
function readCounters(state: QuotaState, { demands, nowMs }: EnforceCommand, allowed: boolean): Decided {
  const outcomes = demands.map(demand => {
    const { used, reserved, steps } = counterAt(state, demand.counter, nowMs)
    return { demand, refusal: null, used, reserved, steps }
  })
  return { kind: 'decided', allowed, outcomes }
}
