import { Temporal } from '@tollgate/kernel'
import { checkTtl } from './model/decisions/make-reservation.ts'
import { checkReservationState } from './check-reservation-state.ts'
import type { ChangedReservation, ReservationInput } from './granted-reservations.ts'
import type { ReservationDependencies } from './reservation-dependencies.ts'

/** A reservation, and how long to hold it from now on. */
export interface ExtendInput extends ReservationInput {
  /** 1 to 3,600. */
  readonly ttlSeconds: number
}

/** A reservation that was extended. */
export interface ExtendedReservation extends ChangedReservation {
  readonly expiresAt: Temporal.Instant
}

/** Extends a reservation until `ttlSeconds` from now. Never shortens it. */
export async function extend({ counters, counter, granted, nowMs }: ReservationDependencies, input: ExtendInput): Promise<ExtendedReservation> {
  const ttlMs = checkTtl(input.ttlSeconds)
  const { reservation, isHeld } = await granted.find(input)
  const { id, tenantId, amounts: requests } = reservation
  const now = nowMs(tenantId)
  const requestedMs = now + ttlMs
  const { caller = null } = input
  if (!isHeld) {
    counter?.count(tenantId, caller, 'extended')
    return { tenantId, requests, expiresAt: Temporal.Instant.fromEpochMilliseconds(requestedMs) }
  }
  const outcome = await counters.apply({ kind: 'extend', tenantId, caller, reservationId: id, nowMs: now, expiresAtMs: requestedMs })
  if (outcome.kind !== 'done') throw new Error(`An extension cannot have the outcome ${outcome.kind}`)
  checkReservationState(id, outcome.stateBefore, ['held'])
  return { tenantId, requests, expiresAt: Temporal.Instant.fromEpochMilliseconds(outcome.expiresAtMs ?? requestedMs) }
}
