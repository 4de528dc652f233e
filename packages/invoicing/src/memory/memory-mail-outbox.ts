import { OPERATOR_SCOPE, toPage } from '@tollgate/kernel'
import type { MailOutboxStore, MailSubscription } from '../mail/mail-outbox-store.ts'
import type { MailScheduler } from '../mail/mail-scheduler.ts'
import type { Mail, MailDraft } from '../model/mail/mail.ts'

/** Keeps e-mails in memory: for tests, examples, and programs that may forget them. */
export function memoryMailOutbox({ scheduler }: { readonly scheduler: MailScheduler }): MailOutboxStore {
  const mails = new Map<string, Mail>()
  const unsubscribed = new Set<string>()
  const isKnown = ({ tenantId, key }: MailDraft) => mails.values().some(mail => mail.tenantId === tenantId && mail.key === key)

  const store: MailOutboxStore = {
    async add(transaction, drafts) {
      for (const draft of drafts) {
        if (isKnown(draft)) continue
        mails.set(draft.id, { ...draft, state: 'pending', attempts: 0, resends: 0, sentAt: null, error: null })
        await scheduler.schedule([{ tenantId: draft.tenantId, id: draft.id, attempt: 1, delayMs: 0 }], transaction)
      }
    },
    addNow: drafts => store.add({ scope: OPERATOR_SCOPE }, drafts),
    mail: async ({ tenantId, id }) => {
      const mail = mails.get(id)
      return mail?.tenantId === tenantId ? mail : undefined
    },
    async recordAttempt({ tenantId, id, number, at, state, error, retryAfterMs }, alongside) {
      const mail = mails.get(id)
      if (mail?.tenantId !== tenantId || mail.attempts + 1 !== number) return
      await alongside?.({ scope: OPERATOR_SCOPE })
      mails.set(id, { ...mail, attempts: number, state, error, sentAt: state === 'sent' ? at : null })
      if (retryAfterMs !== null) await scheduler.schedule([{ tenantId, id, attempt: number + 1, delayMs: retryAfterMs }], { scope: OPERATOR_SCOPE })
    },
    async resend({ tenantId, id, to }, alongside) {
      const mail = mails.get(id)
      if (mail?.tenantId !== tenantId) return undefined
      if (mail.state === 'pending') return mail
      const pending: Mail = { ...mail, state: 'pending', attempts: 0, resends: mail.resends + 1, to: to ?? mail.to }
      await alongside?.({ scope: OPERATOR_SCOPE }, pending)
      mails.set(id, pending)
      await scheduler.schedule([{ tenantId, id, attempt: 1, delayMs: 0 }], { scope: OPERATOR_SCOPE })
      return pending
    },
    async request(draft, alongside) {
      const known = mails.values().find(mail => mail.tenantId === draft.tenantId && mail.key === draft.key)
      if (known === undefined) {
        await store.addNow([draft])
        const added = mails.get(draft.id)
        if (added === undefined) throw new TypeError('The e-mail was not added')
        await alongside?.({ scope: OPERATOR_SCOPE }, added)
        return added
      }
      return (await store.resend({ tenantId: draft.tenantId, id: known.id, to: draft.to }, alongside)) ?? known
    },
    async mails({ tenantId, state, first, after }) {
      const listed = [...mails.values()]
        .filter(mail => mail.tenantId === tenantId && (state === undefined || mail.state === state) && (after === undefined || mail.id < after))
        .sort((one, other) => (one.id < other.id ? 1 : -1))
      return toPage(listed.slice(0, first + 1), first)
    },
    isUnsubscribed: async subscription => unsubscribed.has(nameOf(subscription)),
    async unsubscribe(subscription) {
      unsubscribed.add(nameOf(subscription))
    },
  }
  return store
}

function nameOf({ tenantId, kind, address }: MailSubscription): string {
  return JSON.stringify([tenantId, kind, address.toLowerCase()])
}
