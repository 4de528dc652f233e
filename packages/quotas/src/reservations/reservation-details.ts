import { Temporal } from '@tollgate/kernel'
import { stateAt } from '../counters/apply-command.ts'
import type { StoredReservation } from '../quota-store.ts'
import type { ReservationDetails } from '../quotas.ts'

/** Tells how a reservation is at a time. */
export function reservationDetails({ reservation, closed, expiresAtMs }: StoredReservation, nowMs: number): ReservationDetails {
  const { id, tenantId, atMs, dimensions, amounts } = reservation
  return {
    id,
    tenantId,
    requests: amounts,
    dimensions,
    state: stateAt({ closed, expiresAtMs }, nowMs),
    madeAt: Temporal.Instant.fromEpochMilliseconds(atMs),
    expiresAt: Temporal.Instant.fromEpochMilliseconds(expiresAtMs),
  }
}
