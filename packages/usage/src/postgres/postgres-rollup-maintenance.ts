import { OPERATOR_SCOPE, Temporal } from '@tollgate/kernel'
import type { PostgresDatabase } from '@tollgate/kernel/postgres'
import type { RollupDifference, RollupMaintenance } from '../rollup-maintenance.ts'
import { daysOf, startOfDay } from './maintenance/days-of.ts'
import { VERIFY_DAY } from './maintenance/verify-statement.ts'

// A tenant's first and last event are the ends of a stretch of the primary key (tenant_id, occurred_at, id), and its
// tenants those with dimension sets. A row of the rollups that has no events is to be found too: their index over time.
const EXTENT = `
  with ends as (
    select occurred_at as at
    from (select distinct tenant_id from usage.dimension_sets) as tenants
    cross join lateral (
      (select occurred_at from usage.events where events.tenant_id = tenants.tenant_id order by occurred_at limit 1)
      union all
      (select occurred_at from usage.events where events.tenant_id = tenants.tenant_id order by occurred_at desc limit 1)
    ) as ends_of_tenant
    union all
    select bucket_start from (select min(bucket_start), max(bucket_start) from usage.rollups_hourly) as h (a, b), unnest(array[a, b]) as bucket_start
    union all
    select bucket_start from (select min(bucket_start), max(bucket_start) from usage.rollups_daily) as d (a, b), unnest(array[a, b]) as bucket_start
  )
  select min(at) as first, max(at) as last from ends`

interface DifferenceRow {
  table: RollupDifference['table']
  bucket_start: string
  tenant_id: string
  dimension_set_id: string
  measure: string
  expected: string
  actual: string
}

/** Verifies and rebuilds the rollups of all tenants. */
export function postgresRollupMaintenance(database: PostgresDatabase): RollupMaintenance {
  return {
    async verify(range, onProgress) {
      const differences: RollupDifference[] = []
      const days = daysOf(range)
      for (const [daysDone, { from, to }] of days.entries()) {
        const rows = await database.query<DifferenceRow>(OPERATOR_SCOPE, VERIFY_DAY, [from.toString(), to.toString()])
        differences.push(...rows.map(differenceOf))
        onProgress?.({ daysDone: daysDone + 1, daysTotal: days.length })
      }
      return differences
    },

    async rebuild(range, onProgress) {
      const days = daysOf(range)
      for (const [daysDone, { from }] of days.entries()) {
        await database.query(OPERATOR_SCOPE, 'select usage.rebuild_rollups($1::timestamptz)', [from.toString()])
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
