import type { Temporal } from '@tollgate/kernel'

/** A rollup row that does not match the events it was built from. */
export interface RollupDifference {
  readonly table: string
  readonly bucketStart: Temporal.Instant
  readonly tenantId: string
  readonly dimensionSetId: string
  readonly measure: string
  readonly expected: string
  readonly actual: string
}
