import { Temporal } from '@tollgate/kernel'
import type { DimensionValues } from '../limits/dimension.ts'
import { type ReservationState, reservationStateAt, type ReservedAmount, type StoredReservation } from './reservation.ts'

/** A reservation in its current state. */
export interface ReservationDetails {
  readonly id: string
  readonly tenantId: string
  readonly state: ReservationState
  /** The amounts that it holds or held. */
  readonly requests: readonly ReservedAmount[]
  readonly dimensions: DimensionValues
  readonly madeAt: Temporal.Instant
  /** When it expires, or would have expired. */
  readonly expiresAt: Temporal.Instant
}

/** Returns the details of a stored reservation at a time. */
export function reservationDetails({ reservation, closed, expiresAtMs }: StoredReservation, nowMs: number): ReservationDetails {
  const { id, tenantId, atMs, dimensions, amounts } = reservation
  return {
    id,
    tenantId,
    requests: amounts,
    dimensions,
    state: reservationStateAt({ closed, expiresAtMs }, nowMs),
    madeAt: Temporal.Instant.fromEpochMilliseconds(atMs),
    expiresAt: Temporal.Instant.fromEpochMilliseconds(expiresAtMs),
  }
}
