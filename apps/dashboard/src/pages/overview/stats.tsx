import {
  formatAmount,
  formatChange,
  formatCompact,
  formatDuration,
  formatPercentChange,
  formatPoints,
  formatShare,
  formatShortAmount,
} from '../../ui/format.ts'
import { Stat } from '../../ui/stat.tsx'
import { marginOf } from './margin.ts'
import type { OverviewQuery } from './overview.operations.ts'

type Usage = OverviewQuery['usage']
type Measures = Usage['totals']

/** The numbers of the period, each with its change and its course. */
export function Stats({ usage: { totals, previous, change, series }, showsCosts }: { readonly usage: Usage; readonly showsCosts: boolean }) {
  const course = (read: (measures: Measures) => number | null) => series.map(({ measures }) => (measures.calls === 0 ? null : read(measures)))
  const before = previous.totals
  const isLess = (value: number | null | undefined) => (value === null || value === undefined || value === 0 ? undefined : value < 0)
  const changeOf = (value: number | null | undefined) => ({ change: formatChange(value), isLess: isLess(value) })
  const percentOf = (percentage: number | null) => ({ change: formatPercentChange(percentage), isLess: isLess(percentage) })
  // Shares change by points: a relative change of a share would be read as one of them.
  const pointsOf = (share: number | null, earlier: number | null) => {
    const points = share === null || earlier === null ? null : share - earlier
    return { change: formatPoints(points), isLess: isLess(points) }
  }
  const margin = marginOf(totals)
  return (
    <div className="grid grid-cols-2 gap-3 sm:grid-cols-3 lg:grid-cols-4 2xl:grid-cols-7">
      <Stat label="Calls" value={formatCompact(totals.calls)} {...percentOf(change.calls)} values={course(({ calls }) => calls)} />
      <Stat label="Tokens" value={formatCompact(totals.tokens.total)} {...percentOf(change.tokens)} values={course(({ tokens }) => Number(tokens.total))} />
      {showsCosts && (
        <Stat
          label="Cost"
          value={formatShortAmount(totals.cost, totals.currency)}
          exact={formatAmount(totals.cost, totals.currency)}
          {...percentOf(change.cost)}
          isMoreBetter={false}
          values={course(({ cost }) => Number(cost ?? 0))}
        />
      )}
      {totals.charge !== null && (
        <Stat
          label="Charge"
          value={formatShortAmount(totals.charge, totals.currency)}
          exact={formatAmount(totals.charge, totals.currency)}
          {...percentOf(change.charge)}
          {...(showsCosts && { isMoreBetter: true })}
          values={course(({ charge }) => Number(charge ?? 0))}
        />
      )}
      {showsCosts && totals.charge !== null && (
        <Stat
          label="Margin"
          value={margin === null ? '–' : formatShare(margin)}
          {...pointsOf(margin, marginOf(before))}
          isMoreBetter={true}
          values={course(marginOf)}
        />
      )}
      <Stat
        label="Error rate"
        value={formatShare(totals.errorRate)}
        {...pointsOf(totals.errorRate, before.calls === 0 ? null : before.errorRate)}
        isMoreBetter={false}
        values={course(({ errorRate }) => errorRate)}
      />
      <Stat
        label="Latency (p95)"
        value={totals.latencyMs === null ? '–' : formatDuration(totals.latencyMs.p95)}
        {...changeOf(relative(totals.latencyMs?.p95, before.latencyMs?.p95))}
        isMoreBetter={false}
        values={course(({ latencyMs }) => latencyMs?.p95 ?? null)}
      />
    </div>
  )
}

function relative(value: number | undefined, before: number | undefined): number | null {
  return value === undefined || before === undefined || before === 0 ? null : (value - before) / before
}
