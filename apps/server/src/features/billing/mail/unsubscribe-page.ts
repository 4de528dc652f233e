import type { Mailbox } from '@tollgate/invoicing/mail'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { respond } from '../../../http/respond.ts'

/** Answers requests to unsubscribe from alerts. */
export type UnsubscribeHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>

/**
 * Serves the page that unsubscribes from alerts. A GET shows a button, because programs that scan e-mails follow links; a POST
 * unsubscribes, as mail programs do with one click (RFC 8058). The token of the link says what to unsubscribe from, so the body is not read.
 */
export function unsubscribePage(mailbox: Pick<Mailbox, 'readUnsubscribeLink' | 'unsubscribe'> | undefined): UnsubscribeHandler {
  return async (request, response) => {
    const token = new URL(request.url ?? '', 'http://server').searchParams.get('token') ?? ''
    const isPost = request.method === 'POST'
    const subscription = isPost ? await mailbox?.unsubscribe(token) : mailbox?.readUnsubscribeLink(token)
    if (subscription === undefined) return show(response, 404, '<p>This link is not valid. Use the whole link from the e-mail.</p>')
    const what = `${subscription.kind === 'quota_alert' ? 'quota alerts' : 'operational alerts'} to <b>${escaped(subscription.address)}</b>`
    if (isPost) return show(response, 200, `<p>Unsubscribed. There will be no more ${what}. Invoices are still sent.</p>`)
    show(response, 200, `<form method="post"><p>Stop ${what}?</p><button>Unsubscribe</button></form>`)
  }
}

function show(response: ServerResponse, status: number, content: string): void {
  const body = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Unsubscribe</title><body>${content}</body></html>`
  respond(response, { status, type: 'text/html; charset=utf-8', body, headers: { 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' } })
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
