import { reservationStateAt } from '../../model/decisions/reservation.ts'
import { closeReservation, findReservation, type QuotaState } from '../state/quota-state.ts'
import type { Done } from './outcome.ts'

/** Ends a reservation without usage. */
export interface ReleaseCommand {
  readonly kind: 'release'
  readonly tenantId: string
  /** Whom to count the command for. Undefined to count nothing; null for a caller without a name. */
  readonly caller?: string | null | undefined
  readonly nowMs: number
  readonly reservationId: string
}

/** Applies a release command. */
export function release(state: QuotaState, { tenantId, reservationId, nowMs }: ReleaseCommand): Done {
  const record = findReservation(state, tenantId, reservationId)
  if (record === undefined) return { kind: 'done', stateBefore: null, expiresAtMs: null }
  const stateBefore = reservationStateAt(record, nowMs)
  if (record.closed === null) closeReservation(state, record, 'released')
  return { kind: 'done', stateBefore, expiresAtMs: null }
}
