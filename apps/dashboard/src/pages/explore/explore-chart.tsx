import { useCallback, useMemo } from 'react'
import { type ChartData, chartData, type Point, type PointSeries } from '../../charts/chart-data.ts'
import { colorOf, otherColor } from '../../charts/palette.ts'
import { TimeChart } from '../../charts/time-chart.tsx'
import { useRead } from '../../graphql/use-read.ts'
import { wordOf } from '../../ui/format.ts'
import { Shown } from '../../ui/states.tsx'
import { USAGE_LATENCY } from './explore-latency.operations.ts'
import { USAGE_SERIES } from './explore-series.operations.ts'
import { USAGE_TOTALS, type UsageTotalsQuery } from './explore-totals.operations.ts'
import type { ExploreVariables } from './explore-variables.ts'
import { type ExploreView, MEASURES } from './explore-view.ts'
import { chartText, type Measured, numberOf, unitOf } from './measure.ts'
import { earlierAtSameTimes } from './earlier-points.ts'

export interface ExploreChartProps {
  readonly view: ExploreView
  readonly variables: ExploreVariables
  readonly currency: string
}

/** The measure over time: a layer for each of the largest groups, or the total against the period before. */
export function ExploreChart(props: ExploreChartProps) {
  const { view } = props
  if (view.isCompared || view.by.length === 0) return <TotalsChart {...props} />
  return view.measure === 'LATENCY_P95' ? <LatencyChart {...props} /> : <GroupsChart {...props} />
}

function TotalsChart({ view, variables, currency }: ExploreChartProps) {
  const read = useRead(USAGE_TOTALS, variables.totals)
  const usage = read.data?.usage
  const series = useMemo(() => usage && totalSeries(usage), [usage])
  return (
    <Shown read={read} lines={8}>
      {() => series && <Drawn {...{ view, currency, series }} kind="line" about="of all groups together" />}
    </Shown>
  )
}

function totalSeries({ series, previous }: UsageTotalsQuery['usage']): PointSeries<MeasuredPoint>[] {
  const now = { key: 'now', label: 'this period', color: colorOf('PERIOD', 'this period'), points: series }
  if (previous === undefined) return [now]
  return [now, { key: 'before', label: 'period before', color: otherColor(), points: earlierAtSameTimes(series, previous.series) }]
}

function GroupsChart(props: ExploreChartProps) {
  const read = useRead(USAGE_SERIES, props.variables.series)
  return (
    <Shown read={read} lines={8}>
      {({ usage: { groupedSeries } }) => <GroupedChart {...props} {...{ groupedSeries }} kind="stack" />}
    </Shown>
  )
}

function LatencyChart(props: ExploreChartProps) {
  const read = useRead(USAGE_LATENCY, props.variables.series)
  return (
    <Shown read={read} lines={8}>
      {({ usage: { groupedSeries } }) => <GroupedChart {...props} {...{ groupedSeries }} kind="line" />}
    </Shown>
  )
}

interface GroupedChartProps extends ExploreChartProps {
  readonly groupedSeries: GroupedSeries<MeasuredPoint>
  readonly kind: 'line' | 'stack'
}

function GroupedChart({ view, currency, groupedSeries, kind }: GroupedChartProps) {
  const dimensions = view.by.join(' ')
  const series = useMemo(() => groupSeries(groupedSeries, dimensions), [groupedSeries, dimensions])
  return <Drawn {...{ view, currency, series, kind }} about={byText(view)} />
}

function byText({ by }: ExploreView): string {
  return `by ${by.map(wordOf).join(' and ')}`
}

interface GroupedSeries<P> {
  readonly groupCount: number
  readonly series: readonly { readonly key: readonly { readonly value: string | null }[]; readonly points: readonly P[] }[]
  readonly other: readonly P[] | null
}

function groupSeries<P extends Point>({ groupCount, series, other }: GroupedSeries<P>, dimensions: string): PointSeries<P>[] {
  const largest = series.map(({ key, points }) => {
    const values = key.map(({ value }) => value)
    const name = values.every(value => value === null) ? null : values.map(value => value ?? 'none').join(' · ')
    return { key: JSON.stringify(values), label: name ?? 'none', color: colorOf(dimensions, name), points }
  })
  return other === null ? largest : [...largest, { key: 'other', label: `${groupCount - series.length} others`, color: otherColor(), points: other }]
}

interface MeasuredPoint extends Point {
  readonly measures: Measured
}

interface DrawnProps extends Pick<ExploreChartProps, 'view' | 'currency'> {
  readonly series: readonly PointSeries<MeasuredPoint>[]
  readonly kind: 'line' | 'stack'
  readonly about: string
}

function Drawn({ view: { measure, granularity }, currency, series, kind, about }: DrawnProps) {
  const data = useMemo((): ChartData => chartData(series, ({ measures }) => numberOf(measures, measure), Date.now()), [series, measure])
  const format = useCallback((value: number) => chartText(value, measure, currency), [measure, currency])
  const unit = unitOf(measure, currency)
  return (
    <TimeChart
      label={`${MEASURES.find(({ value }) => value === measure)?.label} ${about}${unit === undefined ? '' : ` (${unit})`}`}
      data={data}
      kind={kind}
      format={format}
      timeStyle={granularity === 'HOUR' ? 'minute' : 'day'}
    />
  )
}
