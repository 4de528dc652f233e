import { CORRECTION_SUMS } from '../schema/correction-columns.ts'

const SUMS = CORRECTION_SUMS.map(({ name }) => name)

/**
 * Lists the differences between the rollups of corrections and the corrections of one day, $1 to $2, in the form of
 * `VERIFY_DAY`. A row of zeros may be missing. Relies on the index on time of each table (BRIN on corrections).
 */
export const VERIFY_CORRECTIONS_OF_DAY = `
  with compared as (
    ${compared('hourly', 'hour')}
    union all
    ${compared('daily', 'day')}
  )
  select "table", bucket_start, tenant_id, dimension_set_id, measure, expected, actual
  from compared cross join lateral (
    ${SUMS.map(sum => `select '${sum}', trim_scale(expected_${sum})::text, trim_scale(actual_${sum})::text where expected_${sum} <> actual_${sum}`).join(`
    union all
    `)}
  ) as difference (measure, expected, actual)
  order by bucket_start, "table" desc, tenant_id collate "C", dimension_set_id, measure`

function compared(table: 'hourly' | 'daily', unit: 'hour' | 'day'): string {
  return `select 'correction_rollups_${table}' as "table", bucket_start, tenant_id, dimension_set_id,
      ${SUMS.map(sum => `coalesce(expected.${sum}, 0)::numeric as expected_${sum}, coalesce(actual.${sum}, 0)::numeric as actual_${sum}`).join(`,
      `)}
    from usage.sum_corrections('${unit}', $1::timestamptz, $2::timestamptz) as expected
    full join (
      select * from usage.correction_rollups_${table} where bucket_start >= $1::timestamptz and bucket_start < $2::timestamptz
    ) as actual using (bucket_start, tenant_id, dimension_set_id)`
}
