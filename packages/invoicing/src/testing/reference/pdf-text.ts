import { Buffer } from 'node:buffer'
import { inflateSync } from 'node:zlib'
import { getDocument, type PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'

/** What a PDF says. */
export interface PdfContents {
  /** Pieces of text of each page, in the order in which they are drawn. */
  readonly pages: readonly (readonly string[])[]
  readonly attachments: readonly { readonly name: string; readonly content: string }[]
  readonly language: string | null
}

/** Reads a PDF. */
export async function readPdf(bytes: Uint8Array): Promise<PdfContents> {
  const task = getDocument({ data: new Uint8Array(bytes), useSystemFonts: false, verbosity: 0 })
  const pdf = await task.promise
  try {
    const pages: string[][] = []
    for (let number = 1; number <= pdf.numPages; number += 1) pages.push(await pageTexts(pdf, number))
    const { info } = await pdf.getMetadata()
    return {
      pages,
      attachments: attachmentsOf(Buffer.from(bytes)),
      language: 'Language' in info ? String(info.Language) : null,
    }
  } finally {
    await task.destroy()
  }
}

async function pageTexts(pdf: PDFDocumentProxy, number: number): Promise<string[]> {
  const page = await pdf.getPage(number)
  const { items } = await page.getTextContent()
  return items.flatMap(item => ('str' in item && item.str.trim() !== '' ? [item.str] : []))
}

/** The files in a PDF of pdfkit: file specifications that name compressed streams. */
function attachmentsOf(pdf: Buffer): PdfContents['attachments'] {
  const text = pdf.toString('latin1')
  const specifications = text.matchAll(/\/Type \/Filespec[^>]*?\/F \(([^)]*)\)\s*\/EF <<\s*\/F (\d+) 0 R/g)
  return Array.from(specifications, ([, name = '', id]) => {
    const start = text.indexOf('stream\n', text.indexOf(`\n${id} 0 obj`)) + 'stream\n'.length
    return { name, content: inflateSync(pdf.subarray(start, text.indexOf('\nendstream', start))).toString('utf8') }
  })
}
