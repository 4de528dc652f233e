import type { FontPair } from './pdf-fonts.ts'
import { printableRuns, type TextRun } from './printable-text.ts'

/** How text looks. */
export interface TextStyle {
  readonly size: number
  readonly bold?: boolean
  readonly color?: string
}

/** A place for one line of text. */
export interface TextPlace {
  readonly x: number
  /** Top of the line. */
  readonly y: number
  /** Needed to align. */
  readonly width?: number
  readonly align?: 'left' | 'right' | 'center'
}

/** A filled rectangle. */
export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Draws on pages and measures text. */
export interface Pen {
  text(text: string, place: TextPlace, style: TextStyle): void
  /** Draws a filled rectangle. */
  rectangle(box: Box, color: string): void
  /** Draws the edge of a rectangle. */
  frame(box: Box, color: string): void
  image(bytes: Uint8Array, box: Box): void
  newPage(): void
  width(text: string, style: TextStyle): number
  /** Breaks text into lines: between words, or within a word that is longer than a line. */
  wrap(text: string, width: number, style: TextStyle): readonly string[]
}

/** The height of a line, as a multiple of the size of its text. */
export const LINE_HEIGHT = 1.35

/** The color of text without one. */
export const INK = '#1b1f24'

/** The size of a font above its baseline. */
const ASCENT = 0.95

/** Maximum number of lines that one text is broken into. The rest is left out, which "…" shows. */
export const MAX_TEXT_LINES = 40

/** Returns a pen that draws into a document. */
export function createPen(doc: PDFKit.PDFDocument, fonts: readonly FontPair[]): Pen {
  const finders = {
    regular: finder(fonts.map(({ regular }) => regular)),
    bold: finder(fonts.map(({ bold }) => bold)),
  }
  const widths = { regular: new Map<string, number>(), bold: new Map<string, number>() }
  const runsOf = (text: string, { bold = false }: TextStyle) => printableRuns(text, bold ? finders.bold : finders.regular)
  const use = ({ font }: TextRun, { bold = false, size }: TextStyle) => doc.font(fontName(font, bold)).fontSize(size)
  // Words are measured once, in size 1. A line is as wide as its words.
  const wordWidth = (word: string, style: TextStyle) => {
    const known = style.bold === true ? widths.bold : widths.regular
    const found = known.get(word)
    if (found !== undefined) return found
    const width = runsOf(word, style).reduce((sum, run) => sum + use(run, { ...style, size: 1 }).widthOfString(run.text), 0)
    known.set(word, width)
    return width
  }
  const widthOf = (text: string, style: TextStyle) => {
    const words = text.split(' ')
    return style.size * words.reduce((sum, word, position) => sum + wordWidth(position === words.length - 1 ? word : `${word} `, style), 0)
  }
  return {
    text(text, { x, y, width = 0, align = 'left' }, style) {
      if (text === '') return
      const free = align === 'left' ? 0 : width - widthOf(text, style)
      let left = x + (align === 'right' ? free : align === 'center' ? free / 2 : 0)
      const runs = runsOf(text, style)
      for (const [position, run] of runs.entries()) {
        const pen = use(run, style).fillColor(style.color ?? INK)
        pen.text(run.text, left, y + style.size * ASCENT, { lineBreak: false, baseline: 'alphabetic' })
        if (position < runs.length - 1) left += pen.widthOfString(run.text)
      }
    },
    rectangle({ x, y, width, height }, color) {
      doc.rect(x, y, width, height).fill(color)
    },
    frame({ x, y, width, height }, color) {
      doc.lineWidth(1.2).rect(x, y, width, height).stroke(color)
    },
    image(bytes, { x, y, width, height }) {
      doc.image(bytes as Buffer, x, y, { fit: [width, height] })
    },
    newPage() {
      doc.addPage()
    },
    width: widthOf,
    wrap: (text, width, style) => wrapText(text, width, part => widthOf(part, style)),
  }
}

/** Returns a pen that measures like another one, and draws nothing: pages are counted with it. */
export function measuringPen({ width, wrap }: Pen): Pen {
  const nothing = () => undefined
  return { text: nothing, rectangle: nothing, frame: nothing, image: nothing, newPage: nothing, width, wrap }
}

/** Returns the name of a font in a document, by its position. */
export function fontName(position: number, bold: boolean): string {
  return `${bold ? 'bold' : 'regular'}-${position}`
}

function finder(fonts: readonly { has(codePoint: number): boolean }[]): (codePoint: number) => number | undefined {
  const known = new Map<number, number | undefined>()
  return codePoint => {
    if (known.has(codePoint)) return known.get(codePoint)
    const found = fonts.findIndex(font => font.has(codePoint))
    const position = found === -1 ? undefined : found
    known.set(codePoint, position)
    return position
  }
}

function wrapText(text: string, width: number, measure: (part: string) => number): readonly string[] {
  if (!text.includes('\n') && measure(text) <= width) return [text]
  const lines: string[] = []
  for (const paragraph of text.split('\n')) {
    let line = ''
    let length = 0
    for (const word of paragraph.split(' ')) {
      const wordLength = measure(word)
      const joined = line === '' ? wordLength : length + measure(' ') + wordLength
      if (joined <= width) {
        line = line === '' ? word : `${line} ${word}`
        length = joined
      } else {
        if (line !== '') lines.push(line)
        const parts = wordLength <= width ? [word] : breakWord(word, width, measure)
        lines.push(...parts.slice(0, -1))
        line = parts.at(-1) ?? ''
        length = measure(line)
      }
      if (lines.length > MAX_TEXT_LINES) break
    }
    lines.push(line)
    if (lines.length > MAX_TEXT_LINES) break
  }
  if (lines.length <= MAX_TEXT_LINES) return lines
  return [...lines.slice(0, MAX_TEXT_LINES - 1), `${(lines[MAX_TEXT_LINES - 1] ?? '').slice(0, -1)}…`]
}

/** Breaks a word that is longer than a line. Characters are measured by themselves, so that each is measured once. */
function breakWord(word: string, width: number, measure: (part: string) => number): readonly string[] {
  const parts: string[] = []
  let part = ''
  let length = 0
  for (const character of word) {
    const characterLength = measure(character)
    if (part !== '' && length + characterLength > width) {
      parts.push(part)
      part = ''
      length = 0
      if (parts.length > MAX_TEXT_LINES) break
    }
    part += character
    length += characterLength
  }
  return [...parts, part]
}
