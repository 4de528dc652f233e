import { type PostgresDatabase, retryOnConflict } from '@tollgate/postgres'
import { isUuid, OPERATOR_SCOPE, tenantScope, toPage } from '@tollgate/kernel'
import type { RatingSelection } from '../model/rating-selection.ts'
import type { UsageFilter } from '../model/usage-filter.ts'
import type { ReratingStore } from '../rerating-store.ts'
import { measureGroups } from './measure/measure-groups.ts'
import { changesOfRun, listCorrections } from './rerating/list-corrections.ts'
import { RATING_RUN_COLUMNS, ratingRunOf, type RatingRunRow } from './rerating/rating-run-row.ts'
import { readChunk } from './rerating/read-chunk.ts'
import { cancelRun, claimRun, startRun } from './rerating/start-run.ts'
import { suspendRun, writeStep } from './rerating/write-step.ts'

/** Stores rating runs and corrections in PostgreSQL. Any number of processes may share a database. */
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
      return toPage(rows.map(ratingRunOf), first)
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
