import type uPlot from 'uplot'
import type { ChartData } from './chart-data.ts'
import { linePaths } from './line-paths.ts'

/** How a chart is drawn. */
export interface PlotStyle {
  readonly width: number
  readonly height: number
  /** `stack` fills between layers that were added up. */
  readonly kind: 'line' | 'stack'
  readonly timeZone: string
  /** Formats a value with its unit, for the axis. */
  readonly format: (value: number) => string
  readonly toDate: (seconds: number) => Date
}

/** Charts whose crosshairs move together. */
const CROSSHAIR = 'tollgate'

/** Returns the options of uPlot for a chart: axes with units, a crosshair that all charts share, and the running bucket dashed. */
export function plotOptions({ series, runningFrom }: ChartData, style: PlotStyle): uPlot.Options {
  const page = getComputedStyle(document.documentElement)
  const [ink, line] = [page.getPropertyValue('--muted').trim(), page.getPropertyValue('--line').trim()]
  const axis = { stroke: ink, grid: { stroke: line, width: 1 }, ticks: { stroke: line, width: 1 }, font: '12px system-ui, sans-serif' }
  const width = style.kind === 'stack' ? 1 : 2
  const paths = linePaths({ width, kind: style.kind })
  const layers = series.map(({ label, color }): uPlot.Series => ({
    label,
    stroke: color,
    width,
    ...(style.kind === 'stack' && { fill: `${color}55` }),
    points: { show: false },
    paths,
    spanGaps: false,
  }))
  return {
    width: style.width,
    height: style.height,
    tzDate: style.toDate,
    legend: { show: false },
    cursor: { sync: { key: CROSSHAIR }, points: { size: 6 }, drag: { x: false, y: false } },
    scales: { y: { range: (_plot, min, max) => [Math.min(0, min), max > 0 ? max * 1.05 : 1] } },
    axes: [axis, { ...axis, size: widthOfLabels, values: (_plot, ticks) => ticks.map(tick => style.format(tick)) }],
    series: [{}, ...layers],
    // From the top layer down, each fills to the one below it.
    ...(style.kind === 'stack' && { bands: series.slice(1).map((_layer, at): uPlot.Band => ({ series: [at + 2, at + 1] })) }),
    hooks: { draw: [plot => dashRunning(plot, runningFrom, page.getPropertyValue('--raised').trim())] },
  }
}

/** The least width of the axis of values, in pixels. */
const MIN_AXIS = 72

/** How wide a digit is, in pixels, at most. */
const DIGIT = 8

/** Returns a width that has room for the longest label, and for the tick. */
function widthOfLabels(_plot: uPlot, labels: readonly (string | null)[] | null): number {
  return Math.max(MIN_AXIS, 16 + DIGIT * Math.max(0, ...(labels ?? []).map(label => label?.length ?? 0)))
}

/** Dashes the part of each line that leads to buckets which have not ended: covers it with short gaps of the background. */
function dashRunning(plot: uPlot, runningFrom: number | undefined, background: string): void {
  if (runningFrom === undefined || runningFrom === 0) return
  const [times] = plot.data
  const [from, to] = [times[runningFrom - 1], times.at(-1)]
  if (from === undefined || to === undefined) return
  const { ctx } = plot
  const [left, right] = [plot.valToPos(from, 'x', true), plot.valToPos(to, 'x', true)]
  ctx.save()
  ctx.fillStyle = background
  ctx.globalAlpha = 0.85
  for (let x = left + 4; x < right; x += 8) ctx.fillRect(x, plot.bbox.top, 4, plot.bbox.height)
  ctx.restore()
}
