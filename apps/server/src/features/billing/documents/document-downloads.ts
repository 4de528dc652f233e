import { Buffer } from 'node:buffer'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { isDomainError, NotFound, tenantScope } from '@tollgate/kernel'
import { executeForTenant } from '../../../database/admission/request-work.ts'
import { type ErrorResponse, respond, respondError } from '../../../http/respond.ts'
import type { LinkedDocument } from './document-links.ts'
import type { InvoiceDocuments } from './invoice-documents.ts'
import type { RenderedDocument } from './render-document.ts'

/** Responds to a request for a document, which needs no key: the link is signed. */
export type DocumentHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>

/** Maximum number of documents of one tenant that are rendered at the same time. */
export const MAX_RENDERED_AT_ONCE = 2

/** A page of HTML loads nothing, and runs nothing. Its styles and its logo are part of it. */
const HTML_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox"

/** Serves documents of invoices: `/v1/invoices/document?link=…`. */
export function documentDownloads({ links, render }: Pick<InvoiceDocuments, 'links' | 'render'>): DocumentHandler {
  const rendering = new Map<string, number>()

  async function send(response: ServerResponse, { tenantId, invoiceId, format }: LinkedDocument): Promise<void> {
    const count = rendering.get(tenantId) ?? 0
    if (count >= MAX_RENDERED_AT_ONCE) return respondError(response, TOO_MANY)
    rendering.set(tenantId, count + 1)
    try {
      const document = await executeForTenant(tenantId, () => render({ scope: tenantScope(tenantId), invoiceId, format }))
      respond(response, { status: 200, type: document.type, body: bodyOf(document), headers: headersOf(document, format) })
    } finally {
      const left = (rendering.get(tenantId) ?? 1) - 1
      if (left > 0) rendering.set(tenantId, left)
      else rendering.delete(tenantId)
    }
  }

  return async (request, response) => {
    const link = new URL(request.url ?? '/', 'http://server').searchParams.get('link') ?? ''
    const document = await links.read(link)
    if (document === 'link-expired') return respondError(response, EXPIRED)
    if (document === 'link-unknown') return respondError(response, UNKNOWN)
    try {
      await send(response, document)
    } catch (error) {
      if (response.headersSent || !isDomainError(error)) throw error
      const { code, message } = error
      respondError(response, { status: error instanceof NotFound ? 404 : 422, code, message })
    }
  }
}

function bodyOf({ body }: RenderedDocument): string | Buffer {
  return typeof body === 'string' ? body : Buffer.from(body.buffer, body.byteOffset, body.byteLength)
}

function headersOf({ fileName }: RenderedDocument, format: LinkedDocument['format']): Record<string, string> {
  const shown = format === 'html' || format === 'pdf' || format === 'facturx'
  return {
    'content-disposition': `${shown ? 'inline' : 'attachment'}; filename="${fileName}"`,
    // The dashboard shows it in a frame.
    ...(format === 'html' && { 'content-security-policy': HTML_POLICY, 'x-frame-options': 'SAMEORIGIN' }),
  }
}

const UNKNOWN: ErrorResponse = { status: 404, code: 'NOT_FOUND', message: 'There is no document at this link. Query the invoice again to get a new link.' }
const EXPIRED: ErrorResponse = { status: 410, code: 'LINK_EXPIRED', message: 'This link has expired. Query the invoice again to get a new link.' }
const TOO_MANY: ErrorResponse = {
  status: 429,
  code: 'TOO_MANY_REQUESTS',
  message: `At most ${MAX_RENDERED_AT_ONCE} documents are rendered at the same time. Try again in a moment.`,
  headers: { 'retry-after': '2' },
}
