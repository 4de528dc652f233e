import { Decimal, ZERO } from '@tollgate/kernel'
import type { UsageChart } from './invoice-document.ts'
import type { Bar, ChartBlock } from './page-layout.ts'
import type { LinePrinting } from './printed-lines.ts'

/** Maximum number of bars of a chart by model: the others are one bar. */
export const MAX_MODEL_BARS = 8

/** Maximum number of bars of a chart by day: the days of a quarter. Longer charts are not drawn. */
export const MAX_DAY_BARS = 92

/** Returns the chart of usage. Null if there is nothing to compare. */
export function printedChart({ invoice, formats, messages }: LinePrinting, usage: UsageChart | undefined): ChartBlock | null {
  if (invoice.kind === 'credit_note') return null
  const { by, points } = usage === undefined ? { by: 'model' as const, points: amountsByModel() } : labelled(usage)
  if (points.length < 2 || points.every(({ amount }) => amount.lte(0)) || (by === 'day' && points.length > MAX_DAY_BARS)) return null
  const shown = by === 'day' ? points : largest(points)
  const longest = Decimal.max(...shown.map(({ amount }) => amount))
  return {
    title: by === 'day' ? messages.usageByDay : messages.usageByModel,
    by,
    bars: shown.map(({ label, amount }): Bar => ({ label, value: formats.money(amount), share: shareOf(amount, longest) })),
  }

  function amountsByModel(): readonly Point[] {
    const sums = new Map<string, Decimal>()
    for (const { kind, provider, model, amount } of invoice.lines) {
      if (kind !== 'usage' || (provider === null && model === null)) continue
      const label = [provider, model].filter(part => part !== null).join(' ')
      sums.set(label, (sums.get(label) ?? ZERO).plus(amount))
    }
    return [...sums].map(([label, amount]) => ({ label, amount }))
  }

  function labelled(chart: UsageChart): { readonly by: UsageChart['by']; readonly points: readonly Point[] } {
    return chart.by === 'day'
      ? { by: 'day', points: chart.points.map(({ day, amount }) => ({ label: formats.day(day), amount })) }
      : { by: 'model', points: chart.points.map(({ model, amount }) => ({ label: model, amount })) }
  }

  function largest(all: readonly Point[]): readonly Point[] {
    const sorted = all.toSorted((a, b) => b.amount.comparedTo(a.amount) || (a.label < b.label ? -1 : 1))
    if (sorted.length <= MAX_MODEL_BARS) return sorted
    const rest = sorted.slice(MAX_MODEL_BARS - 1)
    return [...sorted.slice(0, MAX_MODEL_BARS - 1), { label: messages.otherModels, amount: rest.reduce((sum, { amount }) => sum.plus(amount), ZERO) }]
  }
}

interface Point {
  readonly label: string
  readonly amount: Decimal
}

/** The length of a bar: a ratio, not money. */
function shareOf(amount: Decimal, longest: Decimal): number {
  return amount.lte(0) ? 0 : Number(amount.div(longest).toFixed(4))
}
