import { type PostgresDatabase, retryOnConflict } from '@tollgate/postgres'
import { isUuid, OPERATOR_SCOPE, tenantScope } from '@tollgate/kernel'
import type { RatingSelection } from '../../rerating/rating-selection.ts'
import type { ReratingStore } from '../../rerating/rerating-store.ts'
import type { UsageFilter } from '../../usage-store.ts'
import { measureGroups } from '../measure/measure-groups.ts'
import { changesOfRun, listCorrections } from './list-corrections.ts'
import { RATING_RUN_COLUMNS, ratingRunOf, type RatingRunRow } from './rating-run-row.ts'
import { readChunk } from './read-chunk.ts'
import { cancelRun, claimRun, startRun } from './start-run.ts'
import { suspendRun, writeStep } from './write-step.ts'

/** Keeps rating runs and corrections in PostgreSQL. Any number of processes may use the same database. */
export function postgresReratingStore(database: PostgresDatabase): ReratingStore {
  return {
    count: selection => countSelected(database, selection),
    read: (selection, request) => readChunk(database, selection, request),
    start: run => startRun(database, run),
    claim: request => claimRun(database, request),
    advance: step => retryOnConflict(() => writeStep(database, step)),
    suspend: request => suspendRun(database, request),
    cancel: request => cancelRun(database, request),

    async run(runId) {
      if (!isUuid(runId)) return undefined
      const [row] = await database.query<RatingRunRow>(OPERATOR_SCOPE, `select ${RATING_RUN_COLUMNS} from usage.rating_runs where id = $1`, [runId])
      return row && ratingRunOf(row)
    },

    async runs({ first, after }) {
      const page = `select ${RATING_RUN_COLUMNS} from usage.rating_runs where $1::uuid is null or id < $1 order by id desc limit $2`
      const rows = await database.query<RatingRunRow>(OPERATOR_SCOPE, page, [after ?? null, first + 1])
      return { runs: rows.slice(0, first).map(ratingRunOf), hasMore: rows.length > first }
    },

    changes: runId => changesOfRun(database, runId),
    corrections: (scope, eventIds) => listCorrections(database, scope, eventIds),
  }
}

async function countSelected(database: PostgresDatabase, { range, tenantId, provider, model, unpricedOnly }: RatingSelection): Promise<number> {
  const filter: UsageFilter = { ...(provider !== null && { providers: [provider] }), ...(model !== null && { models: [model] }) }
  const scope = tenantId === null ? OPERATOR_SCOPE : tenantScope(tenantId)
  const [group] = await measureGroups(database, scope, { buckets: [range], filter })
  if (group === undefined) return 0
  return unpricedOnly ? group.measures.unpricedCalls : group.measures.calls
}
