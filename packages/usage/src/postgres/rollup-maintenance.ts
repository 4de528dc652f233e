import { type PostgresDatabase, statementValues } from '@tollgate/postgres'
import { OPERATOR_SCOPE, Temporal } from '@tollgate/kernel'
import type { RollupDifference, RollupMaintenance } from '../rollup-maintenance.ts'
import { daysOf, startOfDay } from './maintenance/days-of.ts'
import { VERIFY_CORRECTIONS_OF_DAY } from './maintenance/verify-corrections-statement.ts'
import { VERIFY_DETAILS_OF_DAY } from './maintenance/verify-details-statement.ts'
import { VERIFY_DAY } from './maintenance/verify-statement.ts'
import { tenantsInScope } from './schema/tenants-in-scope.ts'

// The first and last event, day and hour of a tenant are the ends of a range of a primary key. Includes rollups without
// events, so that verification finds them.
const EXTENT = `
  with recursive tenants as (
    ${tenantsInScope(OPERATOR_SCOPE, statementValues())}
  ), ends as (
    select first, last
    from tenants cross join lateral (
      select min(occurred_at) as first, max(occurred_at) as last from usage.events where events.tenant_id = tenants.tenant_id
    ) as of_events
    union all
    select first, last
    from tenants cross join lateral (
      select min(bucket_start) as first, max(bucket_start) as last from usage.rollups_hourly as rollup where rollup.tenant_id = tenants.tenant_id
    ) as of_hours
    union all
    select first, last
    from tenants cross join lateral (
      select min(bucket_start) as first, max(bucket_start) as last from usage.rollups_daily as rollup where rollup.tenant_id = tenants.tenant_id
    ) as of_days
  )
  select min(first) as first, max(last) as last from ends`

interface DifferenceRow {
  table: RollupDifference['table']
  bucket_start: string
  tenant_id: string
  dimension_set_id: string
  measure: string
  expected: string
  actual: string
}

/** Verifies and rebuilds the rollups of all tenants in PostgreSQL. */
export function postgresRollupMaintenance(database: PostgresDatabase): RollupMaintenance {
  return {
    async verify(range, onProgress) {
      const differences: RollupDifference[] = []
      const days = daysOf(range)
      for (const [daysDone, { from, to }] of days.entries()) {
        for (const statement of [VERIFY_DAY, VERIFY_DETAILS_OF_DAY, VERIFY_CORRECTIONS_OF_DAY]) {
          const rows = await database.query<DifferenceRow>(OPERATOR_SCOPE, statement, [from.toString(), to.toString()])
          differences.push(...rows.map(differenceOf))
        }
        onProgress?.({ daysDone: daysDone + 1, daysTotal: days.length })
      }
      return differences
    },

    async rebuild(range, onProgress) {
      const days = daysOf(range)
      for (const [daysDone, { from }] of days.entries()) {
        await database.query(OPERATOR_SCOPE, 'select usage.rebuild_rollups($1::timestamptz)', [from.toString()])
        await database.query(OPERATOR_SCOPE, 'select usage.rebuild_correction_rollups($1::timestamptz)', [from.toString()])
        onProgress?.({ daysDone: daysDone + 1, daysTotal: days.length })
      }
    },

    async extent() {
      const [ends] = await database.query<{ first: string | null; last: string | null }>(OPERATOR_SCOPE, EXTENT)
      if (ends === undefined || ends.first === null || ends.last === null) return undefined
      return { from: startOfDay(Temporal.Instant.from(ends.first)), to: startOfDay(Temporal.Instant.from(ends.last)).add({ hours: 24 }) }
    },
  }
}

function differenceOf({ bucket_start, tenant_id, dimension_set_id, ...row }: DifferenceRow): RollupDifference {
  return { ...row, bucketStart: Temporal.Instant.from(bucket_start), tenantId: tenant_id, dimensionSetId: dimension_set_id }
}
