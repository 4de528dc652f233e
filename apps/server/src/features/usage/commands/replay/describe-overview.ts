import { Decimal, round } from '@tollgate/kernel'
import { table } from '../../../../cli/table.ts'
import type { Group, Integer, Measures, UsageOverview } from './usage-overview.ts'

const NUMBER = { align: 'end' } as const

/** Formats an overview as tables. Costs are in USD and rounded, except the total. */
export function describeOverview({ totals, providers, customers, products, features, days }: UsageOverview): string {
  return [
    `Totals: ${count(totals.calls)} calls, ${count(totals.tokens.total)} tokens, ${totals.cost} USD${unpriced(totals)}`,
    section('Cost by provider', ['provider'], providers),
    section('Cost by customer, top 10', ['customer'], customers),
    section('Cost by organization and product', ['organization', 'product'], products),
    `Daily trend\n${table(
      [{ heading: 'day' }, ...SUM_COLUMNS],
      days.map(({ start, measures }) => [start.slice(0, 10), ...sums(measures)]),
    )}`,
    `Features\n${featureTable(features)}`,
  ].join('\n\n')
}

const SUM_COLUMNS = [
  { heading: 'calls', ...NUMBER },
  { heading: 'tokens', ...NUMBER },
  { heading: 'cost', ...NUMBER },
]

function section(title: string, headings: readonly string[], groups: readonly Group[]): string {
  const columns = [...headings.map(heading => ({ heading })), ...SUM_COLUMNS]
  return `${title}\n${table(
    columns,
    groups.map(({ key, measures }) => [...key.map(({ value }) => value ?? '-'), ...sums(measures)]),
  )}`
}

function featureTable(features: readonly Group[]): string {
  const columns = [{ heading: 'feature' }, ...['cost', 'calls', 'customers', 'total tokens', 'average cost per call'].map(heading => ({ heading, ...NUMBER }))]
  return table(
    columns,
    features.map(({ key, measures: { cost, calls, customers, tokens, averageCostPerCall } }) => [
      key[0]?.value ?? '-',
      usd(cost, 6),
      count(calls),
      count(customers),
      count(tokens.total),
      averageCostPerCall === null ? '-' : usd(averageCostPerCall, 8),
    ]),
  )
}

function sums({ calls, tokens, cost }: Measures): string[] {
  return [count(calls), count(tokens.total), usd(cost, 6)]
}

function unpriced({ unpricedCalls, unpricedReasons }: Measures): string {
  if (unpricedCalls === 0) return ''
  const reasons = unpricedReasons.map(({ reason, calls }) => `${count(calls)} ${reason}`).join(', ')
  return `, ${count(unpricedCalls)} calls without a price${reasons === '' ? '' : ` (${reasons})`}`
}

function count(value: Integer): string {
  return BigInt(value).toLocaleString('en')
}

function usd(amount: string, scale: number): string {
  return round(new Decimal(amount), { scale, mode: 'half-even' }).toFixed(scale)
}
