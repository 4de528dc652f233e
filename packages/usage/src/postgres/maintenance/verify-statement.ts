import { TOKEN_POOLS } from '@tollgate/tokens'
import { TOKEN_COLUMNS } from '../token-columns.ts'

const SUMS = ['calls', 'unpriced_calls', ...TOKEN_POOLS.map(pool => TOKEN_COLUMNS[pool]), 'latency_count', 'latency_sum_ms', 'cost', 'reported_cost', 'quantity']

/**
 * What differs between one day's rollups and its events, $1 to $2: a row for each sum of each rollup row, whether the
 * row is missing, wrong, or has no events. One statement, so one snapshot: every commit is in both or in neither.
 * Relies on the index over time of each table (BRIN on events). Bins are shown as "bin:count bin:count".
 */
export const VERIFY_DAY = `
  with compared as (
    ${compared('hourly', 'hour')}
    union all
    ${compared('daily', 'day')}
  )
  select "table", bucket_start, tenant_id, dimension_set_id, measure, expected, actual
  from compared cross join lateral (
    ${SUMS.map(sumDifference).join(`
    union all
    `)}
    union all
    select 'latency_bins', (${shownBins('expected_bins')}), (${shownBins('actual_bins')}) where expected_bins <> actual_bins
  ) as difference (measure, expected, actual)
  order by bucket_start, "table" desc, tenant_id collate "C", dimension_set_id, measure`

function compared(table: 'hourly' | 'daily', unit: 'hour' | 'day'): string {
  return `select 'rollups_${table}' as "table", bucket_start, tenant_id, dimension_set_id,
      ${SUMS.map(sum => `coalesce(expected.${sum}, 0)::numeric as expected_${sum}, coalesce(actual.${sum}, 0)::numeric as actual_${sum}`).join(`,
      `)},
      coalesce(expected.latency_tail, '{}') as expected_bins, usage.merge_latency_bins(actual.bins || actual.latency_tail) as actual_bins
    from usage.sum_events('${unit}', $1::timestamptz, $2::timestamptz) as expected
    full join (
      select *
      from usage.rollups_${table} full join usage.latencies_${table} using (bucket_start, tenant_id, dimension_set_id)
      where bucket_start >= $1::timestamptz and bucket_start < $2::timestamptz
    ) as actual using (bucket_start, tenant_id, dimension_set_id)`
}

function sumDifference(sum: string): string {
  return `select '${sum}', trim_scale(expected_${sum})::text, trim_scale(actual_${sum})::text where expected_${sum} <> actual_${sum}`
}

function shownBins(bins: string): string {
  return `select coalesce(string_agg((packed >> 40) || ':' || (packed & ((1::bigint << 40) - 1)), ' ' order by packed), '') from unnest(${bins}) as packed`
}
