import type { PostgresDatabase, PostgresTransaction } from '@tollgate/postgres'
import { isUuid, OPERATOR_SCOPE } from '@tollgate/kernel'
import { RatingRunEnded, RatingRunInProgress, RatingRunUnknown } from '../../rerating/errors.ts'
import type { RatingRun } from '../../rerating/rating-run.ts'
import type { ClaimedRun, NewRatingRun, ReratingStore } from '../../rerating/rerating-store.ts'
import { RATING_RUN_COLUMNS, ratingRunOf, type RatingRunRow } from './rating-run-row.ts'

/** Whoever starts or claims a run holds this to the end of the transaction, so that two cannot both find the way free. */
const ONE_AT_A_TIME = `select pg_advisory_xact_lock(hashtext('usage.rating_runs'))`

// Relies on the index of what is running.
const OVERLAPPING = `
  select id from usage.rating_runs
  where state = 'running' and id <> $1::uuid and range_from < $3::timestamptz and range_to > $2::timestamptz
    and (tenant_id is null or $4::text is null or tenant_id = $4)
  order by id limit 1`

const INSERT_RUN = `
  insert into usage.rating_runs
    (id, claim, state, requested_by, reason, range_from, range_to, tenant_id, provider, model, unpriced_only, started_at, advanced_at, events_total)
  values ($1, $2, 'running', $3, $4, $5, $6, $7, $8, $9, $10, $11, $11, $12)
  returning ${RATING_RUN_COLUMNS}`

const CLAIM_RUN = `
  update usage.rating_runs set claim = $2, state = 'running', advanced_at = $3, finished_at = null, failure = null
  where id = $1
  returning ${RATING_RUN_COLUMNS}`

/** Answers `ReratingStore.start`. */
export function startRun(database: PostgresDatabase, run: NewRatingRun): Promise<RatingRun> {
  const { range, tenantId, provider, model, unpricedOnly } = run.selection
  const values = [
    run.id,
    run.claim,
    run.requestedBy,
    run.reason,
    range.from.toString(),
    range.to.toString(),
    tenantId,
    provider,
    model,
    unpricedOnly,
    run.startedAt.toString(),
    run.eventsTotal,
  ]
  return database.transaction(OPERATOR_SCOPE, async transaction => {
    await requireFreeWay(transaction, run)
    const [row] = await transaction.query<RatingRunRow>(INSERT_RUN, values)
    if (row === undefined) throw new Error('A rating run was inserted and not returned.')
    return ratingRunOf(row)
  })
}

/** Answers `ReratingStore.claim`. */
export function claimRun(database: PostgresDatabase, { runId, claim, at }: Parameters<ReratingStore['claim']>[0]): Promise<ClaimedRun> {
  if (!isUuid(runId)) return Promise.reject(new RatingRunUnknown(runId))
  return database.transaction(OPERATOR_SCOPE, async transaction => {
    const run = await lockUnfinished(transaction, runId)
    await requireFreeWay(transaction, run)
    const [row] = await transaction.query<RatingRunRow>(CLAIM_RUN, [runId, claim, at.toString()])
    if (row === undefined) throw new RatingRunUnknown(runId)
    return { run: ratingRunOf(row), cursor: row.cursor }
  })
}

/** Answers `ReratingStore.cancel`. */
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

async function requireFreeWay(transaction: PostgresTransaction, { id, selection }: Pick<RatingRun, 'id' | 'selection'>): Promise<void> {
  await transaction.query(ONE_AT_A_TIME)
  const { range, tenantId } = selection
  const [other] = await transaction.query<{ id: string }>(OVERLAPPING, [id, range.from.toString(), range.to.toString(), tenantId])
  if (other !== undefined) throw new RatingRunInProgress(other.id)
}

/** The lock makes a step in progress end first, and the next one see what is written here. */
async function lockUnfinished(transaction: PostgresTransaction, runId: string): Promise<RatingRun> {
  // Before the row, as a start does: two that wait for each other would otherwise do so in a circle.
  await transaction.query(ONE_AT_A_TIME)
  const [row] = await transaction.query<RatingRunRow>(`select ${RATING_RUN_COLUMNS} from usage.rating_runs where id = $1 for update`, [runId])
  if (row === undefined) throw new RatingRunUnknown(runId)
  if (row.state === 'completed' || row.state === 'cancelled') throw new RatingRunEnded(runId, row.state)
  return ratingRunOf(row)
}
