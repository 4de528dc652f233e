import type { Decimal } from '@tollgate/kernel'
import { defineColumns } from '@tollgate/postgres'

/** What a batch adds to one detail of a rollup row. */
export interface DetailSum {
  readonly measure: 'tokens' | 'units' | 'unpriced_calls'
  /** Rare token pool, kind of units, or reason. */
  readonly name: string
  /** Of units. Empty if there is none. */
  readonly variant: string
  quantity: Decimal
}

/** A detail and the rollup row that it belongs to. */
export interface DetailRow {
  readonly tenantId: string
  readonly dimensionSetId: string
  /** Microseconds since 1970. */
  readonly bucketStart: number
  readonly detail: DetailSum
}

/** The columns of `usage.rollup_details_hourly` and `usage.rollup_details_daily`. */
export const DETAIL_COLUMNS = defineColumns<DetailRow>(column => [
  column('tenant_id', 'text', row => row.tenantId),
  column('bucket_start', 'timestamptz', row => row.bucketStart),
  column('dimension_set_id', 'uuid', row => row.dimensionSetId),
  column('measure', 'text', ({ detail }) => detail.measure),
  column('name', 'text', ({ detail }) => detail.name),
  column('variant', 'text', ({ detail }) => detail.variant),
  column('quantity', 'numeric', ({ detail }) => detail.quantity),
])

/** The primary key of both tables. */
export const DETAIL_KEY = 'tenant_id, bucket_start, dimension_set_id, measure, name, variant'
