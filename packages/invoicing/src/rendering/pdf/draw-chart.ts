import type { ChartBlock } from '../document/page-layout.ts'
import { drawTitle } from './draw-blocks.ts'
import { COLORS, type PageFlow } from './page-flow.ts'
import { LINE_HEIGHT } from './pdf-pen.ts'

const SIZE = 7.5
const LABEL_WIDTH = 150
const VALUE_WIDTH = 90
const ROW = 15
const DAY_HEIGHT = 80

/** Draws a chart: horizontal bars for models, vertical ones for days. */
export function drawChart(flow: PageFlow, chart: ChartBlock, color: string): void {
  const height = chart.by === 'model' ? chart.bars.length * ROW : DAY_HEIGHT + 2 * SIZE * LINE_HEIGHT + 4
  flow.need(height + 40)
  drawTitle(flow, chart.title, color)
  if (chart.by === 'model') drawModels(flow, chart, color)
  else drawDays(flow, chart, color)
  flow.y += height
}

function drawModels({ pen, left, width, y }: PageFlow, { bars }: ChartBlock, color: string): void {
  const space = width - LABEL_WIDTH - VALUE_WIDTH
  for (const [row, { label, value, share }] of bars.entries()) {
    const top = y + row * ROW
    const [first = '', ...more] = pen.wrap(label, LABEL_WIDTH - 14, { size: SIZE })
    pen.text(more.length === 0 ? first : `${first}…`, { x: left, y: top, width: LABEL_WIDTH - 8, align: 'right' }, { size: SIZE })
    const length = Math.max(0.6, share * space)
    pen.rectangle({ x: left + LABEL_WIDTH, y: top, width: length, height: ROW - 5 }, color)
    pen.text(value, { x: left + LABEL_WIDTH + length + 5, y: top }, { size: SIZE, color: COLORS.soft })
  }
}

function drawDays({ pen, left, width, y }: PageFlow, { bars }: ChartBlock, color: string): void {
  const style = { size: SIZE, color: COLORS.soft }
  const step = width / bars.length
  const base = y + SIZE * LINE_HEIGHT + DAY_HEIGHT
  const highest = bars.find(({ share }) => share === 1)
  if (highest !== undefined) pen.text(`${highest.label}: ${highest.value}`, { x: left, y }, style)
  for (const [position, { share }] of bars.entries()) {
    const height = share > 0 ? Math.max(0.6, share * DAY_HEIGHT) : 0
    if (height > 0) pen.rectangle({ x: left + position * step + step * 0.15, y: base - height, width: step * 0.7, height }, color)
  }
  pen.rectangle({ x: left, y: base, width, height: 0.6 }, COLORS.soft)
  pen.text(bars[0]?.label ?? '', { x: left, y: base + 3 }, style)
  pen.text(bars.at(-1)?.label ?? '', { x: left, y: base + 3, width, align: 'right' }, style)
}
