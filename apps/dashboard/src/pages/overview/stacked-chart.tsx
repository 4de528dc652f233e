import { useCallback, useMemo } from 'react'
import { useTenant } from '../../app/tenant-context.ts'
import { chartData } from '../../charts/chart-data.ts'
import { colorOf, otherColor } from '../../charts/palette.ts'
import { TimeChart } from '../../charts/time-chart.tsx'
import { formatShortAmount } from '../../ui/format.ts'
import { useRead } from '../../graphql/use-read.ts'
import { Shown } from '../../ui/states.tsx'
import { OVERVIEW_BY_GROUP, type OverviewByGroupQuery } from './overview.operations.ts'
import type { OverviewView } from './overview-view.ts'

export interface StackedChartProps extends OverviewView {
  readonly showsCosts: boolean
}

/** Cost, or what is charged, over time: a layer for each of the largest groups, and one for all others. */
export function StackedChart({ period, by, showsCosts }: StackedChartProps) {
  const { tenantId, timeZone } = useTenant()
  const read = useRead(OVERVIEW_BY_GROUP, { tenantId: tenantId ?? null, period: period.value, granularity: period.granularity, by: [by], timeZone })
  return (
    <Shown read={read} lines={8}>
      {({ usage: { groupedSeries } }) => <Layers {...{ groupedSeries, by, showsCosts }} hasHours={period.granularity === 'HOUR'} />}
    </Shown>
  )
}

interface LayersProps {
  readonly groupedSeries: OverviewByGroupQuery['usage']['groupedSeries']
  readonly by: OverviewView['by']
  readonly showsCosts: boolean
  readonly hasHours: boolean
}

function Layers({ groupedSeries, by, showsCosts, hasHours }: LayersProps) {
  const { currency } = useTenant()
  const data = useMemo(() => {
    const largest = groupedSeries.series.map(({ key, points }) => {
      const name = key[0]?.value ?? null
      return { key: `= ${name}`, label: name ?? 'none', color: colorOf(by, name), points }
    })
    const others = groupedSeries.groupCount - largest.length
    const other = groupedSeries.other === null ? [] : [{ key: 'other', label: `${others} others`, color: otherColor(), points: groupedSeries.other }]
    return chartData([...largest, ...other], ({ measures: { cost, charge } }) => Number((showsCosts ? cost : charge) ?? 0), Date.now())
  }, [groupedSeries, by, showsCosts])
  const unit = showsCosts ? 'USD' : currency
  const format = useCallback((value: number) => formatShortAmount(String(value), unit), [unit])
  return (
    <TimeChart
      label={`${showsCosts ? 'Cost' : 'Charge'} by ${by.toLowerCase().replace('_', ' ')} (${unit})`}
      data={data}
      kind="stack"
      format={format}
      timeStyle={hasHours ? 'minute' : 'day'}
    />
  )
}
