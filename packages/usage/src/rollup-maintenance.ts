import type { Period, Temporal } from '@tollgate/kernel'

/** Verifies and rebuilds rollups: those of events from the events, those of corrections from the corrections. */
export interface RollupMaintenance {
  /** Compares day by day (UTC), each kind of sums of a day in one snapshot. Does not block writers. */
  verify(range: Period, onProgress?: (progress: MaintenanceProgress) => void): Promise<readonly RollupDifference[]>
  /** Rebuilds the rollups of each day. Writers wait while their day is rebuilt. */
  rebuild(range: Period, onProgress?: (progress: MaintenanceProgress) => void): Promise<void>
  /** Returns the period from the first to the last day with events; undefined if there are none. */
  extent(): Promise<Period | undefined>
}

/** The progress of a rebuild or a verification. */
export interface MaintenanceProgress {
  readonly daysDone: number
  readonly daysTotal: number
}

/** A value of a rollup row that differs from what the events or corrections sum up to. */
export interface RollupDifference {
  readonly table: `${'rollups' | 'rollup_details' | 'correction_rollups' | 'correction_details'}_${'hourly' | 'daily'}`
  readonly bucketStart: Temporal.Instant
  readonly tenantId: string
  readonly dimensionSetId: string
  readonly measure: string
  readonly expected: string
  readonly actual: string
}
