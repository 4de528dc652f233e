import { Buffer } from 'node:buffer'
import { setImmediate } from 'node:timers/promises'
import PdfKit from 'pdfkit'
import { InvalidBranding } from '../document/branding.ts'
import type { InvoiceDocument } from '../document/invoice-document.ts'
import { layOutInvoice } from '../document/lay-out-invoice.ts'
import type { PageLayout } from '../document/page-layout.ts'
import { escapeHtml } from '../html/escape-html.ts'
import { drawInvoice } from './draw-invoice.ts'
import { FACTUR_X_FILE, facturXMetadata } from './factur-x-metadata.ts'
import { type FontFiles, type FontPair, loadFonts } from './pdf-fonts.ts'
import { createPen, fontName, measuringPen } from './pdf-pen.ts'
import { PAPER_SIZES } from './page-flow.ts'

/** What a PDF has besides the invoice. */
export interface PdfOptions {
  /** Further fonts, for characters that DejaVu Sans lacks, such as Chinese. */
  readonly fonts?: readonly FontFiles[] | undefined
  /** The invoice as CII XML, to attach as Factur-X. */
  readonly facturX?: string | undefined
}

/** Renders an invoice as PDF/A-3b. The same invoice gives the same bytes. Throws `InvalidBranding`. */
export async function renderInvoicePdf(document: InvoiceDocument, { fonts, facturX }: PdfOptions = {}): Promise<Uint8Array> {
  const page = layOutInvoice(document)
  const pairs = loadFonts(fonts)
  const doc = createDocument(document, page, pairs)
  const bytes = collect(doc)
  const pen = createPen(doc, pairs)
  const counted = await inSteps(drawInvoice(measuringPen(pen), page, 0))
  try {
    await inSteps(drawInvoice(pen, page, counted))
  } catch (error) {
    if (page.logo !== null && error instanceof Error && /PNG|JPEG|image/i.test(error.message))
      throw new InvalidBranding(`The logo cannot be read: ${error.message}`)
    throw error
  }
  doc.appendXML(titleMetadata(page))
  if (facturX !== undefined) {
    const created = creationDate(document)
    const attachment = {
      name: FACTUR_X_FILE,
      type: 'text/xml',
      description: 'Factur-X invoice',
      relationship: 'Alternative',
      creationDate: created,
      modifiedDate: created,
    }
    doc.file(Buffer.from(facturX), attachment)
    doc.appendXML(facturXMetadata())
  }
  doc.end()
  return bytes
}

/** Lines that are drawn before other work gets its turn: drawing thousands of them takes seconds. */
const LINES_AT_ONCE = 20

async function inSteps<T>(steps: Iterator<void, T, undefined>): Promise<T> {
  for (let count = 1; ; count += 1) {
    const step = steps.next()
    if (step.done === true) return step.value
    if (count % LINES_AT_ONCE === 0) await setImmediate()
  }
}

function createDocument(document: InvoiceDocument, page: PageLayout, fonts: readonly FontPair[]): PDFKit.PDFDocument {
  const { id, status, amountPaid } = document.invoice
  const { width, height } = PAPER_SIZES[page.paper]
  // The id of the file is derived from this. The title is in the metadata only, where it is escaped.
  const info = { Producer: 'Tollgate', Creator: 'Tollgate', CreationDate: creationDate(document), Invoice: `${id} ${status} ${amountPaid.toFixed()}` }
  const doc = new PdfKit({
    autoFirstPage: false,
    size: [width, height],
    margin: 0,
    pdfVersion: '1.7',
    subset: 'PDF/A-3b',
    lang: page.language,
    displayTitle: true,
    info,
  })
  for (const [position, { regular, bold }] of fonts.entries()) {
    doc.registerFont(fontName(position, false), regular.bytes)
    doc.registerFont(fontName(position, true), bold.bytes)
  }
  return doc
}

/** The date of issue, or the end of the period of a draft: a PDF says nothing about when it was made. */
function creationDate({ invoice: { issuedAt, period } }: InvoiceDocument): Date {
  return new Date((issuedAt ?? period.to).epochMilliseconds)
}

function titleMetadata({ title, seller }: PageLayout): string {
  return `<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
  <dc:title><rdf:Alt><rdf:li xml:lang="x-default">${escapeHtml(title)}</rdf:li></rdf:Alt></dc:title>
  <dc:creator><rdf:Seq><rdf:li>${escapeHtml(seller.name)}</rdf:li></rdf:Seq></dc:creator>
</rdf:Description>`
}

async function collect(doc: PDFKit.PDFDocument): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for await (const chunk of doc) chunks.push(chunk as Uint8Array)
  return Buffer.concat(chunks)
}
