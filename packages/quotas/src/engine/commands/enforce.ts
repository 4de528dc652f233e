import { isStale, type QuotaState } from '../state/quota-state.ts'
import { decideDemands, type DemandsToTake } from './decide-demands.ts'
import type { Decided, Recalling, Stale } from './outcome.ts'

/** Counts all demands as used if they fit, or none. */
export interface EnforceCommand extends DemandsToTake {
  readonly kind: 'enforce'
  readonly tenantId: string
  /** Revision of the policies that the demands were made with. */
  readonly revision: string
}

/** Applies an enforce command. */
export function enforce(state: QuotaState, command: EnforceCommand): Decided | Recalling | Stale {
  return isStale(state, command) ? { kind: 'stale' } : decideDemands(state, command, null)
}
