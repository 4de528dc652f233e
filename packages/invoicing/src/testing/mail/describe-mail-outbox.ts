import { countingIds, type SettableClock, settableClock } from '@tollgate/kernel'
import { beforeEach, describe, expect, it } from 'vitest'
import { createMailbox, type Mailbox, type MailCompletion, type MailObsolete, type NewMail } from '../../mail/create-mailbox.ts'
import type { MailOutboxStore } from '../../mail/mail-outbox-store.ts'
import type { MailScheduler, ScheduledMail } from '../../mail/mail-scheduler.ts'
import type { MailMessage, MailResult } from '../../mail/mail-sender.ts'

/** Returns an outbox without e-mails that uses the scheduler. Called before each test. */
export type MakeMailOutbox = (scheduler: MailScheduler) => Promise<MailOutboxStore>

const MAIL: NewMail = { tenantId: 'acme', key: 'invoice:1', kind: 'invoice', to: 'ana@acme.example', locale: 'en', data: { number: 'INV-1' } }

/** The contract of `MailOutboxStore`: what every adapter must do. */
export function describeMailOutbox(name: string, make: MakeMailOutbox): void {
  describe(`${name} outbox of e-mails`, () => {
    let clock: SettableClock
    let scheduled: ScheduledMail[]
    let sent: MailMessage[]
    let result: MailResult
    let mailbox: Mailbox
    let completion: MailCompletion | MailObsolete
    let marked: string[]
    beforeEach(async () => {
      clock = settableClock('2026-03-10T12:00:00Z')
      scheduled = []
      sent = []
      result = { kind: 'sent' }
      completion = { data: {}, attachments: [] }
      marked = []
      const store = await make({ schedule: async attempts => void scheduled.push(...attempts) })
      mailbox = createMailbox({
        store,
        sender: {
          async send(message) {
            sent.push(message)
            return result
          },
        },
        renderer: {
          render: async ({ kind, data, unsubscribeUrl }) => ({ subject: kind, text: `${JSON.stringify(data)} ${unsubscribeUrl ?? ''}`, html: '' }),
        },
        complete: async () => completion,
        onSent: async (_transaction, { key, state }) => void marked.push(`${key} ${state}`),
        onResent: async (_transaction, { key }) => void marked.push(`resent ${key}`),
        key: new Uint8Array(32),
        publicUrl: 'https://tollgate.example',
        domain: 'tollgate.example',
        clock,
        ids: countingIds(),
        random: () => 0,
      })
    })

    const signal = new AbortController().signal
    const deliverNext = async () => {
      const next = scheduled.shift()
      if (next === undefined) throw new Error('Nothing is scheduled')
      await mailbox.deliver(next, signal)
      return next
    }
    const listed = async (tenantId: string | null = 'acme') => (await mailbox.list({ tenantId })).items

    it('sends an e-mail once for each key of a tenant', async () => {
      await mailbox.sendNow([MAIL, { ...MAIL, tenantId: 'globex' }, { ...MAIL, tenantId: null }])
      await mailbox.sendNow([MAIL, { ...MAIL, tenantId: null, to: 'else@acme.example' }])
      expect(scheduled).toHaveLength(3)
      for (const attempt of [...scheduled, ...scheduled]) await mailbox.deliver(attempt, signal)
      expect(sent).toHaveLength(3)
      expect(await listed()).toMatchObject([{ key: 'invoice:1', state: 'sent', attempts: 1, data: { number: 'INV-1' } }])
      expect((await listed(null)).map(({ to }) => to)).toEqual(['ana@acme.example'])
    })

    it('retries a deferred e-mail with the same message id, after longer and longer waits, and gives up at last', async () => {
      await mailbox.sendNow([MAIL])
      result = { kind: 'deferred', error: '451 try later' }
      const waits: number[] = []
      while (scheduled.length > 0) {
        const { delayMs } = await deliverNext()
        waits.push(delayMs / 60_000)
      }
      expect(waits).toEqual([0, 1, 5, 15, 60, 180, 360, 720, 1_440])
      expect(new Set(sent.map(({ messageId }) => messageId)).size).toBe(1)
      expect(await listed()).toMatchObject([{ state: 'failed', attempts: 9, error: '451 try later' }])
      expect((await mailbox.list({ tenantId: 'acme', state: 'failed' })).items).toHaveLength(1)
    })

    it('does not retry an e-mail that the server rejects', async () => {
      await mailbox.sendNow([MAIL])
      result = { kind: 'rejected', error: '550 no such user' }
      await deliverNext()
      expect([scheduled, await listed()]).toMatchObject([[], [{ state: 'failed', error: '550 no such user' }]])
    })

    it('sends an e-mail after it was deferred', async () => {
      await mailbox.sendNow([MAIL])
      result = { kind: 'deferred', error: '421 busy' }
      await deliverNext()
      result = { kind: 'sent' }
      clock.advance({ minutes: 1 })
      await deliverNext()
      expect(await listed()).toMatchObject([{ state: 'sent', attempts: 2, error: null }])
      expect((await listed())[0]?.sentAt?.toString()).toBe('2026-03-10T12:01:00Z')
    })

    it('completes an e-mail when it is sent, and reports it in the transaction that records it', async () => {
      await mailbox.sendNow([MAIL])
      completion = { data: { url: 'https://view' }, attachments: [{ filename: 'INV-1.pdf', contentType: 'application/pdf', content: new Uint8Array([1]) }] }
      result = { kind: 'deferred', error: '451 try later' }
      await deliverNext()
      expect(marked).toEqual([])
      result = { kind: 'sent' }
      await deliverNext()
      expect(marked).toEqual(['invoice:1 pending'])
      expect(sent.at(-1)).toMatchObject({ text: '{"number":"INV-1","url":"https://view"} ', attachments: [{ filename: 'INV-1.pdf' }] })
    })

    it('does not send an e-mail whose reason is gone', async () => {
      await mailbox.sendNow([MAIL])
      completion = { obsolete: 'The invoice was voided.' }
      await deliverNext()
      expect([sent, marked, scheduled, await listed()]).toMatchObject([[], [], [], [{ state: 'failed', error: 'The invoice was voided.' }]])
    })

    it('sends an e-mail again with another message id and all attempts, unless it is pending', async () => {
      await mailbox.sendNow([MAIL])
      result = { kind: 'rejected', error: '550 no such user' }
      await deliverNext()
      const id = (await listed())[0]?.id ?? ''
      await expect(mailbox.resend({ tenantId: 'globex', id })).rejects.toThrow('There is no e-mail')
      await expect(mailbox.resend({ tenantId: 'acme', id, to: 'nobody' })).rejects.toThrow('must be an e-mail address')
      const to = 'ben@acme.example'
      expect(await mailbox.resend({ tenantId: 'acme', id, to })).toMatchObject({ state: 'pending', attempts: 0, resends: 1, to })
      expect(await mailbox.resend({ tenantId: 'acme', id })).toMatchObject({ state: 'pending', resends: 1 })
      expect([scheduled.length, marked]).toEqual([1, ['resent invoice:1']])
      result = { kind: 'sent' }
      await deliverNext()
      expect(await listed()).toMatchObject([{ state: 'sent', attempts: 1, resends: 1, to, error: null }])
      expect(sent.map(({ messageId }) => messageId)).toEqual([`<${id}@tollgate.example>`, `<${id}.1@tollgate.example>`])
    })

    it('sends an e-mail on request, also if its key was sent before, to the requested address', async () => {
      await expect(mailbox.request({ ...MAIL, to: 'nobody' })).rejects.toThrow('must be an e-mail address')
      const first = await mailbox.request(MAIL)
      expect(await mailbox.request({ ...MAIL, to: 'ben@acme.example' })).toEqual(first)
      await deliverNext()
      const second = await mailbox.request({ ...MAIL, to: 'ben@acme.example' })
      expect(second).toMatchObject({ id: first.id, state: 'pending', resends: 1, to: 'ben@acme.example' })
      await deliverNext()
      expect(marked.filter(text => text.startsWith('resent'))).toEqual(['resent invoice:1', 'resent invoice:1'])
      expect([scheduled, sent.map(({ to }) => to)]).toEqual([[], [MAIL.to, 'ben@acme.example']])
    })

    it('omits addresses that are not valid', async () => {
      await mailbox.sendNow([
        { ...MAIL, to: 'not an address' },
        { ...MAIL, to: 'ana@acme.example>, <eve@evil.example' },
      ])
      expect(await listed()).toEqual([])
    })

    it('stops alerts to an address that unsubscribed with one click, and still sends invoices', async () => {
      const alert: NewMail = { ...MAIL, key: 'alert:1', kind: 'quota_alert' }
      await mailbox.sendNow([alert])
      await deliverNext()
      const [, token = ''] = /token=([\w.-]+)/.exec(sent[0]?.headers['List-Unsubscribe'] ?? '') ?? []
      expect(sent[0]?.headers['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click')
      expect(await mailbox.unsubscribe(`${token}x`)).toBeUndefined()
      expect(await mailbox.unsubscribe(token)).toEqual({ tenantId: 'acme', kind: 'quota_alert', address: 'ana@acme.example' })
      await mailbox.unsubscribe(token)
      await mailbox.sendNow([{ ...alert, key: 'alert:2' }, MAIL, { ...alert, key: 'alert:3', tenantId: 'globex' }])
      while (scheduled.length > 0) await deliverNext()
      expect((await listed()).map(({ key, state }) => `${key} ${state}`).sort()).toEqual(['alert:1 sent', 'alert:2 unsubscribed', 'invoice:1 sent'])
      expect(await listed('globex')).toMatchObject([{ state: 'sent' }])
      expect(sent.find(({ subject }) => subject === 'invoice')?.headers['List-Unsubscribe']).toBeUndefined()
    })

    it('lists e-mails in pages, latest first', async () => {
      for (const key of ['1', '2', '3']) {
        await mailbox.sendNow([{ ...MAIL, key }])
        clock.advance({ minutes: 1 })
      }
      const { items, hasMore } = await mailbox.list({ tenantId: 'acme', first: 2 })
      expect([items.map(({ key }) => key), hasMore]).toEqual([['3', '2'], true])
      expect((await mailbox.list({ tenantId: 'acme', first: 2, after: items[1]?.id })).items.map(({ key }) => key)).toEqual(['1'])
    })
  })
}
