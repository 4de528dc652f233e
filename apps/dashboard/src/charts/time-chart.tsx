import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { useZone } from '../app/use-zone.ts'
import { Button } from '../ui/button.tsx'
import { formatTime, type TimeStyle } from '../ui/format.ts'
import { type ChartData, stacked } from './chart-data.ts'
import { ChartTable } from './chart-table.tsx'
import { colorIn, themeOfPage } from './palette.ts'
import { plotOptions } from './plot-options.ts'

export interface TimeChartProps {
  /** What the chart shows, such as "Cost by model". */
  readonly label: string
  readonly data: ChartData
  readonly kind?: 'line' | 'stack'
  readonly height?: number
  /** Formats a value with its unit. */
  readonly format: (value: number) => string
  /** How exactly times are named: days, or minutes. */
  readonly timeStyle?: TimeStyle
}

/**
 * A chart over time. The arrow keys move along its points, whose values are announced; a table holds the same values. All charts
 * of a page share the crosshair.
 */
export function TimeChart({ label, data, kind = 'line', height = 240, format, timeStyle = 'day' }: TimeChartProps) {
  const zone = useZone()
  const place = useRef<HTMLDivElement>(null)
  const plot = useRef<uPlot>(undefined)
  const [at, setAt] = useState<number>()
  const [isTable, setTable] = useState(false)
  const [theme, setTheme] = useState(themeOfPage)
  const [drawings, setDrawings] = useState(0)
  const tableId = useId()
  // Prepared in one theme, perhaps, and seen in another.
  const colored = useMemo(() => ({ ...data, series: data.series.map(one => ({ ...one, color: colorIn(theme, one.color) })) }), [data, theme])
  const drawn = useMemo(() => (kind === 'stack' ? stacked(colored) : colored), [colored, kind])

  useEffect(() => {
    const redraw = () => {
      setTheme(themeOfPage())
      setDrawings(count => count + 1)
    }
    addEventListener('themechange', redraw)
    return () => removeEventListener('themechange', redraw)
  }, [])

  useEffect(() => {
    const element = place.current
    if (element === null || isTable) return
    const toDate = (seconds: number) => uPlot.tzDate(new Date(seconds * 1_000), zone)
    const style = { width: Math.max(element.clientWidth, 200), height, kind, timeZone: zone, format, toDate }
    const options = plotOptions(drawn, style)
    const values = [drawn.times, ...drawn.series.map(series => series.values)] as uPlot.AlignedData
    const made = new uPlot({ ...options, hooks: { ...options.hooks, setCursor: [({ cursor }) => setAt(cursor.idx ?? undefined)] } }, values, element)
    plot.current = made
    const resize = new ResizeObserver(() => made.setSize({ width: Math.max(element.clientWidth, 200), height }))
    resize.observe(element)
    return () => {
      resize.disconnect()
      made.destroy()
      plot.current = undefined
    }
  }, [drawn, kind, height, format, zone, isTable, drawings])

  const moveTo = (index: number) => {
    const next = Math.max(0, Math.min(data.times.length - 1, index))
    setAt(next)
    const made = plot.current
    const time = data.times[next]
    if (made !== undefined && time !== undefined) made.setCursor({ left: made.valToPos(time, 'x'), top: 0 }, false)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const moves: Readonly<Record<string, number>> = {
      ArrowLeft: (at ?? data.times.length) - 1,
      ArrowRight: (at ?? -1) + 1,
      Home: 0,
      End: data.times.length - 1,
    }
    const to = moves[event.key]
    if (to === undefined) return
    event.preventDefault()
    moveTo(to)
  }

  const time = at === undefined ? undefined : data.times[at]
  return (
    <figure className="min-w-0">
      <div className="mb-2 flex flex-wrap items-start justify-between gap-2">
        <Legend data={colored} at={at} format={format} />
        <Button look="quiet" className="ml-auto" aria-pressed={isTable} aria-controls={tableId} onClick={() => setTable(!isTable)}>
          {isTable ? 'Show chart' : 'Show table'}
        </Button>
      </div>
      <div id={tableId}>
        {isTable ? (
          <ChartTable label={label} data={data} format={format} timeStyle={timeStyle} />
        ) : (
          <div
            ref={place}
            role="slider"
            tabIndex={0}
            aria-label={`${label}. Use the arrow keys to read its points.`}
            aria-orientation="horizontal"
            aria-valuemin={0}
            aria-valuemax={Math.max(0, data.times.length - 1)}
            aria-valuenow={at ?? 0}
            aria-valuetext={time === undefined ? 'No point selected' : pointText(data, at, format, formatTime(time * 1_000, zone, timeStyle))}
            onKeyDown={onKeyDown}
            className="min-w-0 overflow-hidden rounded"
          />
        )}
      </div>
      <figcaption className="mt-1 flex flex-wrap justify-between gap-2 text-xs text-muted">
        <span>{time === undefined ? label : formatTime(time * 1_000, zone, timeStyle)}</span>
        <span>{zone}</span>
      </figcaption>
    </figure>
  )
}

function Legend({ data: { series }, at, format }: { readonly data: ChartData; readonly at: number | undefined; readonly format: (value: number) => string }) {
  return (
    <ul className="flex min-w-0 flex-wrap gap-x-4 gap-y-1 sm:flex-[1_1_16rem]">
      {series.map(({ key, label, color, values }) => {
        const value = at === undefined ? undefined : values[at]
        return (
          <li key={key} className="flex max-w-64 items-center gap-1.5">
            <span aria-hidden="true" className="size-2.5 shrink-0 rounded-sm" style={{ background: color }} />
            <span className="truncate" title={label}>
              {label}
            </span>
            {value !== undefined && <span className="text-muted tabular-nums">{value === null ? 'no data' : format(value)}</span>}
          </li>
        )
      })}
    </ul>
  )
}

function pointText({ series }: ChartData, at: number | undefined, format: (value: number) => string, time: string): string {
  const values = series.map(({ label, values: all }) => {
    const value = at === undefined ? undefined : all[at]
    return `${label}: ${value === undefined || value === null ? 'no data' : format(value)}`
  })
  return `${time}. ${values.join('; ')}`
}
