const ROLLUP_SUMS = { cost: 'sum(cost)', unpriced_calls: 'sum(unpriced_calls)' }
const CORRECTION_SUMS = {
  cost: 'sum(coalesce(new_cost, 0) - coalesce(old_cost, 0))',
  unpriced_calls: `sum((new_state = 'unpriced')::integer - (old_state = 'unpriced')::integer)`,
}

/**
 * What corrections add to the sums of their dimension sets, for one stretch of a tenant's time: differences of cost and
 * of calls without a price, and 0 in every other column of `sums`. In `edges` from the single corrections, by their
 * index (tenant_id, occurred_at).
 */
export function sumsOfCorrections(sums: readonly string[]): { readonly days: string; readonly hours: string; readonly edges: string } {
  const stretch = (
    table: string,
    time: string,
    added: Readonly<Record<string, string>>,
  ) => `select dimension_set_id, ${sums.map(sum => `${added[sum] ?? 0} as ${sum}`).join(', ')}
      from ${table} as correction
      where correction.tenant_id = tenants.tenant_id and ${time} >= starts and ${time} < ends
      group by dimension_set_id`
  return {
    days: stretch('usage.correction_rollups_daily', 'bucket_start', ROLLUP_SUMS),
    hours: stretch('usage.correction_rollups_hourly', 'bucket_start', ROLLUP_SUMS),
    edges: stretch('usage.cost_corrections', 'occurred_at', CORRECTION_SUMS),
  }
}
