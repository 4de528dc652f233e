/** What an invoice can be rendered as. */
export const DOCUMENT_FORMATS = ['html', 'pdf', 'ubl', 'cii', 'facturx'] as const

/** A format of a document. A PDF is Factur-X if the invoice can be an electronic one. */
export type DocumentFormat = (typeof DOCUMENT_FORMATS)[number]

/** Whether a text is a format. */
export function isDocumentFormat(text: string): text is DocumentFormat {
  return (DOCUMENT_FORMATS as readonly string[]).includes(text)
}
