import { reservationStateAt } from '../../model/decisions/reservation.ts'
import type { Demand } from '../demands/demand.ts'
import { closeReservation, counterAt, findReservation, isStale, type QuotaState } from '../state/quota-state.ts'
import { countUse } from './count-use.ts'
import type { Done, Stale } from './outcome.ts'

/** Counts usage that happened, whether it fits or not, and ends a reservation with it. */
export interface SettleCommand {
  readonly kind: 'settle'
  readonly tenantId: string
  /** Whom to count the command for. Undefined to count nothing; null for a caller without a name. */
  readonly caller?: string | null | undefined
  /** Revision of the policies that the demands were made with. */
  readonly revision: string
  readonly nowMs: number
  readonly demands: readonly Demand[]
  readonly reservationId: string
  /** Counts nothing if the reservation was settled or released before, so that the same settlement counts once. */
  readonly onlyIfOpen: boolean
}

/** Applies a settle command. */
export function settle(state: QuotaState, command: SettleCommand): Done | Stale {
  if (isStale(state, command)) return { kind: 'stale' }
  const { tenantId, demands, reservationId, onlyIfOpen, nowMs } = command
  const record = findReservation(state, tenantId, reservationId)
  const stateBefore = record === undefined ? null : reservationStateAt(record, nowMs)
  const isOpen = stateBefore === 'held' || stateBefore === 'expired'
  if (onlyIfOpen && !isOpen) return { kind: 'done', stateBefore, expiresAtMs: null }
  if (record !== undefined && isOpen) closeReservation(state, record, 'settled')
  for (const demand of demands) countUse(state, counterAt(state, demand.counter, nowMs), demand, nowMs)
  return { kind: 'done', stateBefore, expiresAtMs: null }
}
