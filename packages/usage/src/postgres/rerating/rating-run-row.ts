import { instantOrNull } from '@tollgate/postgres'
import { Decimal, Temporal } from '@tollgate/kernel'
import type { RatingRun, RatingRunState } from '../../model/rating-run.ts'

/** The columns of `usage.rating_runs`, as `ratingRunOf` reads them. */
export const RATING_RUN_COLUMNS = `id, state, requested_by, reason, range_from, range_to, tenant_id, provider, model, unpriced_only, cursor,
  started_at, advanced_at, finished_at, failure, events_total, events_read, events_changed, newly_priced, newly_unpriced, old_cost, new_cost`

/** A row of `RATING_RUN_COLUMNS`. */
export interface RatingRunRow {
  readonly id: string
  readonly state: RatingRunState
  readonly requested_by: string
  readonly reason: string
  readonly range_from: string
  readonly range_to: string
  readonly tenant_id: string | null
  readonly provider: string | null
  readonly model: string | null
  readonly unpriced_only: boolean
  readonly cursor: string | null
  readonly started_at: string
  readonly advanced_at: string
  readonly finished_at: string | null
  readonly failure: string | null
  readonly events_total: string
  readonly events_read: string
  readonly events_changed: string
  readonly newly_priced: string
  readonly newly_unpriced: string
  readonly old_cost: string
  readonly new_cost: string
}

/** Reads a run. */
export function ratingRunOf(row: RatingRunRow): RatingRun {
  return {
    id: row.id,
    requestedBy: row.requested_by,
    reason: row.reason,
    selection: {
      range: { from: Temporal.Instant.from(row.range_from), to: Temporal.Instant.from(row.range_to) },
      tenantId: row.tenant_id,
      provider: row.provider,
      model: row.model,
      unpricedOnly: row.unpriced_only,
    },
    state: row.state,
    startedAt: Temporal.Instant.from(row.started_at),
    advancedAt: Temporal.Instant.from(row.advanced_at),
    finishedAt: instantOrNull(row.finished_at),
    failure: row.failure,
    eventsTotal: Number(row.events_total),
    eventsRead: Number(row.events_read),
    totals: {
      events: Number(row.events_changed),
      newlyPriced: Number(row.newly_priced),
      newlyUnpriced: Number(row.newly_unpriced),
      oldCost: new Decimal(row.old_cost),
      newCost: new Decimal(row.new_cost),
    },
  }
}
