import type { PageLayout } from '../document/page-layout.ts'
import { fill } from '../document/messages/messages-for.ts'
import { LINE_HEIGHT, type Pen, type TextStyle } from './pdf-pen.ts'

/** Sizes of papers in points. */
export const PAPER_SIZES = { A4: { width: 595.28, height: 841.89 }, letter: { width: 612, height: 792 } } as const

const MARGIN = 48
const SMALL = 7.5

/** Colors besides that of the brand. */
export const COLORS = { soft: '#5b6470', line: '#d5dae0', wash: '#f1f4f7', good: '#1a7f37', bad: '#b42318', white: '#ffffff' } as const

/** Where the next block goes. */
export interface PageFlow {
  readonly pen: Pen
  readonly left: number
  readonly width: number
  /** Top of what is drawn next. */
  y: number
  pages: number
  /** Begins a new page unless `height` is left on this one. Returns whether it did. */
  need(height: number): boolean
  /** Draws wrapped text and moves down. */
  paragraph(text: string, style: TextStyle, place?: { readonly x: number; readonly width: number }): void
  /** Draws the foot of the last page. */
  end(): void
}

/** Begins the first page. `pageCount` is unknown while pages are counted. */
export function createFlow(pen: Pen, page: PageLayout, pageCount: number): PageFlow {
  const { width: paperWidth, height: paperHeight } = PAPER_SIZES[page.paper]
  const width = paperWidth - 2 * MARGIN
  const footHeight = (page.footer.length + 1) * SMALL * LINE_HEIGHT + 12
  const bottom = paperHeight - MARGIN + 12 - footHeight
  const flow: PageFlow = {
    pen,
    left: MARGIN,
    width,
    y: MARGIN,
    pages: 1,
    need(height) {
      if (flow.y + height <= bottom) return false
      foot()
      pen.newPage()
      flow.pages += 1
      flow.y = MARGIN - 10
      runningHead()
      return true
    },
    paragraph(text, style, { x, width: space } = { x: MARGIN, width }) {
      for (const line of pen.wrap(text, space, style)) {
        flow.need(style.size * LINE_HEIGHT)
        pen.text(line, { x, y: flow.y }, style)
        flow.y += style.size * LINE_HEIGHT
      }
    },
    end: foot,
  }
  pen.newPage()
  return flow

  function foot(): void {
    const style = { size: SMALL, color: COLORS.soft }
    let y = bottom + 6
    pen.rectangle({ x: MARGIN, y, width, height: 0.6 }, COLORS.line)
    y += 6
    for (const line of page.footer) {
      pen.text(pen.wrap(line, width, style)[0] ?? '', { x: MARGIN, y, width, align: 'center' }, style)
      y += SMALL * LINE_HEIGHT
    }
    const label = fill(page.pageLabel, { page: String(flow.pages), pages: String(pageCount) })
    pen.text(label, { x: MARGIN, y, width, align: 'center' }, style)
  }

  function runningHead(): void {
    const style = { size: SMALL, color: COLORS.soft }
    pen.text(pen.wrap(page.seller.name, width / 2 - 8, style)[0] ?? '', { x: MARGIN, y: flow.y }, style)
    pen.text(pen.wrap(page.title, width / 2 - 8, style)[0] ?? '', { x: MARGIN + width / 2, y: flow.y, width: width / 2, align: 'right' }, style)
    flow.y += SMALL * LINE_HEIGHT + 12
  }
}
