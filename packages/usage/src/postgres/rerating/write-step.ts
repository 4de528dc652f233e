import {
  toEpochMicroseconds,
  integerArray,
  numericArray,
  type PostgresDatabase,
  type PostgresTransaction,
  textArray,
  timestampArray,
  uuidArray,
} from '@tollgate/postgres'
import { OPERATOR_SCOPE, type Decimal } from '@tollgate/kernel'
import { RatingRunLost } from '../../rerating/errors.ts'
import type { RatingRun } from '../../rerating/rating-run.ts'
import type { RatingStep, ReratingStore } from '../../rerating/rerating-store.ts'
import { RATING_RUN_COLUMNS, ratingRunOf, type RatingRunRow } from './rating-run-row.ts'

// The claim is what makes a step safe: who lost the run to another process finds no row here, and writes nothing.
const ADVANCE_RUN = `
  update usage.rating_runs set
    advanced_at = $3,
    cursor = coalesce($4, cursor),
    state = case when $4::text is null then 'completed' else state end,
    finished_at = case when $4::text is null then $3::timestamptz end,
    events_read = events_read + $5::bigint,
    events_changed = events_changed + $6::bigint,
    newly_priced = newly_priced + $7::bigint,
    newly_unpriced = newly_unpriced + $8::bigint,
    old_cost = old_cost + $9::numeric,
    new_cost = new_cost + $10::numeric
  where id = $1 and claim = $2 and state = 'running'
  returning ${RATING_RUN_COLUMNS}`

const SUSPEND_RUN = `
  update usage.rating_runs set state = $4, failure = $5, advanced_at = $3, finished_at = $3
  where id = $1 and claim = $2 and state = 'running'
  returning ${RATING_RUN_COLUMNS}`

// One statement, so that its locks are taken before its snapshot: usage.rebuild_correction_rollups relies on that. Sums
// are sorted by their primary key (tenant_id, bucket_start, dimension_set_id): writers lock rows in one order.
const INSERT_CORRECTIONS = `
  with corrections as (
    insert into usage.cost_corrections
      (event_id, run_id, dimension_set_id, occurred_at, corrected_at, version, tenant_id, old_state, new_state, old_price_id, new_price_id, old_cost, new_cost)
    select unnest($3::uuid[]), $1::uuid, unnest($4::uuid[]), unnest($5::timestamptz[]), $2::timestamptz, unnest($6::integer[]), unnest($7::text[]),
      unnest($8::text[]), unnest($9::text[]), unnest($10::text[]), unnest($11::text[]), unnest($12::numeric[]), unnest($13::numeric[])
    returning tenant_id, dimension_set_id, occurred_at, coalesce(new_cost, 0) - coalesce(old_cost, 0) as cost,
      (new_state = 'unpriced')::integer - (old_state = 'unpriced')::integer as unpriced_calls
  ), hourly as (
    ${addToSums('hourly', 'hour')}
  )
  ${addToSums('daily', 'day')}`

function addToSums(table: 'hourly' | 'daily', unit: 'hour' | 'day'): string {
  return `insert into usage.correction_rollups_${table} as rollup (tenant_id, bucket_start, dimension_set_id, unpriced_calls, cost)
    select tenant_id, date_trunc('${unit}', occurred_at, 'UTC') as bucket_start, dimension_set_id, sum(unpriced_calls)::bigint, sum(cost)
    from corrections
    group by 1, 2, 3
    order by 1, 2, 3
    on conflict (tenant_id, bucket_start, dimension_set_id) do update set
      unpriced_calls = rollup.unpriced_calls + excluded.unpriced_calls, cost = rollup.cost + excluded.cost`
}

/** Answers `ReratingStore.advance`. */
export function writeStep(database: PostgresDatabase, step: RatingStep): Promise<RatingRun> {
  const { runId, claim, at, next, eventsRead, changes, totals } = step
  const { events, newlyPriced, newlyUnpriced, oldCost, newCost } = totals
  const progress = [runId, claim, at.toString(), next, eventsRead, events, newlyPriced, newlyUnpriced, oldCost.toFixed(), newCost.toFixed()]
  return database.transaction(OPERATOR_SCOPE, async transaction => {
    const [row] = await transaction.query<RatingRunRow>(ADVANCE_RUN, progress)
    if (row === undefined) throw new RatingRunLost(runId)
    if (changes.length > 0) await insertCorrections(transaction, step)
    return ratingRunOf(row)
  })
}

/** Answers `ReratingStore.suspend`. */
export async function suspendRun(
  database: PostgresDatabase,
  { runId, claim, at, state, failure }: Parameters<ReratingStore['suspend']>[0],
): Promise<RatingRun> {
  const [row] = await database.query<RatingRunRow>(OPERATOR_SCOPE, SUSPEND_RUN, [runId, claim, at.toString(), state, failure])
  if (row === undefined) throw new RatingRunLost(runId)
  return ratingRunOf(row)
}

async function insertCorrections(transaction: PostgresTransaction, { runId, at, changes }: RatingStep): Promise<void> {
  const numerals = (costs: (Decimal | null)[]) => numericArray(costs)
  await transaction.query(INSERT_CORRECTIONS, [
    runId,
    at.toString(),
    uuidArray(changes.map(({ eventId }) => eventId)),
    uuidArray(changes.map(({ place }) => place)),
    timestampArray(changes.map(({ occurredAt }) => toEpochMicroseconds(occurredAt))),
    integerArray(changes.map(({ version }) => version)),
    textArray(changes.map(({ tenantId }) => tenantId)),
    textArray(changes.map(({ from }) => from.state)),
    textArray(changes.map(({ to }) => to.state)),
    textArray(changes.map(({ from }) => from.priceId)),
    textArray(changes.map(({ to }) => to.priceId)),
    numerals(changes.map(({ from }) => from.cost)),
    numerals(changes.map(({ to }) => to.cost)),
  ])
}
