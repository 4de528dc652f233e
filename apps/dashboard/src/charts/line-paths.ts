import uPlot from 'uplot'
import { type PixelColumn, pixelColumns } from './pixel-columns.ts'

/** From this number of points in a pixel on, a line is drawn column by column. */
const DENSE = 2

/** What is drawn of a series. */
export interface LineStyle {
  /** In pixels of the page. */
  readonly width: number
  /** `stack` fills down to the series before it. */
  readonly kind: 'line' | 'stack'
}

/**
 * Returns what draws the lines of a chart: through their points or, where those are denser than pixels, column by column. A stroke
 * through thousands of points of one pixel takes many times as long to paint, and looks the same.
 */
export function linePaths({ width, kind }: LineStyle): uPlot.Series.PathBuilder {
  const through = uPlot.paths.linear?.()
  return (plot, series, from, to) => {
    if (to - from < plot.bbox.width * DENSE) return through?.(plot, series, from, to) ?? null
    const columns = columnsOf(plot, series, { from, to })
    const stroke = strokeOf(plot, columns, width)
    if (kind === 'line') return { stroke }
    const below = series > 1 ? columnsOf(plot, series - 1, { from, to }) : []
    // No flags: the area needs no clip where the layer below begins.
    return { stroke, fill: fillOf(plot, { columns, below, width }), flags: 0 }
  }
}

function columnsOf(plot: uPlot, series: number, { from, to }: { readonly from: number; readonly to: number }): readonly PixelColumn[] {
  const [times] = plot.data
  const { min = 0, max = 0 } = plot.scales['x'] ?? {}
  const { left, width } = plot.bbox
  const columnOf = (at: number) => Math.round(left + (((times[from + at] ?? min) - min) / (max - min || 1)) * width)
  return pixelColumns(Array.from(plot.data[series] ?? []).slice(from, to + 1), columnOf)
}

function strokeOf(plot: uPlot, columns: readonly PixelColumn[], width: number): Path2D {
  const half = (width * devicePixelRatio) / 2
  const path = new Path2D()
  for (const { column, low, high } of columns) {
    path.moveTo(column, plot.valToPos(high, 'y', true) - half)
    path.lineTo(column, plot.valToPos(low, 'y', true) + half)
  }
  return path
}

interface Layer {
  readonly columns: readonly PixelColumn[]
  readonly below: readonly PixelColumn[]
  readonly width: number
}

function fillOf(plot: uPlot, { columns, below, width }: Layer): Path2D {
  const bottoms = new Map(below.map(({ column, high }) => [column, high]))
  // A stroke of an odd width is moved by half a pixel, and the area with it.
  const offset = ((width * devicePixelRatio) % 2) / 2
  const path = new Path2D()
  for (const { column, high } of columns) {
    const top = plot.valToPos(high, 'y', true)
    path.rect(column - offset, top, 1, plot.valToPos(bottoms.get(column) ?? 0, 'y', true) - top)
  }
  return path
}
