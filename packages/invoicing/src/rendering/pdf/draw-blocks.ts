import type { Fact, PaymentBlock, TableBlock, Total } from '../document/page-layout.ts'
import { darkRuns } from '../document/dark-runs.ts'
import { COLORS, type PageFlow } from './page-flow.ts'
import { INK, LINE_HEIGHT, type TextStyle } from './pdf-pen.ts'

const SIZE = 8.5
const CODE_SIZE = 84

/** Draws the title of a block. */
export function drawTitle(flow: PageFlow, title: string, color: string): void {
  flow.y += 14
  flow.need(40)
  flow.paragraph(title, { size: 10, bold: true, color })
  flow.y += 3
}

/** Draws labels and values in two columns. Returns the height. */
export function drawFacts(
  { pen }: PageFlow,
  facts: readonly Fact[],
  { x, y, width }: { readonly x: number; readonly y: number; readonly width: number },
): number {
  const soft: TextStyle = { size: SIZE, color: COLORS.soft }
  const labelWidth = Math.min(width * 0.5, Math.max(0, ...facts.map(({ label }) => pen.width(label, soft))) + 10)
  let top = y
  for (const { label, value } of facts) {
    const labels = pen.wrap(label, labelWidth - 6, soft)
    const values = pen.wrap(value, width - labelWidth, { size: SIZE })
    for (const [i, line] of labels.entries()) pen.text(line, { x, y: top + i * SIZE * LINE_HEIGHT }, soft)
    for (const [i, line] of values.entries()) pen.text(line, { x: x + labelWidth, y: top + i * SIZE * LINE_HEIGHT }, { size: SIZE })
    top += Math.max(labels.length, values.length) * SIZE * LINE_HEIGHT + 1.5
  }
  return top - y
}

/** Draws the sums on the right, all on one page. */
export function drawTotals(flow: PageFlow, totals: readonly Total[], color: string): void {
  const { pen } = flow
  const width = flow.width * 0.52
  const left = flow.left + flow.width - width
  const styleOf = ({ weight }: Total): TextStyle => (weight === 'final' ? { size: 11, bold: true, color } : { size: 9, bold: weight === 'strong', color: INK })
  const rows = totals.map(total => {
    const style = styleOf(total)
    const valueWidth = pen.width(total.value, style)
    const labels = pen.wrap(total.label, Math.max(40, width - valueWidth - 20), style)
    return { total, style, labels, height: labels.length * style.size * LINE_HEIGHT + 5 }
  })
  flow.y += 10
  flow.need(rows.reduce((sum, { height }) => sum + height, 0))
  for (const { total, style, labels, height } of rows) {
    if (total.weight !== 'normal')
      pen.rectangle({ x: left, y: flow.y, width, height: total.weight === 'final' ? 1.2 : 0.6 }, total.weight === 'final' ? color : COLORS.line)
    for (const [i, line] of labels.entries()) pen.text(line, { x: left + 5, y: flow.y + 3 + i * style.size * LINE_HEIGHT }, style)
    pen.text(total.value, { x: left, y: flow.y + 3, width: width - 5, align: 'right' }, style)
    flow.y += height
  }
}

/** Draws a small table. Its heads are repeated after a page break. */
export function drawTable(flow: PageFlow, { title, heads, rows }: TableBlock, color: string): void {
  const { pen, left, width } = flow
  const columns = columnWidths(width, heads.length)
  drawTitle(flow, title, color)
  drawCells(heads, { size: 7.5, bold: true, color: COLORS.soft })
  for (const row of rows) {
    if (flow.need(rowHeight(row, { size: 8 }))) drawCells(heads, { size: 7.5, bold: true, color: COLORS.soft })
    drawCells(row, { size: 8 })
  }

  function wrapped(row: readonly string[], style: TextStyle): readonly (readonly string[])[] {
    return row.map((text, position) => pen.wrap(text, (columns[position] ?? 0) - 8, style))
  }

  function rowHeight(row: readonly string[], style: TextStyle): number {
    return Math.max(1, ...wrapped(row, style).map(lines => lines.length)) * style.size * LINE_HEIGHT + 5
  }

  function drawCells(row: readonly string[], style: TextStyle): void {
    const height = rowHeight(row, style)
    let x = left
    for (const [position, lines] of wrapped(row, style).entries()) {
      const columnWidth = columns[position] ?? 0
      for (const [i, line] of lines.entries()) {
        const y = flow.y + 2.5 + i * style.size * LINE_HEIGHT
        pen.text(line, position === 0 ? { x: x + 5, y } : { x, y, width: columnWidth - 5, align: 'right' }, style)
      }
      x += columnWidth
    }
    flow.y += height
    pen.rectangle({ x: left, y: flow.y, width, height: 0.6 }, COLORS.line)
  }
}

function columnWidths(width: number, count: number): readonly number[] {
  const first = 0.34
  return Array.from({ length: count }, (_, position) => width * (position === 0 ? first : (1 - first) / (count - 1)))
}

/** Draws how to pay, with the QR code on the right. */
export function drawPayment(flow: PageFlow, { title, terms, instructions, code }: PaymentBlock, color: string): void {
  const { pen, left, width } = flow
  flow.need(code === null ? 60 + instructions.length * 13 : CODE_SIZE + 60)
  drawTitle(flow, title, color)
  const textWidth = code === null ? width : width - CODE_SIZE - 30
  const top = flow.y
  flow.paragraph(terms, { size: 9 }, { x: left, width: textWidth })
  flow.y += 4
  flow.y += drawFacts(flow, instructions, { x: left, y: flow.y, width: textWidth })
  if (code === null) return
  const x = left + width - CODE_SIZE
  const module = CODE_SIZE / code.modules.length
  for (const [row, modules] of code.modules.entries()) {
    for (const { from, to } of darkRuns(modules))
      pen.rectangle({ x: x + from * module, y: top + row * module, width: (to - from) * module, height: module }, '#000000')
  }
  pen.text(code.label, { x: x - 20, y: top + CODE_SIZE + 4, width: CODE_SIZE + 40, align: 'center' }, { size: 7, color: COLORS.soft })
  flow.y = Math.max(flow.y, top + CODE_SIZE + 16)
}
