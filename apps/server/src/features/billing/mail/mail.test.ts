import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { randomIds, type SettableClock, settableClock } from '@tollgate/kernel'
import { loadTemplates, smtpSender, templateRenderer } from '@tollgate/invoicing/smtp'
import { createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import type { Notification } from '@tollgate/webhooks'
import { SMTPServer } from 'smtp-server'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { eventually } from '../../../../../../test/kit/eventually.ts'
import { startJobs } from '../../../jobs/start-jobs.ts'
import { pino } from 'pino'
import { composeMail, type Mail } from './compose-mail.ts'
import { MAIL_JOB } from './mail-attempts.ts'
import { mailJobs } from './mail-jobs.ts'
import { unsubscribePage } from './unsubscribe-page.ts'

let test: TestDatabase
let clock: SettableClock
let smtp: SMTPServer
let url: string
/** What the mail server received, and how many recipients it still refuses. */
let received: string[]
let refusals: number
let quotaAlerts: Notification[]
let alerts: Notification[]

beforeAll(async () => {
  test = await createTestDatabase()
  smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo(_address, _session, callback) {
      refusals -= 1
      callback(refusals >= 0 ? Object.assign(new Error('try later'), { responseCode: 451 }) : null)
    },
    onData(stream, _session, callback) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        received.push(Buffer.concat(chunks).toString())
        callback()
      })
    },
  })
  const listening = smtp.listen(0, '127.0.0.1')
  await once(listening, 'listening')
  url = `smtp://127.0.0.1:${(listening.address() as AddressInfo).port}`
})
afterAll(async () => {
  await new Promise<void>(resolve => smtp.close(() => resolve()))
  await test.drop()
})
beforeEach(() => {
  clock = settableClock('2026-11-20T12:00:00Z')
  received = []
  refusals = 0
  quotaAlerts = []
  alerts = []
})
afterEach(async () => {
  await test.asOwner(
    'truncate invoicing.mails, invoicing.operator_mails, invoicing.mail_positions, invoicing.mail_unsubscribes, invoicing.operator_mail_unsubscribes, graphile_worker._private_jobs',
  )
})

/** Composes e-mails over the same database as every other server of the test. */
async function startServer(): Promise<Mail> {
  const source = (name: string, list: () => readonly Notification[]) => ({
    name,
    channel: name,
    read: async ({ after = '0', first }: { readonly after?: string | undefined; readonly first: number }) =>
      list()
        .filter(({ cursor }) => Number(cursor) > Number(after))
        .slice(0, first),
  })
  return composeMail({
    database: test.database,
    settings: {
      sender: smtpSender({ url, from: 'Tollgate <alerts@tollgate.example>' }),
      renderer: templateRenderer(await loadTemplates()),
      domain: 'tollgate.example',
      key: new Uint8Array(32).fill(7),
      publicUrl: 'https://tollgate.example',
      sendsInvoices: true,
      operatorAddresses: ['ops@tollgate.example'],
    },
    alerts: [source('quotas', () => quotaAlerts), source('alerts', () => alerts)],
    mailing: () => ({
      recipientOf: async tenantId => (tenantId === 'acme' ? { to: 'ana@acme.example', locale: 'de', name: 'Acme' } : undefined),
      complete: async () => ({ data: {}, attachments: [] }),
      onSent: async () => {},
      onResent: async () => {},
    }),
    clock,
    ids: randomIds(),
  })
}

function raise(tenantId: string): void {
  const cursor = String(quotaAlerts.length + 1)
  const data = { threshold: '80', window: 'BILLING_PERIOD', metric: 'TOKENS', operation: null, used: '81', limit: '100' }
  quotaAlerts.push({ id: `qal_${tenantId}_${cursor}`, cursor, type: 'quota.threshold_reached', tenantId, occurredAt: clock.now(), data })
}

interface StoredJob {
  readonly id: string
  readonly payload: { readonly tenantId: string | null; readonly id: string; readonly attempt: number }
  readonly delay_ms: number
}

/** Runs every attempt as a worker would, whether or not its time has come. Returns the delays in minutes. */
async function work(mail: Mail): Promise<readonly number[]> {
  const jobs = await test.asOwner<StoredJob>(
    `select jobs.id, jobs.payload, (1000 * extract(epoch from run_at - created_at))::int as delay_ms
     from graphile_worker._private_jobs jobs join graphile_worker._private_tasks tasks on tasks.id = task_id where identifier = '${MAIL_JOB}' order by jobs.id`,
  )
  await test.asOwner('delete from graphile_worker._private_jobs where id = any ($1)', [jobs.map(({ id }) => id)])
  for (const { payload } of jobs) await mail.mailbox.deliver(payload, new AbortController().signal)
  return jobs.map(({ delay_ms }) => Math.floor(delay_ms / 60_000))
}

const recipients = () => received.map(mail => /^To: (.*)$/m.exec(mail)?.[1] ?? '').sort()

describe('alerts by e-mail', () => {
  it('go to the tenant and the operator, each once, by any number of servers', async () => {
    raise('acme')
    const servers = await Promise.all([startServer(), startServer()])
    for (const server of servers) expect(await server.sendAlerts()).toBe(0) // From before e-mails were set up.
    raise('acme')
    raise('globex')
    alerts.push({
      id: 'alr_1_raised',
      cursor: '1',
      type: 'alert.raised',
      tenantId: null,
      occurredAt: clock.now(),
      data: { kind: 'LATENCY_P99', tenantId: null, message: 'p99 is 3 s.' },
    })
    await Promise.all([...servers, ...servers].map(server => server.sendAlerts()))
    await work(servers[0])
    expect(recipients()).toEqual(['ana@acme.example', 'ops@tollgate.example', 'ops@tollgate.example', 'ops@tollgate.example'])
    const toTenant = received.find(mail => mail.includes('To: ana@acme.example'))
    expect(toTenant).toContain('Subject: 80 % des Kontingents an tokens sind verbraucht')
    expect(toTenant).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click')
    expect(received.some(mail => mail.includes('Subject: latency p99'))).toBe(true)
  })

  it('are sent by a job, and after a delay if the mail server defers them', async () => {
    const mail = await startServer()
    await mail.sendAlerts()
    raise('acme')
    refusals = 1
    await mail.sendAlerts()
    await work(mail)
    expect(received).toHaveLength(1)
    expect(await work(mail)).toEqual([1])
    expect(recipients()).toEqual(['ana@acme.example', 'ops@tollgate.example'])
    raise('acme')
    await mail.sendAlerts()
    const log = pino({ level: 'silent' })
    const jobs = await startJobs({ access: test.access, jobs: mailJobs(mail), log })
    try {
      await eventually('the job sends both', () => received.length === 4)
    } finally {
      await jobs.stop()
    }
  })
})

describe('the page to unsubscribe', () => {
  it('unsubscribes by POST only, and rejects links that were changed', async () => {
    const mail = await startServer()
    const answer = unsubscribePage(mail.mailbox)
    const server = createServer((request, response) => void answer(request, response))
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    try {
      await mail.sendAlerts()
      raise('acme')
      await mail.sendAlerts()
      await work(mail)
      const sent = received.find(text => text.includes('To: ana@acme.example'))?.replaceAll(/\r\n /g, '') ?? ''
      const [, path = ''] = /List-Unsubscribe:\s*<https:\/\/tollgate\.example([^>]+)>/.exec(sent) ?? []
      const ask = (method: string, link = path) => fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${link}`, { method })
      expect(await (await ask('GET')).text()).toContain('Stop quota alerts to <b>ana@acme.example</b>?')
      expect((await ask('POST', `${path}x`)).status).toBe(404)
      raise('acme')
      await mail.sendAlerts()
      await work(mail)
      expect(recipients().filter(to => to === 'ana@acme.example')).toHaveLength(2)
      expect(await (await ask('POST')).text()).toContain('Unsubscribed.')
      raise('acme')
      await mail.sendAlerts()
      await work(mail)
      expect(recipients().filter(to => to === 'ana@acme.example')).toHaveLength(2)
      expect(recipients()).toHaveLength(5)
    } finally {
      server.close()
    }
  })
})
