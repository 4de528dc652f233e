import type { Reservation } from '../../model/decisions/reservation.ts'
import { isStale, type QuotaState } from '../state/quota-state.ts'
import { decideDemands, type DemandsToTake } from './decide-demands.ts'
import type { Decided, Recalling, Stale } from './outcome.ts'

/** Holds all demands in a reservation if they fit, or none. */
export interface ReserveCommand extends DemandsToTake {
  readonly kind: 'reserve'
  readonly tenantId: string
  /** Whom to count the command for. Undefined to count nothing; null for a caller without a name. */
  readonly caller?: string | null | undefined
  /** Revision of the policies that the demands were made with. */
  readonly revision: string
  readonly reservation: Reservation
}

/** Applies a reserve command. */
export function reserve(state: QuotaState, command: ReserveCommand): Decided | Recalling | Stale {
  if (isStale(state, command)) return { kind: 'stale' }
  const { demands, reservation } = command
  const outcome = decideDemands(state, command, reservation)
  if (outcome.kind === 'decided' && outcome.allowed) {
    const counters = new Set(demands.map(({ counter }) => counter.key))
    state.reservations.set(reservation.id, { reservation, closed: null, expiresAtMs: reservation.expiresAtMs, counters: [...counters] })
  }
  return outcome
}
