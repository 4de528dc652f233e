import type { Api } from './api.ts'

/** Returns the totals of 16 November 2023, the day of the trace, for all tenants. */
export async function traceDayTotals(api: Api): Promise<{ calls: number; tokens: { input: number; output: number } }> {
  const query = '{ usage(range: { from: "2023-11-16T00:00:00Z", to: "2023-11-17T00:00:00Z" }) { totals { calls tokens { input output } } } }'
  const { usage } = await api.ask(query)
  return usage.totals
}
