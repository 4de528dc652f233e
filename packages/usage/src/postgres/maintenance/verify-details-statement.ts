/**
 * Lists the differences between the details of rollups and the events of one day, $1 to $2, and between the details of
 * corrections and the corrections, in the form of `VERIFY_DAY`. A row of 0 may be missing. Relies on the index on time of
 * each table. The measure is shown as "units.image.hd", without a variant as "units.image".
 */
export const VERIFY_DETAILS_OF_DAY = `
  with compared as (
    ${comparedDetails('hourly', 'hour')}
    union all
    ${comparedDetails('daily', 'day')}
    union all
    ${comparedCorrections('hourly', 'hour')}
    union all
    ${comparedCorrections('daily', 'day')}
  )
  select "table", bucket_start, tenant_id, dimension_set_id, measure || '.' || name || case when variant = '' then '' else '.' || variant end as measure,
    trim_scale(expected)::text as expected, trim_scale(actual)::text as actual
  from compared
  where expected <> actual
  order by bucket_start, "table" desc, tenant_id collate "C", dimension_set_id, measure`

function comparedDetails(table: 'hourly' | 'daily', unit: 'hour' | 'day'): string {
  return `select 'rollup_details_${table}' as "table", bucket_start, tenant_id, dimension_set_id, measure, name, variant,
      coalesce(expected.quantity, 0) as expected, coalesce(actual.quantity, 0) as actual
    from usage.sum_event_details('${unit}', $1::timestamptz, $2::timestamptz) as expected
    full join (
      select * from usage.rollup_details_${table} where bucket_start >= $1::timestamptz and bucket_start < $2::timestamptz
    ) as actual using (bucket_start, tenant_id, dimension_set_id, measure, name, variant)`
}

function comparedCorrections(table: 'hourly' | 'daily', unit: 'hour' | 'day'): string {
  return `select 'correction_details_${table}', bucket_start, tenant_id, dimension_set_id, 'unpriced_calls', reason, '',
      coalesce(expected.unpriced_calls, 0)::numeric, coalesce(actual.unpriced_calls, 0)::numeric
    from usage.sum_correction_details('${unit}', $1::timestamptz, $2::timestamptz) as expected
    full join (
      select * from usage.correction_details_${table} where bucket_start >= $1::timestamptz and bucket_start < $2::timestamptz
    ) as actual using (bucket_start, tenant_id, dimension_set_id, reason)`
}
