import type { Decimal } from '@tollgate/kernel'
import type { DimensionValues } from '../limits/dimension.ts'
import type { QuotaMetric } from '../limits/metric.ts'

/** `held` until it is settled or released. `expired` once its time has passed: it holds nothing anymore. */
export type ReservationState = 'held' | 'settled' | 'released' | 'expired'

/** A reserved amount of a metric. */
export interface ReservedAmount {
  readonly metric: QuotaMetric
  readonly operation: string | null
  /** Null: unknown when it was reserved. */
  readonly amount: Decimal | null
}

/** Headroom held before the work, as granted. The store knows what it holds of which counter. */
export interface Reservation {
  readonly id: string
  readonly tenantId: string
  /** When it was made. A settlement counts in the windows of this time. */
  readonly atMs: number
  readonly expiresAtMs: number
  readonly dimensions: DimensionValues
  readonly amounts: readonly ReservedAmount[]
}

/** How a reservation ended, and when it expires. */
export interface ReservationEnd {
  readonly closed: 'settled' | 'released' | null
  /** After the latest extension. */
  readonly expiresAtMs: number
}

/** A reservation as granted, and how it ended. */
export interface StoredReservation extends ReservationEnd {
  readonly reservation: Reservation
}

/** Returns the state of a reservation at a time. */
export function reservationStateAt({ closed, expiresAtMs }: ReservationEnd, nowMs: number): ReservationState {
  if (closed !== null) return closed
  return expiresAtMs <= nowMs ? 'expired' : 'held'
}
