import { CORRECTION_SUMS } from '../schema/correction-columns.ts'

const OF_CORRECTIONS: Readonly<Record<string, string>> = Object.fromEntries(CORRECTION_SUMS.map(({ name, added }) => [name, `sum(${added})`]))
const OF_ROLLUPS: Readonly<Record<string, string>> = Object.fromEntries(CORRECTION_SUMS.map(({ name, type }) => [name, `sum(${name})::${type}`]))

/**
 * Returns subqueries that sum what corrections add, for one range of time of one tenant. Sums that corrections do not
 * change are 0. `edges` reads single corrections by their index (tenant_id, occurred_at).
 */
export function sumsOfCorrections(sums: readonly string[]): { readonly days: string; readonly hours: string; readonly edges: string } {
  const subquery = (
    table: string,
    time: string,
    added: Readonly<Record<string, string>>,
  ) => `select dimension_set_id, ${sums.map(sum => `${added[sum] ?? 0} as ${sum}`).join(', ')}
      from ${table} as correction
      where correction.tenant_id = tenants.tenant_id and ${time} >= starts and ${time} < ends
      group by dimension_set_id`
  return {
    days: subquery('usage.correction_rollups_daily', 'bucket_start', OF_ROLLUPS),
    hours: subquery('usage.correction_rollups_hourly', 'bucket_start', OF_ROLLUPS),
    edges: subquery('usage.cost_corrections', 'occurred_at', OF_CORRECTIONS),
  }
}
