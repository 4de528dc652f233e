import type { PageLayout, PartyBlock, Stamp } from '../document/page-layout.ts'
import { drawFacts, drawPayment, drawTable, drawTitle, drawTotals } from './draw-blocks.ts'
import { drawChart } from './draw-chart.ts'
import { drawLines } from './draw-lines.ts'
import { COLORS, createFlow, type PageFlow } from './page-flow.ts'
import { INK, LINE_HEIGHT, type Pen } from './pdf-pen.ts'

const LOGO = { width: 180, height: 54 } as const
const SIZE = 8.5

/** Draws an invoice. Yields after each line, and returns the number of pages. */
export function* drawInvoice(pen: Pen, page: PageLayout, pageCount: number): Generator<void, number, undefined> {
  const flow = createFlow(pen, page, pageCount)
  drawTop(flow, page)
  drawHeading(flow, page)
  drawBuyer(flow, page)
  yield* drawLines(flow, page.lines, page.color)
  drawTotals(flow, page.totals, page.color)
  if (page.taxes !== null) drawTable(flow, page.taxes, page.color)
  if (page.taxNotes.length > 0) flow.y += 6
  for (const note of page.taxNotes) flow.paragraph(note, { size: SIZE })
  if (page.chart !== null) drawChart(flow, page.chart, page.color)
  if (page.exchangeRates !== null) drawTable(flow, page.exchangeRates, page.color)
  drawPayment(flow, page.payment, page.color)
  if (page.notes !== null) {
    drawTitle(flow, page.notes.title, page.color)
    flow.paragraph(page.notes.text, { size: SIZE })
  }
  flow.end()
  return flow.pages
}

/** Logo or name on the left, the seller on the right. */
function drawTop(flow: PageFlow, { logo, seller, color }: PageLayout): void {
  const { pen, left, width } = flow
  const top = flow.y
  const half = width / 2 - 12
  let brandHeight: number = LOGO.height
  if (logo !== null) pen.image(logo.bytes, { x: left, y: top, ...LOGO })
  else {
    const style = { size: 15, bold: true, color }
    const lines = pen.wrap(seller.name, half, style).slice(0, 3)
    for (const [i, line] of lines.entries()) pen.text(line, { x: left, y: top + i * style.size * LINE_HEIGHT }, style)
    brandHeight = lines.length * style.size * LINE_HEIGHT
  }
  const height = drawParty(flow, seller, { x: left + width - half, y: top, width: half, align: 'right', size: 8 })
  flow.y = top + Math.max(brandHeight, height) + 18
}

function drawHeading(flow: PageFlow, { heading, stamp, color }: PageLayout): void {
  const style = { size: 20, bold: true, color }
  flow.pen.text(heading, { x: flow.left, y: flow.y }, style)
  if (stamp !== null) drawStamp(flow, stamp, flow.left + flow.pen.width(heading, style) + 14)
  flow.y += style.size * LINE_HEIGHT + 10
}

function drawStamp({ pen, y }: PageFlow, { text, tone }: Stamp, x: number): void {
  const color = tone === 'neutral' ? COLORS.soft : COLORS[tone]
  const style = { size: 9, bold: true, color }
  const label = text.toLocaleUpperCase()
  const box = { x, y: y + 4, width: pen.width(label, style) + 14, height: 18 }
  pen.frame(box, color)
  pen.text(label, { x, y: box.y + 3.2, width: box.width, align: 'center' }, style)
}

/** The buyer on the left, numbers and dates on the right. */
function drawBuyer(flow: PageFlow, { buyer, facts }: PageLayout): void {
  const { left, width } = flow
  const half = width / 2 - 12
  const top = flow.y
  const buyerHeight = drawParty(flow, buyer, { x: left, y: top, width: half, align: 'left', size: SIZE })
  const factsHeight = drawFacts(flow, facts, { x: left + half + 24, y: top, width: half })
  flow.y = top + Math.max(buyerHeight, factsHeight) + 18
}

function drawParty(
  { pen }: PageFlow,
  { label, name, details }: PartyBlock,
  { x, y, width, align, size }: { readonly x: number; readonly y: number; readonly width: number; readonly align: 'left' | 'right'; readonly size: number },
): number {
  const lines = [
    ...(label === null ? [] : [{ text: label, style: { size: 7.5, color: COLORS.soft } }]),
    { text: name, style: { size, bold: true, color: INK } },
    ...details.map(text => ({ text, style: { size, color: align === 'right' ? COLORS.soft : INK } })),
  ]
  let top = y
  for (const { text, style } of lines) {
    for (const line of pen.wrap(text, width, style)) {
      pen.text(line, { x, y: top, width, align }, style)
      top += style.size * LINE_HEIGHT
    }
  }
  return top - y
}
