import { OPERATOR_SCOPE } from '@tollgate/kernel'
import type { PostgresDatabase, PostgresTransaction } from '@tollgate/postgres'
import { RatingRunLost } from '../../model/rating-run-errors.ts'
import type { RatingRun } from '../../model/rating-run.ts'
import type { RatingStep, ReratingStore } from '../../rerating-store.ts'
import { CORRECTION_COLUMNS, CORRECTION_SUMS, REASON_CHANGES } from '../schema/correction-columns.ts'
import { RATING_RUN_COLUMNS, ratingRunOf, type RatingRunRow } from './rating-run-row.ts'

// The claim makes a step safe: a process that lost the run finds no row here, and writes nothing.
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
    insert into usage.cost_corrections (run_id, corrected_at, ${CORRECTION_COLUMNS.names})
    select $1::uuid, $2::timestamptz, ${CORRECTION_COLUMNS.unnest(3)}
    returning tenant_id, dimension_set_id, occurred_at, old_reason, new_reason, ${CORRECTION_SUMS.map(({ name, added }) => `${added} as ${name}`).join(', ')}
  ), hourly as (
    ${addToSums('hourly', 'hour')}
  ), hourly_details as (
    ${addToDetails('hourly', 'hour')}
  ), daily_details as (
    ${addToDetails('daily', 'day')}
  )
  ${addToSums('daily', 'day')}`

function addToSums(table: 'hourly' | 'daily', unit: 'hour' | 'day'): string {
  return `insert into usage.correction_rollups_${table} as rollup (tenant_id, bucket_start, dimension_set_id, ${CORRECTION_SUMS.map(({ name }) => name).join(', ')})
    select tenant_id, date_trunc('${unit}', occurred_at, 'UTC') as bucket_start, dimension_set_id,
      ${CORRECTION_SUMS.map(({ name, type }) => `sum(${name})::${type}`).join(', ')}
    from corrections
    group by 1, 2, 3
    order by 1, 2, 3
    on conflict (tenant_id, bucket_start, dimension_set_id) do update set
      ${CORRECTION_SUMS.map(({ name }) => `${name} = rollup.${name} + excluded.${name}`).join(', ')}`
}

function addToDetails(table: 'hourly' | 'daily', unit: 'hour' | 'day'): string {
  return `insert into usage.correction_details_${table} as detail (tenant_id, bucket_start, dimension_set_id, reason, unpriced_calls)
    select tenant_id, date_trunc('${unit}', occurred_at, 'UTC') as bucket_start, dimension_set_id, reason, sum(calls)::bigint
    from corrections cross join lateral ${REASON_CHANGES}
    where reason is not null
    group by 1, 2, 3, 4
    order by 1, 2, 3, 4
    on conflict (tenant_id, bucket_start, dimension_set_id, reason) do update set unpriced_calls = detail.unpriced_calls + excluded.unpriced_calls`
}

/** Implements `ReratingStore.advance`. */
export function writeStep(database: PostgresDatabase, step: RatingStep): Promise<RatingRun> {
  const { runId, claim, at, next, eventsRead, changes, totals } = step
  const { events, newlyPriced, newlyUnpriced, oldCost, newCost } = totals
  const progress = [runId, claim, at.toString(), next, eventsRead, events, newlyPriced, newlyUnpriced, oldCost.toFixed(), newCost.toFixed()]
  return database.transaction(OPERATOR_SCOPE, async transaction => {
    const [row] = await transaction.query<RatingRunRow>(ADVANCE_RUN, progress)
    if (row === undefined) throw new RatingRunLost(runId)
    if (changes.length > 0) await insertCorrections(transaction, step)
    await step.hook?.(transaction)
    return ratingRunOf(row)
  })
}

/** Implements `ReratingStore.suspend`. */
export async function suspendRun(
  database: PostgresDatabase,
  { runId, claim, at, state, failure }: Parameters<ReratingStore['suspend']>[0],
): Promise<RatingRun> {
  const [row] = await database.query<RatingRunRow>(OPERATOR_SCOPE, SUSPEND_RUN, [runId, claim, at.toString(), state, failure])
  if (row === undefined) throw new RatingRunLost(runId)
  return ratingRunOf(row)
}

async function insertCorrections(transaction: PostgresTransaction, { runId, at, changes }: RatingStep): Promise<void> {
  await transaction.query(INSERT_CORRECTIONS, [runId, at.toString(), ...CORRECTION_COLUMNS.values(changes)])
}
