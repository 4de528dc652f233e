import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { afterEach, describe, expect, it } from 'vitest'
import type { MailMessage } from '../mail/mail-sender.ts'
import { loadTemplates, smtpSender, templateRenderer } from './index.ts'

const MESSAGE: MailMessage = {
  messageId: '<1@tollgate.example>',
  to: 'ana@acme.example',
  subject: 'Rechnung über 12,34 €',
  text: 'Text',
  html: '<p>Text</p>',
  headers: { 'List-Unsubscribe': '<https://tollgate.example/v1/mail/unsubscribe?token=abc>', 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' },
  attachments: [{ filename: 'INV-1.pdf', contentType: 'application/pdf', content: new TextEncoder().encode('%PDF-1.7') }],
}
const signal = new AbortController().signal

let server: SMTPServer | undefined
afterEach(async () => {
  const running = server
  server = undefined
  if (running !== undefined) await new Promise<void>(resolve => running.close(() => resolve()))
})

/** Starts a real SMTP server, and returns its URL and what it received. */
async function start(options: Partial<SMTPServerOptions> = {}) {
  const received: string[] = []
  server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, _session, callback) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        received.push(Buffer.concat(chunks).toString())
        callback()
      })
    },
    ...options,
  })
  server.on('error', () => {})
  const listening = server.listen(0, '127.0.0.1')
  await once(listening, 'listening')
  return { received, url: `smtp://127.0.0.1:${(listening.address() as AddressInfo).port}` }
}

function refuse(responseCode: number): Error {
  return Object.assign(new Error('refused'), { responseCode })
}

describe('SMTP', () => {
  it('sends text, HTML, headers and files', async () => {
    const { received, url } = await start()
    const sender = smtpSender({ url, from: 'Tollgate <billing@tollgate.example>' })
    expect(await sender.send(MESSAGE, signal)).toEqual({ kind: 'sent' })
    const [mail = ''] = received
    for (const part of [
      'From: Tollgate <billing@tollgate.example>',
      'To: ana@acme.example',
      'Message-ID: <1@tollgate.example>',
      'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
      'Content-Type: text/plain',
      'Content-Type: text/html',
      'Content-Type: application/pdf; name=INV-1.pdf',
      Buffer.from('%PDF-1.7').toString('base64'),
    ]) {
      expect(mail).toContain(part)
    }
  })

  it.each([
    { code: 451, kind: 'deferred' },
    { code: 550, kind: 'rejected' },
  ])('answers a recipient that is refused with $code as $kind', async ({ code, kind }) => {
    const { received, url } = await start({ onRcptTo: (_address, _session, callback) => callback(refuse(code)) })
    expect(await smtpSender({ url, from: 'billing@tollgate.example' }).send(MESSAGE, signal)).toMatchObject({ kind })
    expect(received).toEqual([])
  })

  it.each([
    { code: 452, kind: 'deferred' },
    { code: 554, kind: 'rejected' },
  ])('answers data that is refused with $code as $kind', async ({ code, kind }) => {
    const { url } = await start({
      onData(stream, _session, callback) {
        stream.resume()
        stream.on('end', () => callback(refuse(code)))
      },
    })
    expect(await smtpSender({ url, from: 'billing@tollgate.example' }).send(MESSAGE, signal)).toMatchObject({ kind })
  })

  it('defers e-mails while the server is away, or refuses the password', async () => {
    const { url } = await start({ authOptional: false, onAuth: (_auth, _session, callback) => callback(refuse(535)) })
    expect(await smtpSender({ url: url.replace('//', '//user:wrong@'), from: 'billing@tollgate.example' }).send(MESSAGE, signal)).toMatchObject({
      kind: 'deferred',
    })
    await new Promise<void>(resolve => server?.close(() => resolve()))
    server = undefined
    expect(await smtpSender({ url, from: 'billing@tollgate.example' }).send(MESSAGE, signal)).toMatchObject({ kind: 'deferred' })
  })
})

describe('templates of e-mails', () => {
  const REMINDER = {
    kind: 'reminder' as const,
    unsubscribeUrl: null,
    data: {
      recipient: 'Müller & <b>Söhne</b>',
      seller: 'Example GmbH',
      number: 'INV-7\r\nBcc: eve@evil.example',
      currency: 'EUR',
      total: '12345678901234567.89',
      amountDue: '1234.5',
      dueAt: '2026-02-28T23:00:00Z',
      timeZone: 'Europe/Berlin',
      daysLate: 1,
      lateFee: '5.00',
      payUrl: null,
      bankAccount: 'DE02 1203 0000 0000 2020 51',
    },
  }

  it('write amounts and dates in the locale of the recipient, exactly, and escape HTML', async () => {
    const renderer = templateRenderer(await loadTemplates())
    const german = await renderer.render({ ...REMINDER, locale: 'de-DE' })
    expect(german.subject).toBe('Zahlungserinnerung: Rechnung INV-7 Bcc: eve@evil.example ist überfällig')
    expect(german.text).toContain('war am 1. März 2026 fällig, vor 1 Tag. Offen sind 1.234,50\u00A0€ von 12.345.678.901.234.567,89\u00A0€.')
    expect(german.text).toContain('Guten Tag Müller & <b>Söhne</b>,')
    expect(german.html).toContain('Guten Tag Müller &amp; &lt;b&gt;Söhne&lt;/b&gt;,')
    const english = await renderer.render({ ...REMINDER, locale: 'en-US', data: { ...REMINDER.data, daysLate: 3 } })
    expect(english.text).toContain('was due on March 1, 2026, 3 days ago. €1,234.50 of €12,345,678,901,234,567.89 is still to be paid.')
    expect((await renderer.render({ ...REMINDER, locale: 'xx' })).subject).toMatch(/^Reminder: invoice/)
  })

  it.each(['invoice', 'credit_note', 'reminder', 'quota_alert', 'operational_alert'] as const)('exist in every language: %s', async kind => {
    const templates = await loadTemplates()
    const renderer = templateRenderer(templates)
    const data = {
      ...REMINDER.data,
      percentage: '80',
      window: 'month',
      metric: 'tokens',
      used: '8',
      limit: '10',
      tenantName: null,
      title: 'Slow',
      message: 'p95 is 3 s.',
      isRecovered: true,
      occurredAt: '2026-03-01T00:00:00Z',
    }
    for (const language of templates.languages.keys()) {
      const { subject, text, html } = await renderer.render({
        kind,
        locale: language,
        data,
        unsubscribeUrl: kind.endsWith('alert') ? 'https://t.example/u' : null,
      })
      expect(subject).toMatch(/\w/)
      for (const body of [text, html]) {
        expect(body).not.toMatch(/\{\{|\{%|undefined|NaN/)
        expect(body.includes('https://t.example/u')).toBe(kind.endsWith('alert'))
      }
    }
  })

  it('can be replaced by files, and add languages', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'templates-'))
    try {
      await writeFile(join(folder, 'reminder.de.txt'), 'Subject: Bitte zahlen: {{ number }}\n\nHallo!')
      await writeFile(join(folder, 'invoice.fr.html'), '<p>Bonjour {{ recipient }}</p>')
      await writeFile(join(folder, 'layout.html'), '<main>{{ content | raw }}</main>')
      const renderer = templateRenderer(await loadTemplates(folder))
      expect(await renderer.render({ ...REMINDER, locale: 'de' })).toMatchObject({ subject: 'Bitte zahlen: INV-7 Bcc: eve@evil.example', text: 'Hallo!' })
      expect((await renderer.render({ ...REMINDER, kind: 'invoice', locale: 'fr-FR' })).html).toBe(
        '<main><p>Bonjour Müller &amp; &lt;b&gt;Söhne&lt;/b&gt;</p></main>',
      )
      await writeFile(join(folder, 'invoice.de.txt'), 'no subject')
      await expect(loadTemplates(folder)).rejects.toThrow('must start with "Subject: …"')
      await writeFile(join(folder, 'invoice.de.txt'), 'Subject: {{ number\n\nx')
      const broken = await loadTemplates(folder)
      expect(() => templateRenderer(broken)).toThrow('The e-mail template invoice.de.txt cannot be read')
      await writeFile(join(folder, 'mahnung.txt'), 'x')
      await expect(loadTemplates(folder)).rejects.toThrow('"mahnung.txt" is not a template')
    } finally {
      await rm(folder, { recursive: true })
    }
  })
})
