import { defineColumns } from '@tollgate/postgres'
import type { RatingCorrection } from '../../model/effective-event.ts'

/** The columns of `usage.cost_corrections` that differ between the corrections of one step. */
export const CORRECTION_COLUMNS = defineColumns<RatingCorrection>(column => [
  column('event_id', 'uuid', correction => correction.eventId),
  column('dimension_set_id', 'uuid', correction => correction.sumsKey),
  column('occurred_at', 'timestamptz', correction => correction.occurredAt),
  column('version', 'integer', correction => correction.version),
  column('tenant_id', 'text', correction => correction.tenantId),
  column('old_state', 'text', correction => correction.from.state),
  column('new_state', 'text', correction => correction.to.state),
  column('old_price_id', 'text', correction => correction.from.priceId),
  column('new_price_id', 'text', correction => correction.to.priceId),
  column('old_cost', 'numeric', correction => correction.from.cost),
  column('new_cost', 'numeric', correction => correction.to.cost),
  column('old_reason', 'text', correction => correction.from.unpricedReason),
  column('new_reason', 'text', correction => correction.to.unpricedReason),
])

/** The sums that corrections change, each with what one correction adds to it: columns of `usage.correction_rollups_hourly` and `…_daily`. */
export const CORRECTION_SUMS = [
  { name: 'unpriced_calls', type: 'bigint', added: `(new_state = 'unpriced')::integer - (old_state = 'unpriced')::integer` },
  { name: 'cost', type: 'numeric', added: 'coalesce(new_cost, 0) - coalesce(old_cost, 0)' },
] as const

/** The reasons that a correction takes away and gives, each with the number of unpriced calls that it adds. Some may be null. */
export const REASON_CHANGES = '(values (old_reason, -1), (new_reason, 1)) as change (reason, calls)'
