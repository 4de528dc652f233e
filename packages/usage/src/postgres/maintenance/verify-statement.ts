import { ROLLUP_SUMS } from '../schema/rollup-columns.ts'

const DIFFERS = [...ROLLUP_SUMS, 'bins'].map(sum => `expected_${sum} <> actual_${sum}`).join(' or ')

/**
 * Lists the differences between the rollups and the events of one day, $1 to $2: one row per sum that differs, whether
 * the rollup row is missing, wrong, or has no events. One statement, so one snapshot: a commit is in both or in neither.
 * Relies on the index on time of each table (BRIN on events). Bins are shown as "bin:count bin:count".
 */
export const VERIFY_DAY = `
  with ${comparison('hourly', 'hour')},
  ${comparison('daily', 'day')},
  differing as (
    select * from compared_hourly where ${DIFFERS}
    union all
    select * from compared_daily where ${DIFFERS}
  )
  select "table", bucket_start, tenant_id, dimension_set_id, measure, expected, actual
  from differing cross join lateral (
    ${ROLLUP_SUMS.map(sum => `select '${sum}', trim_scale(expected_${sum})::text, trim_scale(actual_${sum})::text where expected_${sum} <> actual_${sum}`)
      .join(`
    union all
    `)}
    union all
    select 'latency_bins', (${shownBins('expected_bins')}), (${shownBins('actual_bins')}) where expected_bins <> actual_bins
  ) as difference (measure, expected, actual)
  order by bucket_start, "table" desc, tenant_id collate "C", dimension_set_id, measure`

/** Merges the bins of all rows at once. Calling the merge function per row would take most of the time. */
function comparison(table: 'hourly' | 'daily', unit: 'hour' | 'day'): string {
  return `packed_${table} as (
    select bucket_start, tenant_id, dimension_set_id, unnest(bins) as packed
    from usage.latencies_${table} where bucket_start >= $1::timestamptz and bucket_start < $2::timestamptz
    union all
    select bucket_start, tenant_id, dimension_set_id, unnest(latency_tail)
    from usage.rollups_${table} where bucket_start >= $1::timestamptz and bucket_start < $2::timestamptz
  ), merged_${table} as (
    select bucket_start, tenant_id, dimension_set_id, packed >> 40 as bin, sum(packed & ((1::bigint << 40) - 1))::bigint as count
    from packed_${table}
    group by 1, 2, 3, 4
  ), bins_${table} as (
    select bucket_start, tenant_id, dimension_set_id, array_agg((bin << 40) + count order by bin) as bins
    from merged_${table}
    group by 1, 2, 3
  ), compared_${table} as (
    select 'rollups_${table}' as "table", bucket_start, tenant_id, dimension_set_id,
      ${ROLLUP_SUMS.map(sum => `coalesce(expected.${sum}, 0)::numeric as expected_${sum}, coalesce(actual.${sum}, 0)::numeric as actual_${sum}`).join(`,
      `)},
      coalesce(expected.latency_tail, '{}') as expected_bins, coalesce(merged.bins, '{}') as actual_bins
    from usage.sum_events('${unit}', $1::timestamptz, $2::timestamptz) as expected
    full join (
      select * from usage.rollups_${table} where bucket_start >= $1::timestamptz and bucket_start < $2::timestamptz
    ) as actual using (bucket_start, tenant_id, dimension_set_id)
    full join bins_${table} as merged using (bucket_start, tenant_id, dimension_set_id)
  )`
}

function shownBins(bins: string): string {
  return `select coalesce(string_agg((packed >> 40) || ':' || (packed & ((1::bigint << 40) - 1)), ' ' order by packed), '') from unnest(${bins}) as packed`
}
