import type { Demand } from '../demands/demand.ts'
import { counterAt, isStale, type QuotaState } from '../state/quota-state.ts'
import { countUse } from './count-use.ts'
import type { Done, Stale } from './outcome.ts'

/** Counts usage that happened, whether it fits or not. */
export interface ConsumeCommand {
  readonly kind: 'consume'
  readonly tenantId: string
  /** Whom to count the command for. Undefined to count nothing; null for a caller without a name. */
  readonly caller?: string | null | undefined
  /** Revision of the policies that the demands were made with. */
  readonly revision: string
  readonly nowMs: number
  readonly demands: readonly Demand[]
}

/** Applies a consume command. */
export function consume(state: QuotaState, command: ConsumeCommand): Done | Stale {
  if (isStale(state, command)) return { kind: 'stale' }
  const { demands, nowMs } = command
  for (const demand of demands) countUse(state, counterAt(state, demand.counter, nowMs), demand, nowMs)
  return { kind: 'done', stateBefore: null, expiresAtMs: null }
}
