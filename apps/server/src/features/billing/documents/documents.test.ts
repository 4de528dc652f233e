import { once } from 'node:events'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSignedLinks } from '@tollgate/accounts'
import { memoryAccountStore } from '@tollgate/accounts/memory'
import { makePrintedInvoice } from '@tollgate/invoicing/testing'
import { type Scope, scopeIncludes, settableClock } from '@tollgate/kernel'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { DOCUMENT_FORMATS, type DocumentFormat } from './document-format.ts'
import { documentDownloads, MAX_RENDERED_AT_ONCE } from './document-downloads.ts'
import { createInvoiceDocuments, type InvoiceDocuments } from './invoice-documents.ts'
import { PLAIN_DESIGN, readDesign } from './read-design.ts'

const INVOICE = { ...makePrintedInvoice(), subscriptionId: null, sentAt: null }
const NOTE = { ...INVOICE, id: '019c0000-0000-7000-8000-000000000002', kind: 'credit_note' as const, number: 'CN-acme/1', correctsInvoiceId: INVOICE.id }
const DRAFT = { ...INVOICE, id: '019c0000-0000-7000-8000-000000000003', number: null, issuedAt: null, status: 'draft' as const }
const INVOICES = [INVOICE, NOTE, DRAFT]

const clock = settableClock('2026-11-20T12:00:00Z')
let beforeInvoice: Promise<unknown>
let documents: InvoiceDocuments
let server: Server

beforeAll(async () => {
  const billing = {
    invoice: async (scope: Scope, id: string) => {
      await beforeInvoice
      return INVOICES.find(invoice => invoice.id === id && scopeIncludes(scope, invoice.tenantId))
    },
  }
  documents = createInvoiceDocuments({ billing, design: PLAIN_DESIGN, links: createSignedLinks({ store: memoryAccountStore().signingKeys, clock }) })
  const handle = documentDownloads(documents)
  server = createServer((request, response) => void handle(request, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
})
afterAll(() => void server.close())
beforeEach(() => {
  beforeInvoice = Promise.resolve()
})

const get = (path: string) => fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`)
const pathOf = (format: DocumentFormat, { tenantId, id }: { tenantId: string; id: string } = INVOICE) =>
  documents.links.pathOf({ tenantId, invoiceId: id, format })
const codeOf = async (response: Response) => ((await response.json()) as { errors: [{ extensions: { code: string } }] }).errors[0].extensions.code

describe('a link to a document', () => {
  it.each<[DocumentFormat, string, string, string]>([
    ['html', 'text/html; charset=utf-8', 'inline; filename="INV-acme-000042.html"', '<!doctype html>'],
    ['pdf', 'application/pdf', 'inline; filename="INV-acme-000042.pdf"', '%PDF-1.7'],
    ['facturx', 'application/pdf', 'inline; filename="INV-acme-000042.pdf"', '%PDF-1.7'],
    ['ubl', 'application/xml; charset=utf-8', 'attachment; filename="INV-acme-000042.ubl.xml"', '<?xml version="1.0" encoding="UTF-8"?>\n<Invoice '],
    ['cii', 'application/xml; charset=utf-8', 'attachment; filename="INV-acme-000042.cii.xml"', '<?xml version="1.0" encoding="UTF-8"?>\n<rsm:'],
  ])('leads to %s, without a key', async (...expected) => {
    const [format, type, disposition, start] = expected
    const response = await get(await pathOf(format))
    expect([response.status, response.headers.get('content-type'), response.headers.get('content-disposition')]).toEqual([200, type, disposition])
    expect((await response.text()).startsWith(start)).toBe(true)
  })

  it('shows HTML that can load and run nothing', async () => {
    const { headers } = await get(await pathOf('html'))
    const policy = headers.get('content-security-policy')
    expect(headers.get('x-frame-options')).toBe('SAMEORIGIN')
    expect(policy).toContain("frame-ancestors 'self'")
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain('sandbox')
    expect(policy).not.toContain('script-src')
  })

  it('expires after 15 minutes', async () => {
    const path = await pathOf('html')
    clock.advance({ seconds: 899 })
    expect((await get(path)).status).toBe(200)
    clock.advance({ seconds: 1 })
    const response = await get(path)
    expect([response.status, await codeOf(response)]).toEqual([410, 'LINK_EXPIRED'])
  })

  it('gets 404 if the link was changed, or names the invoice of another tenant', async () => {
    const path = await pathOf('html')
    for (const changed of [
      path.slice(0, -2),
      path.replace('link=', 'link=x'),
      '/v1/invoices/document',
      await pathOf('html', { ...INVOICE, tenantId: 'globex' }),
    ]) {
      expect((await get(changed)).status).toBe(404)
    }
  })

  it('to the XML of a draft says why there is none, and the PDF of a draft has none in it', async () => {
    const response = await get(await pathOf('ubl', DRAFT))
    expect([response.status, await codeOf(response)]).toEqual([422, 'ELECTRONIC_INVOICE_UNAVAILABLE'])
    const pdf = await (await get(await pathOf('pdf', DRAFT))).text()
    expect(pdf).not.toContain('factur-x.xml')
    expect(await (await get(await pathOf('pdf'))).text()).toContain('factur-x.xml')
  })

  it('to a credit note names the invoice that it corrects, and has a file name without slashes', async () => {
    const response = await get(await pathOf('ubl', NOTE))
    expect(response.headers.get('content-disposition')).toContain('filename="CN-acme-1.ubl.xml"')
    expect(await response.text()).toContain(`<cac:InvoiceDocumentReference><cbc:ID>${INVOICE.number}</cbc:ID>`)
  })

  it('is refused while the tenant has others rendered, and works afterwards', async () => {
    const blocked = Promise.withResolvers<void>()
    beforeInvoice = blocked.promise
    const path = await pathOf('html')
    const started = Array.from({ length: MAX_RENDERED_AT_ONCE + 1 }, () => get(path))
    const first = await Promise.race(started)
    expect([first.status, first.headers.get('retry-after')]).toEqual([429, '2'])
    blocked.resolve()
    expect((await Promise.all(started)).map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 200, 429])
    expect((await get(path)).status).toBe(200)
  })
})

it('signs links that are requested together with one look-up of the key', async () => {
  const store = memoryAccountStore().signingKeys
  let lookups = 0
  const counted = { ...store, newest: () => ((lookups += 1), store.newest()) }
  const { links } = createInvoiceDocuments({
    billing: { invoice: async () => undefined },
    design: PLAIN_DESIGN,
    links: createSignedLinks({ store: counted, clock }),
  })
  const paths = await Promise.all(DOCUMENT_FORMATS.map(format => links.pathOf({ tenantId: 'acme', invoiceId: INVOICE.id, format })))
  expect([new Set(paths).size, lookups]).toEqual([DOCUMENT_FORMATS.length, 1])
})

describe('a design', () => {
  const write = async (design: unknown) => {
    const directory = await mkdtemp(join(tmpdir(), 'design-'))
    await writeFile(join(directory, 'logo.jpg'), new Uint8Array([0xff, 0xd8, 0xff]))
    await writeFile(join(directory, 'design.json'), typeof design === 'string' ? design : JSON.stringify(design))
    return join(directory, 'design.json')
  }

  it('is read from a file, with the files that it names', async () => {
    const path = await write({ logo: 'logo.jpg', logoDescription: 'Acme', color: '#336699', footer: ['Acme'], texts: { de: { invoice: 'Faktura' } } })
    expect(await readDesign(path)).toMatchObject({
      branding: { color: '#336699', logo: { bytes: { length: 3 }, description: 'Acme' } },
      texts: { de: { invoice: 'Faktura' } },
    })
    expect(await readDesign(undefined)).toBe(PLAIN_DESIGN)
  })

  it.each([
    ['text that is not JSON', '{', /design\.json/],
    ['an unknown setting', { colour: '#336699' }, /colour/],
    ['an invalid color', { color: 'red' }, /six hexadecimal digits/],
    ['a file that is missing', { logo: 'none.png' }, /none\.png cannot be read/],
  ])('rejects %s', async (_, design, message) => {
    await expect(readDesign(await write(design))).rejects.toThrow(message)
  })
})
