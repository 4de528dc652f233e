import type { Decimal } from '@tollgate/kernel'
import type { QuotaMetric } from '../policies/metric.ts'
import type { DimensionValues } from '../policies/quota-dimension.ts'

/** `held` until it is settled or released. One whose time has passed is `expired`: it holds nothing any more. */
export type ReservationState = 'held' | 'settled' | 'released' | 'expired'

/** An amount of a metric that was reserved. */
export interface ReservedAmount {
  readonly metric: QuotaMetric
  readonly operation: string | null
  /** Null: unknown when it was reserved. */
  readonly amount: Decimal | null
}

/** Headroom held before the work. What it holds of which counter is the store's to know. */
export interface Reservation {
  readonly id: string
  readonly tenantId: string
  /** When it was made: what is settled counts in the windows of this time. */
  readonly atMs: number
  readonly expiresAtMs: number
  readonly dimensions: DimensionValues
  readonly amounts: readonly ReservedAmount[]
}
