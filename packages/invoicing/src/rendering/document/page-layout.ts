import type { Logo } from './branding.ts'

/** Everything that an invoice says, in its order and its language. HTML and PDF draw it, and add nothing. */
export interface PageLayout {
  /** ISO 639. */
  readonly language: string
  /** "Invoice INV-acme-000042". */
  readonly title: string
  readonly heading: string
  readonly logo: Logo | null
  readonly color: string
  readonly paper: Paper
  /** Such as "Paid". */
  readonly stamp: Stamp | null
  readonly seller: PartyBlock
  readonly buyer: PartyBlock
  /** Number, dates, period and references. */
  readonly facts: readonly Fact[]
  readonly lines: LinesBlock
  readonly chart: ChartBlock | null
  readonly totals: readonly Total[]
  readonly taxes: TableBlock | null
  /** Why no tax is due. */
  readonly taxNotes: readonly string[]
  readonly exchangeRates: TableBlock | null
  readonly payment: PaymentBlock
  readonly notes: { readonly title: string; readonly text: string } | null
  readonly footer: readonly string[]
  /** "Page 1 of 2", with "{page}" and "{pages}". */
  readonly pageLabel: string
}

/** The size of the pages. */
export type Paper = 'A4' | 'letter'

/** A word across the top of an invoice. */
export interface Stamp {
  readonly text: string
  readonly tone: 'good' | 'bad' | 'neutral'
}

/** A label and its value. */
export interface Fact {
  readonly label: string
  readonly value: string
}

/** Name and address of a party, with what identifies it. */
export interface PartyBlock {
  /** "Bill to". Null for the seller. */
  readonly label: string | null
  readonly name: string
  readonly details: readonly string[]
}

/** The lines, in groups. */
export interface LinesBlock {
  readonly heads: LineCells
  readonly groups: readonly LineGroup[]
  /** Printed instead of groups if there are none. */
  readonly empty: string
}

/** The columns of lines. */
export interface LineCells {
  readonly description: string
  readonly quantity: string
  readonly unitPrice: string
  readonly tax: string
  readonly amount: string
}

/** Lines that belong together, with their sum. */
export interface LineGroup {
  /** Null if there is one group only. */
  readonly title: string | null
  readonly rows: readonly LineRow[]
  /** Null if there is one group only. */
  readonly total: Fact | null
}

/** A line, with what is printed under it. A page break never divides it. */
export interface LineRow {
  readonly cells: LineCells
  /** Such as the period of late usage. */
  readonly remarks: readonly string[]
  /** Discounts and credits. */
  readonly deductions: readonly Fact[]
}

/** A bar chart. */
export interface ChartBlock {
  readonly title: string
  readonly by: 'day' | 'model'
  readonly bars: readonly Bar[]
}

/** A bar of a chart. */
export interface Bar {
  readonly label: string
  readonly value: string
  /** Of the longest bar: 0 to 1. */
  readonly share: number
}

/** A sum at the end of an invoice. */
export interface Total extends Fact {
  readonly weight: 'normal' | 'strong' | 'final'
}

/** A small table. The first column is text, the others are numbers. */
export interface TableBlock {
  readonly title: string
  readonly heads: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** How to pay. */
export interface PaymentBlock {
  readonly title: string
  readonly terms: string
  readonly instructions: readonly Fact[]
  /** Modules of a QR code that banking apps read. */
  readonly code: { readonly label: string; readonly modules: readonly (readonly boolean[])[] } | null
}
