import { checkedInput, checkShape, inputShape } from '@tollgate/kernel/input'
import { checkPageSize, type Clock, type IdSource, InvalidInput, NotFound, type Page, toMicrosecond, type Transaction } from '@tollgate/kernel'
import { retryDelayMs } from '../engine/mail/retry-delay.ts'
import { readUnsubscribeToken, unsubscribeToken } from '../engine/mail/unsubscribe-token.ts'
import { isMailAddress } from '../model/mail/check-mail-address.ts'
import { isAlertKind, type Mail, type MailData, type MailDraft, type MailState } from '../model/mail/mail.ts'
import type { MailOutboxStore, MailRef, MailSubscription } from './mail-outbox-store.ts'
import type { MailRenderer } from './mail-renderer.ts'
import type { MailAttachment, MailResult, MailSender } from './mail-sender.ts'

/** What sending e-mails needs. */
export interface MailboxDependencies {
  readonly store: MailOutboxStore
  readonly sender: MailSender
  readonly renderer: MailRenderer
  /** Returns what is added to an e-mail when it is sent, such as the PDF of an invoice and links to it. Defaults to nothing. */
  readonly complete?: (mail: Mail) => Promise<MailCompletion | MailObsolete>
  /** Called in the transaction that records that an e-mail was sent. */
  readonly onSent?: (transaction: Transaction, mail: Mail) => Promise<void>
  /** Called in the transaction in which somebody has an e-mail sent, or sent again: then it has resends. */
  readonly onResent?: (transaction: Transaction, mail: Mail) => Promise<void>
  /** Signs links to unsubscribe. */
  readonly key: Uint8Array
  /** Address of the server for recipients: "https://tollgate.example". Null to put no links into e-mails. */
  readonly publicUrl: string | null
  /** The part of message ids after the "@". */
  readonly domain: string
  readonly clock: Clock
  readonly ids: IdSource
  /** Returns a number from 0 to below 1. Spreads retries. */
  readonly random: () => number
}

/** What is only known of an e-mail when it is sent. */
export interface MailCompletion {
  /** For its template, besides the data that was written with it. */
  readonly data: MailData
  readonly attachments: readonly MailAttachment[]
}

/** Says why an e-mail is not sent any more. */
export interface MailObsolete {
  readonly obsolete: string
}

/** An e-mail to send. */
export type NewMail = Omit<MailDraft, 'id' | 'createdAt'>

/** E-mails of tenants and of the operator. */
export interface Mailbox {
  /** Adds e-mails in the transaction of their reason: each once for its key. Omits addresses that are not valid. */
  send(transaction: Transaction, mails: readonly NewMail[]): Promise<void>
  /** Adds e-mails in a transaction of their own. */
  sendNow(mails: readonly NewMail[]): Promise<void>
  /** Sends an e-mail again that was sent or has failed, to another address if `to` is given. Does nothing if it is pending. Throws `NotFound` and `InvalidInput`. */
  resend(mail: MailRef & { readonly to?: string | undefined }): Promise<Mail>
  /** Sends an e-mail that somebody asks for, also if it was sent before. Does nothing if it is pending. Throws `InvalidInput`. */
  request(mail: NewMail): Promise<Mail>
  /** Makes an attempt to send an e-mail. Does nothing if that attempt was made before. */
  deliver(mail: MailRef & { readonly attempt: number }, signal: AbortSignal): Promise<void>
  /** Returns what a link unsubscribes from; undefined if the link is not genuine. */
  readUnsubscribeLink(token: string): MailSubscription | undefined
  /** Unsubscribes with the token of a link. Returns what it unsubscribed from; undefined if the link is not genuine. */
  unsubscribe(token: string): Promise<MailSubscription | undefined>
  list(query: {
    readonly tenantId: string | null
    readonly state?: MailState | undefined
    readonly first?: number | undefined
    readonly after?: string | undefined
  }): Promise<Page<Mail>>
}

/** Where links to unsubscribe lead. */
export const UNSUBSCRIBE_PATH = '/v1/mail/unsubscribe'
const PAGE_SIZE = { default: 50, max: 500 }

type MailList = Parameters<Mailbox['list']>[0]

const OPTIONS = inputShape<MailboxDependencies>({
  store: 'object',
  sender: 'object',
  renderer: 'object',
  complete: 'function?',
  onSent: 'function?',
  onResent: 'function?',
  key: 'object',
  publicUrl: 'text|null',
  domain: 'text',
  clock: 'object',
  ids: 'object',
  random: 'function',
})
const INPUTS = {
  mail: inputShape<NewMail>({ tenantId: 'text|null', key: 'text', kind: 'text', to: 'text', locale: 'text', data: 'object' }),
  resend: inputShape<MailRef & { readonly to?: string | undefined }>({ tenantId: 'text|null', id: 'text', to: 'text?' }),
  list: inputShape<MailList>({ tenantId: 'text|null', state: 'text?', first: 'number?', after: 'text?' }),
}

/** Creates a mailbox over an outbox, a sender and templates. Throws `InvalidInput` for options that it does not have, or that are missing. */
export function createMailbox(dependencies: MailboxDependencies): Mailbox {
  checkShape(OPTIONS, dependencies)
  const { store, key, clock, ids } = dependencies

  function drafts(mails: readonly NewMail[]): readonly MailDraft[] {
    const createdAt = toMicrosecond(clock.now())
    return mails.filter(({ to }) => isMailAddress(to)).map(mail => ({ ...mail, id: ids.uuidV7(createdAt.epochMilliseconds), createdAt }))
  }

  return {
    send: (transaction, mails) => store.add(transaction, drafts(mails)),
    sendNow: mails => store.addNow(drafts(mails)),
    async deliver({ attempt, ...ref }, signal) {
      const mail = await store.mail(ref)
      if (mail?.state !== 'pending' || mail.attempts + 1 !== attempt) return
      const result = await attemptDelivery(dependencies, mail, signal)
      const retryAfterMs = result.state === 'pending' ? (retryDelayMs(attempt, dependencies.random) ?? null) : null
      const state = result.state === 'pending' && retryAfterMs === null ? 'failed' : result.state
      const { onSent } = dependencies
      await store.recordAttempt(
        { ...ref, number: attempt, at: toMicrosecond(clock.now()), state, error: result.error, retryAfterMs },
        state === 'sent' && onSent !== undefined ? transaction => onSent(transaction, mail) : undefined,
      )
    },
    async resend(ref) {
      checkShape(INPUTS.resend, ref)
      if (typeof ref.to === 'string' && !isMailAddress(ref.to)) throw new InvalidInput([{ path: 'to', message: 'must be an e-mail address' }])
      const mail = await store.resend(ref, dependencies.onResent)
      if (mail === undefined) throw new NotFound('e-mail', ref.id)
      return mail
    },
    async request(mail) {
      checkShape(INPUTS.mail, mail)
      const [draft] = drafts([mail])
      if (draft === undefined) throw new InvalidInput([{ path: 'to', message: 'must be an e-mail address' }])
      return store.request(draft, dependencies.onResent)
    },
    readUnsubscribeLink: token => readUnsubscribeToken(token, key),
    async unsubscribe(token) {
      const subscription = readUnsubscribeToken(token, key)
      if (subscription !== undefined) await store.unsubscribe(subscription, toMicrosecond(clock.now()))
      return subscription
    },
    list: checkedInput(INPUTS.list, async ({ first, ...query }) => store.mails({ ...query, first: checkPageSize(first, PAGE_SIZE) })),
  }
}

async function attemptDelivery(
  { store, sender, renderer, complete, key, publicUrl, domain }: MailboxDependencies,
  mail: Mail,
  signal: AbortSignal,
): Promise<{ readonly state: MailState; readonly error: string | null }> {
  const { tenantId, kind, to: address, locale } = mail
  const subscription = isAlertKind(kind) ? { tenantId, kind, address } : undefined
  if (subscription !== undefined && (await store.isUnsubscribed(subscription))) return { state: 'unsubscribed', error: null }
  const url = subscription === undefined || publicUrl === null ? null : `${publicUrl}${UNSUBSCRIBE_PATH}?token=${unsubscribeToken(subscription, key)}`
  try {
    const completion = (await complete?.(mail)) ?? NOTHING
    if ('obsolete' in completion) return { state: 'failed', error: completion.obsolete }
    const rendered = await renderer.render({ kind, locale, data: { ...mail.data, ...completion.data }, unsubscribeUrl: url })
    const message = { ...rendered, messageId: messageIdOf(mail, domain), to: address, headers: headersOf(url), attachments: completion.attachments }
    return stateOf(await sender.send(message, signal))
  } catch (error) {
    // A template or a PDF that cannot be made now may be later.
    return { state: 'pending', error: error instanceof Error ? error.message : String(error) }
  }
}

const NOTHING: MailCompletion = { data: {}, attachments: [] }

/** The same for each attempt. An e-mail that somebody has sent again has another one: mail programs hide repeats. */
function messageIdOf({ id, resends }: Mail, domain: string): string {
  return `<${id}${resends === 0 ? '' : `.${resends}`}@${domain}>`
}

function stateOf(result: MailResult): { readonly state: MailState; readonly error: string | null } {
  if (result.kind === 'sent') return { state: 'sent', error: null }
  return { state: result.kind === 'deferred' ? 'pending' : 'failed', error: result.error }
}

/** One click unsubscribes, as RFC 8058 says. Automatic replies are not sent to these e-mails (RFC 3834). */
function headersOf(unsubscribeUrl: string | null): Readonly<Record<string, string>> {
  const automatic = { 'Auto-Submitted': 'auto-generated' }
  return unsubscribeUrl === null
    ? automatic
    : { ...automatic, 'List-Unsubscribe': `<${unsubscribeUrl}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }
}
