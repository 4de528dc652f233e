import { defineColumns, type PostgresDatabase, type PostgresTransaction } from '@tollgate/postgres'
import { isUuid, OPERATOR_SCOPE } from '@tollgate/kernel'
import { RatingRunEnded, RatingRunInProgress, RatingRunUnknown } from '../../model/rating-run-errors.ts'
import type { RatingRun } from '../../model/rating-run.ts'
import type { ClaimedRun, NewRatingRun, ReratingStore } from '../../rerating-store.ts'
import { RATING_RUN_COLUMNS, ratingRunOf, type RatingRunRow } from './rating-run-row.ts'

/** Held to the end of a transaction that starts or claims a run, so that two overlapping runs cannot start together. */
const ONE_AT_A_TIME = `select pg_advisory_xact_lock(hashtext('usage.rating_runs'))`

// Relies on the index of running runs.
const OVERLAPPING = `
  select id from usage.rating_runs
  where state = 'running' and id <> $1::uuid and range_from < $3::timestamptz and range_to > $2::timestamptz
    and (tenant_id is null or $4::text is null or tenant_id = $4)
  order by id limit 1`

const NEW_RUN_COLUMNS = defineColumns<NewRatingRun>(column => [
  column('id', 'uuid', run => run.id),
  column('claim', 'uuid', run => run.claim),
  column('requested_by', 'text', run => run.requestedBy),
  column('reason', 'text', run => run.reason),
  column('range_from', 'timestamptz', run => run.selection.range.from),
  column('range_to', 'timestamptz', run => run.selection.range.to),
  column('tenant_id', 'text', run => run.selection.tenantId),
  column('provider', 'text', run => run.selection.provider),
  column('model', 'text', run => run.selection.model),
  column('unpriced_only', 'boolean', run => run.selection.unpricedOnly),
  column('started_at', 'timestamptz', run => run.startedAt),
  column('advanced_at', 'timestamptz', run => run.startedAt),
  column('events_total', 'bigint', run => run.eventsTotal),
])

const INSERT_RUN = `
  insert into usage.rating_runs (state, ${NEW_RUN_COLUMNS.names})
  select 'running', ${NEW_RUN_COLUMNS.unnest(1)}
  returning ${RATING_RUN_COLUMNS}`

const CLAIM_RUN = `
  update usage.rating_runs set claim = $2, state = 'running', advanced_at = $3, finished_at = null, failure = null
  where id = $1
  returning ${RATING_RUN_COLUMNS}`

/** Implements `ReratingStore.start`. */
export function startRun(database: PostgresDatabase, run: NewRatingRun): Promise<RatingRun> {
  return database.transaction(OPERATOR_SCOPE, async transaction => {
    await rejectOverlap(transaction, run)
    const [row] = await transaction.query<RatingRunRow>(INSERT_RUN, NEW_RUN_COLUMNS.values([run]))
    if (row === undefined) throw new Error('The inserted rating run was not returned.')
    return ratingRunOf(row)
  })
}

/** Implements `ReratingStore.claim`. */
export function claimRun(database: PostgresDatabase, { runId, claim, at }: Parameters<ReratingStore['claim']>[0]): Promise<ClaimedRun> {
  if (!isUuid(runId)) return Promise.reject(new RatingRunUnknown(runId))
  return database.transaction(OPERATOR_SCOPE, async transaction => {
    const run = await lockUnfinished(transaction, runId)
    await rejectOverlap(transaction, run)
    const [row] = await transaction.query<RatingRunRow>(CLAIM_RUN, [runId, claim, at.toString()])
    if (row === undefined) throw new RatingRunUnknown(runId)
    return { run: ratingRunOf(row), cursor: row.cursor }
  })
}

/** Implements `ReratingStore.cancel`. */
export function cancelRun(database: PostgresDatabase, { runId, at }: Parameters<ReratingStore['cancel']>[0]): Promise<RatingRun> {
  if (!isUuid(runId)) return Promise.reject(new RatingRunUnknown(runId))
  return database.transaction(OPERATOR_SCOPE, async transaction => {
    await lockUnfinished(transaction, runId)
    const cancel = `update usage.rating_runs set state = 'cancelled', finished_at = $2, advanced_at = $2 where id = $1 returning ${RATING_RUN_COLUMNS}`
    const [row] = await transaction.query<RatingRunRow>(cancel, [runId, at.toString()])
    if (row === undefined) throw new RatingRunUnknown(runId)
    return ratingRunOf(row)
  })
}

async function rejectOverlap(transaction: PostgresTransaction, { id, selection }: Pick<RatingRun, 'id' | 'selection'>): Promise<void> {
  await transaction.query(ONE_AT_A_TIME)
  const { range, tenantId } = selection
  const [other] = await transaction.query<{ id: string }>(OVERLAPPING, [id, range.from.toString(), range.to.toString(), tenantId])
  if (other !== undefined) throw new RatingRunInProgress(other.id)
}

/** Locks the run, so that a step in progress ends first and the next one sees the change. */
async function lockUnfinished(transaction: PostgresTransaction, runId: string): Promise<RatingRun> {
  // Before the row, as a start does: otherwise two transactions could deadlock.
  await transaction.query(ONE_AT_A_TIME)
  const [row] = await transaction.query<RatingRunRow>(`select ${RATING_RUN_COLUMNS} from usage.rating_runs where id = $1 for update`, [runId])
  if (row === undefined) throw new RatingRunUnknown(runId)
  if (row.state === 'completed' || row.state === 'cancelled') throw new RatingRunEnded(runId, row.state)
  return ratingRunOf(row)
}
