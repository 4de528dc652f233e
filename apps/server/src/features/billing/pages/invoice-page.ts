import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ListedInvoice } from '@tollgate/invoicing/billing'
import { type PaymentStart, PaymentProviderFailed } from '@tollgate/invoicing/payments'
import { isDomainError, tenantScope } from '@tollgate/kernel'
import { runAs } from '../../../audited-changes/audit-origin.ts'
import { executeForTenant } from '../../../database/admission/request-work.ts'
import { respond } from '../../../http/respond.ts'
import type { Tollgate } from '../../../tollgate.ts'
import type { InvoiceLinks, LinkedInvoice } from '../mail/invoice-links.ts'
import { cardForm, invoiceSummary, message, page } from './page-html.ts'

/** Answers requests for the page of an invoice. */
export type InvoicePageHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>

/** What the page needs. */
export interface InvoicePageDependencies {
  readonly tollgate: Pick<Tollgate, 'billing' | 'documents' | 'payments'>
  /** Undefined if the server sends no e-mails, so that nobody has a link. */
  readonly links: InvoiceLinks | undefined
  /** The publishable key of Stripe. Without it, Stripe is not offered. */
  readonly stripeKey: string | undefined
}

/** Documents that the page links to. */
const FORMATS = ['html', 'pdf'] as const

/**
 * Serves the page that e-mails link to: what is due of an invoice, its documents, and a button for each payment provider. A POST starts a payment and
 * sends the payer on: to a page of the provider, or to the fields of Stripe. Starting it again continues the same payment, until it has an end.
 */
export function invoicePage({ tollgate, links, stripeKey }: InvoicePageDependencies): InvoicePageHandler {
  const { billing, documents, payments } = tollgate
  const offered = payments.providers.filter(name => name !== 'stripe' || stripeKey !== undefined)

  async function start(linked: LinkedInvoice, invoice: ListedInvoice, { provider, url }: { readonly provider: string; readonly url: string }) {
    const { tenantId, invoiceId } = linked
    const earlier = (await payments.list({ tenantId, invoiceId })).items.filter(payment => payment.provider === provider && payment.status !== 'pending')
    const { name, email } = invoice.buyer
    const idempotencyKey = `page ${invoiceId} ${provider} ${invoice.amountPaid.toFixed()} ${earlier.length}`
    return runAs({ actor: { kind: 'system', id: 'invoice page' } }, () =>
      payments.start({ tenantId, invoiceId, provider, returnUrl: url, cancelUrl: url, customer: { name, email }, idempotencyKey }),
    )
  }

  async function show(response: ServerResponse, { linked, invoice, token }: { linked: LinkedInvoice; invoice: ListedInvoice; token: string }): Promise<void> {
    const [html = '', pdf = ''] = await Promise.all(FORMATS.map(format => documents.links.pathOf({ ...linked, format })))
    const canPay = invoice.kind === 'invoice' && invoice.status !== 'void' && invoice.amountDue.gt(0)
    const forms = (canPay ? offered : []).map(provider => ({ provider, action: `?token=${encodeURIComponent(token)}&provider=${provider}` }))
    send(response, 200, page(invoice, invoiceSummary(invoice, { html, pdf, forms })))
  }

  function continuePayment(response: ServerResponse, invoice: ListedInvoice, { clientSecret, redirectUrl }: PaymentStart, url: string): void {
    if (redirectUrl !== null) return void response.writeHead(303, { location: redirectUrl, 'cache-control': 'no-store' }).end()
    if (clientSecret === null || stripeKey === undefined) return send(response, 502, page(invoice, message(invoice, 'providerFailed')))
    const nonce = randomBytes(16).toString('base64')
    send(response, 200, page(invoice, cardForm(invoice, { clientSecret, stripeKey, nonce, returnUrl: url })), stripePolicy(nonce))
  }

  return async (request, response) => {
    const { searchParams } = new URL(request.url ?? '', 'http://server')
    const token = searchParams.get('token') ?? ''
    const linked = links?.read(token) ?? 'link-unknown'
    if (linked === 'link-expired') return send(response, 410, page(undefined, message(undefined, 'expired')))
    if (linked === 'link-unknown') return send(response, 404, page(undefined, message(undefined, 'unknown')))
    const { tenantId, invoiceId } = linked
    await executeForTenant(tenantId, async () => {
      const [invoice] = await billing.invoicesByIds(tenantScope(tenantId), [invoiceId])
      if (invoice === undefined) return send(response, 404, page(undefined, message(undefined, 'unknown')))
      if (request.method !== 'POST') return show(response, { linked, invoice, token })
      const provider = searchParams.get('provider') ?? ''
      if (!offered.includes(provider)) return send(response, 400, page(invoice, message(invoice, 'noProvider')))
      const url = links?.urlOf(linked) ?? ''
      try {
        continuePayment(response, invoice, await start(linked, invoice, { provider, url }), url)
      } catch (error) {
        if (!isDomainError(error)) throw error
        send(response, error instanceof PaymentProviderFailed ? 502 : 409, page(invoice, message(invoice, 'providerFailed')))
      }
    })
  }
}

const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'"

/** What the fields of Stripe need. Card data goes to Stripe, not to this server. */
function stripePolicy(nonce: string): string {
  return `${POLICY}; script-src 'nonce-${nonce}' https://js.stripe.com; frame-src https://js.stripe.com https://hooks.stripe.com; connect-src https://api.stripe.com; img-src https: data:`
}

function send(response: ServerResponse, status: number, body: string, policy = POLICY): void {
  const headers = { 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', 'content-security-policy': policy }
  respond(response, { status, type: 'text/html; charset=utf-8', body, headers })
}
