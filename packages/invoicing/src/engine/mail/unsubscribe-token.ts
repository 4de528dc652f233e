import { createHmac, timingSafeEqual } from 'node:crypto'
import { type AlertMailKind, isAlertKind, type MailKind } from '../../model/mail/mail.ts'

/** What a link unsubscribes from: e-mails of a kind to an address, of a tenant or of the operator. */
export interface Subscription {
  readonly tenantId: string | null
  readonly kind: AlertMailKind
  readonly address: string
}

/** Signs a subscription for a link. The link does not expire: an old e-mail can still unsubscribe. */
export function unsubscribeToken({ tenantId, kind, address }: Subscription, key: Uint8Array): string {
  const content = Buffer.from(JSON.stringify([tenantId, kind, address])).toString('base64url')
  return `${content}.${signatureOf(content, key).toString('base64url')}`
}

/** Reads the subscription of a token; undefined if the token is not genuine. */
export function readUnsubscribeToken(token: string, key: Uint8Array): Subscription | undefined {
  const [content = '', signature = '', ...others] = token.split('.')
  const given = Buffer.from(signature, 'base64url')
  const expected = signatureOf(content, key)
  if (others.length > 0 || given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined
  const [tenantId, kind, address] = JSON.parse(Buffer.from(content, 'base64url').toString()) as [string | null, MailKind, string]
  return isAlertKind(kind) ? { tenantId, kind, address } : undefined
}

function signatureOf(content: string, key: Uint8Array): Buffer {
  return createHmac('sha256', key).update(`unsubscribe ${content}`).digest()
}
