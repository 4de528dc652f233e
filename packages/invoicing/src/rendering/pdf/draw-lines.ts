import type { LineCells, LineGroup, LineRow, LinesBlock } from '../document/page-layout.ts'
import { COLORS, type PageFlow } from './page-flow.ts'
import { LINE_HEIGHT, type TextStyle } from './pdf-pen.ts'

const SIZE = 8.5
const PAD = 5
const ROW_PAD = 4
const BODY: TextStyle = { size: SIZE }
const REMARK: TextStyle = { size: 7.5, color: COLORS.soft }
const STRONG: TextStyle = { size: SIZE, bold: true }
const HEAD: TextStyle = { size: 8, bold: true, color: COLORS.white }
const HEAD_HEIGHT = HEAD.size * LINE_HEIGHT + 2 * ROW_PAD

/** Parts of the width that columns have. */
const COLUMNS = { description: 0.38, quantity: 0.19, unitPrice: 0.17, tax: 0.1, amount: 0.16 } as const
const ORDER = ['description', 'quantity', 'unitPrice', 'tax', 'amount'] as const

/** Draws the lines. The heads are repeated on each page, and no row is divided by a page break. Yields after each line. */
export function* drawLines(flow: PageFlow, { heads, groups, empty }: LinesBlock, color: string): Generator<void, void, undefined> {
  const table = { flow, heads, color }
  flow.need(HEAD_HEIGHT + 40)
  drawHead(table)
  if (groups.length === 0) {
    flow.y += ROW_PAD
    flow.paragraph(empty, { size: SIZE, color: COLORS.soft }, { x: flow.left + PAD, width: flow.width - 2 * PAD })
    flow.y += ROW_PAD
    rule(flow)
  }
  for (const group of groups) yield* drawGroup(table, group)
}

interface Table {
  readonly flow: PageFlow
  readonly heads: LineCells
  readonly color: string
}

function* drawGroup(table: Table, { title, rows, total }: LineGroup): Generator<void, void, undefined> {
  const { flow } = table
  let first = true
  for (const row of rows) {
    const measured = measureRow(flow, row)
    const titleLines = first && title !== null ? flow.pen.wrap(title, flow.width - 2 * PAD, STRONG) : []
    const titleHeight = titleLines.length === 0 ? 0 : titleLines.length * SIZE * LINE_HEIGHT + 2 * ROW_PAD
    if (flow.need(titleHeight + measured.height)) drawHead(table)
    if (titleHeight > 0) {
      flow.pen.rectangle({ x: flow.left, y: flow.y, width: flow.width, height: titleHeight }, COLORS.wash)
      for (const [i, line] of titleLines.entries()) flow.pen.text(line, { x: flow.left + PAD, y: flow.y + ROW_PAD + i * SIZE * LINE_HEIGHT }, STRONG)
      flow.y += titleHeight
    }
    drawRow(flow, measured)
    first = false
    yield
  }
  if (total !== null) drawGroupTotal(table, total)
}

function drawGroupTotal(table: Table, { label, value }: { readonly label: string; readonly value: string }): void {
  const { flow } = table
  const amountWidth = flow.width * COLUMNS.amount
  const lines = flow.pen.wrap(label, flow.width - amountWidth - 2 * PAD, STRONG)
  const height = lines.length * SIZE * LINE_HEIGHT + 2 * ROW_PAD
  if (flow.need(height)) drawHead(table)
  for (const [i, line] of lines.entries()) flow.pen.text(line, { x: flow.left + PAD, y: flow.y + ROW_PAD + i * SIZE * LINE_HEIGHT }, STRONG)
  drawNumber(flow, { text: value, x: flow.left + flow.width - amountWidth, y: flow.y + ROW_PAD, width: amountWidth - PAD }, STRONG)
  flow.y += height
  rule(flow)
}

interface MeasuredRow {
  readonly row: LineRow
  readonly cells: Readonly<Record<keyof LineCells, readonly string[]>>
  readonly remarks: readonly string[]
  readonly deductions: readonly { readonly lines: readonly string[]; readonly value: string }[]
  readonly height: number
}

function measureRow({ pen, width }: PageFlow, row: LineRow): MeasuredRow {
  const space = (column: keyof LineCells) => width * COLUMNS[column] - (column === 'description' ? 2 * PAD : PAD)
  const cell = (column: keyof LineCells) => pen.wrap(row.cells[column], space(column), BODY)
  const cells = {
    description: cell('description'),
    quantity: cell('quantity'),
    // Shrunk rather than broken: each is one number.
    unitPrice: [row.cells.unitPrice],
    tax: [row.cells.tax],
    amount: [row.cells.amount],
  }
  const remarks = row.remarks.flatMap(remark => pen.wrap(remark, space('description'), REMARK))
  const deductions = row.deductions.map(({ label, value }) => ({
    lines: pen.wrap(label, width * (1 - COLUMNS.amount) - 2 * PAD, REMARK),
    value,
  }))
  const first = cells.description.length * SIZE * LINE_HEIGHT + remarks.length * REMARK.size * LINE_HEIGHT
  const others = Math.max(...ORDER.slice(1).map(column => cells[column].length)) * SIZE * LINE_HEIGHT
  const deducted = deductions.reduce((sum, { lines }) => sum + lines.length * REMARK.size * LINE_HEIGHT, 0)
  return { row, cells, remarks, deductions, height: Math.max(first, others) + deducted + 2 * ROW_PAD }
}

function drawRow(flow: PageFlow, { cells, remarks, deductions, height }: MeasuredRow): void {
  const { pen, left, width } = flow
  const top = flow.y + ROW_PAD
  let x = left
  for (const column of ORDER) {
    const columnWidth = width * COLUMNS[column]
    for (const [i, line] of cells[column].entries()) {
      const y = top + i * SIZE * LINE_HEIGHT
      if (column === 'description') pen.text(line, { x: x + PAD, y }, BODY)
      else drawNumber(flow, { text: line, x, y, width: columnWidth - PAD }, BODY)
    }
    x += columnWidth
  }
  let y = top + cells.description.length * SIZE * LINE_HEIGHT
  for (const remark of remarks) {
    pen.text(remark, { x: left + PAD, y }, REMARK)
    y += REMARK.size * LINE_HEIGHT
  }
  const amountWidth = width * COLUMNS.amount
  y = flow.y + height - ROW_PAD - deductions.reduce((sum, { lines }) => sum + lines.length * REMARK.size * LINE_HEIGHT, 0)
  for (const { lines, value } of deductions) {
    drawNumber(flow, { text: value, x: left + width - amountWidth, y, width: amountWidth - PAD }, REMARK)
    for (const line of lines) {
      pen.text(line, { x: left + PAD, y }, REMARK)
      y += REMARK.size * LINE_HEIGHT
    }
  }
  flow.y += height
  rule(flow)
}

/** Draws text to the right, smaller if it is too long for its column. */
function drawNumber(
  { pen }: PageFlow,
  { text, x, y, width }: { readonly text: string; readonly x: number; readonly y: number; readonly width: number },
  style: TextStyle,
): void {
  const needed = pen.width(text, style)
  pen.text(text, { x, y, width, align: 'right' }, needed > width ? { ...style, size: (style.size * width) / needed } : style)
}

function drawHead({ flow, heads, color }: Table): void {
  const { pen, left, y } = flow
  pen.rectangle({ x: left, y, width: flow.width, height: HEAD_HEIGHT }, color)
  let x = left
  for (const column of ORDER) {
    const width = flow.width * COLUMNS[column]
    if (column === 'description') pen.text(heads[column], { x: x + PAD, y: y + ROW_PAD }, HEAD)
    else drawNumber(flow, { text: heads[column], x, y: y + ROW_PAD, width: width - PAD }, HEAD)
    x += width
  }
  flow.y += HEAD_HEIGHT
}

function rule({ pen, left, width, y }: PageFlow): void {
  pen.rectangle({ x: left, y, width, height: 0.6 }, COLORS.line)
}
