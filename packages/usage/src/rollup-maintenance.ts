import type { Period, Temporal } from '@tollgate/kernel'

/** Holds the rollups against the events, and those of corrections against the corrections, that they were made from. */
export interface RollupMaintenance {
  /** Compares day by day (UTC), each in one snapshot; does not stop writers. */
  verify(range: Period, onProgress?: (progress: MaintenanceProgress) => void): Promise<readonly RollupDifference[]>
  /** Makes the rollups anew from the events, day by day; writers wait for the day in hand. */
  rebuild(range: Period, onProgress?: (progress: MaintenanceProgress) => void): Promise<void>
  /** The first and last day that have events; undefined where there are none. */
  extent(): Promise<Period | undefined>
}

/** How far a rebuild or a verification is. */
export interface MaintenanceProgress {
  readonly daysDone: number
  readonly daysTotal: number
}

/** One rollup row that is not what the events, or the corrections, say. */
export interface RollupDifference {
  readonly table: 'rollups_hourly' | 'rollups_daily' | 'correction_rollups_hourly' | 'correction_rollups_daily'
  readonly bucketStart: Temporal.Instant
  readonly tenantId: string
  readonly dimensionSetId: string
  readonly measure: string
  readonly expected: string
  readonly actual: string
}
