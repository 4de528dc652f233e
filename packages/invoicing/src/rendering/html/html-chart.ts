import type { ChartBlock } from '../document/page-layout.ts'
import { escapeHtml } from './escape-html.ts'

const WIDTH = 720
const ROW = 24
const BAR_LEFT = 220
const VALUE_WIDTH = 110
const DAY_HEIGHT = 120

/** Draws a chart as SVG: horizontal bars for models, vertical ones for days. */
export function chartSvg(chart: ChartBlock, color: string): string {
  return chart.by === 'model' ? modelBars(chart, color) : dayBars(chart, color)
}

function modelBars({ title, bars }: ChartBlock, color: string): string {
  const space = WIDTH - BAR_LEFT - VALUE_WIDTH
  const rows = bars.map(({ label, value, share }, row) => {
    const y = row * ROW
    const length = Math.max(1, share * space)
    return (
      `<text x="${BAR_LEFT - 8}" y="${y + 16}" text-anchor="end">${escapeHtml(short(label, 30))}</text>` +
      `<rect x="${BAR_LEFT}" y="${y + 4}" width="${length.toFixed(1)}" height="${ROW - 8}" fill="${color}"><title>${escapeHtml(label)}</title></rect>` +
      `<text x="${(BAR_LEFT + length + 6).toFixed(1)}" y="${y + 16}">${escapeHtml(value)}</text>`
    )
  })
  return svg({ title, height: bars.length * ROW, rows })
}

function dayBars({ title, bars }: ChartBlock, color: string): string {
  const step = WIDTH / bars.length
  const rows = bars.map(({ label, value, share }, position) => {
    const height = Math.max(share > 0 ? 1 : 0, share * DAY_HEIGHT)
    return (
      `<rect x="${(position * step + step * 0.15).toFixed(1)}" y="${(DAY_HEIGHT + 14 - height).toFixed(1)}" width="${(step * 0.7).toFixed(1)}" height="${height.toFixed(1)}" fill="${color}">` +
      `<title>${escapeHtml(`${label}: ${value}`)}</title></rect>`
    )
  })
  const highest = bars.find(({ share }) => share === 1)
  const axis = `<line x1="0" y1="${DAY_HEIGHT + 14}" x2="${WIDTH}" y2="${DAY_HEIGHT + 14}" stroke="#9aa3ad"/>`
  const ends =
    `<text x="0" y="${DAY_HEIGHT + 30}">${escapeHtml(bars[0]?.label ?? '')}</text>` +
    `<text x="${WIDTH}" y="${DAY_HEIGHT + 30}" text-anchor="end">${escapeHtml(bars.at(-1)?.label ?? '')}</text>` +
    `<text x="0" y="9">${escapeHtml(highest === undefined ? '' : `${highest.label}: ${highest.value}`)}</text>`
  return svg({ title, height: DAY_HEIGHT + 36, rows: [...rows, axis, ends] })
}

function svg({ title, height, rows }: { readonly title: string; readonly height: number; readonly rows: readonly string[] }): string {
  return `<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escapeHtml(title)}" font-size="11" fill="#1b1f24">${rows.join('')}</svg>`
}

/** Shortens a label that is too long for its place. */
function short(label: string, length: number): string {
  const characters = Array.from(label)
  return characters.length <= length ? label : `${characters.slice(0, length - 1).join('')}…`
}
