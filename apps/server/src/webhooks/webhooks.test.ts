import { createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import { OPERATOR_SCOPE, randomIds, type SettableClock, settableClock, type Temporal, tenantScope } from '@tollgate/kernel'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Notice, NoticeSource } from '../notices/notice.ts'
import { eventually } from '../../../../test/kit/eventually.ts'
import { startJobs } from '../jobs/start-jobs.ts'
import { createWebhooks } from './create-webhooks.ts'
import { httpWebhookSender } from './http-webhook-sender.ts'
import { RETRY_SECONDS } from './judge-attempt.ts'
import { postgresWebhookStore } from './postgres/webhook-store.ts'
import { startWebhookReceiver, type WebhookReceiver } from './testing/webhook-receiver.ts'
import type { WebhookSender } from './webhook-sender.ts'
import { DELIVERY_JOB, webhookJobs } from '../features/webhooks/jobs.ts'
import type { Webhooks } from './webhooks.ts'

let test: TestDatabase
let clock: SettableClock
let notices: Notice[]
let receiver: WebhookReceiver
let webhooks: Webhooks

const ACME = tenantScope('acme')
const GLOBEX = tenantScope('globex')
const never = new AbortController().signal

beforeAll(async () => {
  test = await createTestDatabase()
})
afterAll(() => test.drop())
beforeEach(async () => {
  // Receivers refuse what is not signed now: the machine's time follows the clock.
  clock = settableClock('2026-11-20T12:00:00Z')
  vi.useFakeTimers({ toFake: ['Date'], now: clock.now().epochMilliseconds })
  notices = []
  receiver = await startWebhookReceiver()
  webhooks = serve()
})
afterEach(async () => {
  vi.useRealTimers()
  await receiver[Symbol.asyncDispose]()
  await test.asOwner('truncate webhooks.endpoints, webhooks.deliveries, webhooks.attempts, webhooks.positions, graphile_worker._private_jobs')
})

function source(name = 'test'): NoticeSource {
  return { name, channel: 'test', read: async ({ after = '0', first }) => notices.filter(({ cursor }) => Number(cursor) > Number(after)).slice(0, first) }
}

/** A server, over the same database as any other. */
function serve({
  sender = httpWebhookSender({ timeoutMs: 2_000 }),
  sources = [source()],
  allowPrivate = true,
}: { sender?: WebhookSender; sources?: NoticeSource[]; allowPrivate?: boolean } = {}): Webhooks {
  const settings = { allowPrivate, retrySeconds: RETRY_SECONDS }
  return createWebhooks({ store: postgresWebhookStore(test.database), sender, sources, settings, clock, ids: randomIds(), random: () => 0 })
}

function happen(tenantId: string | null, type: Notice['type'] = 'quota.threshold_reached'): Notice {
  const cursor = String(notices.length + 1)
  const notice: Notice = { id: `n${cursor}`, cursor, type, tenantId, occurredAt: clock.now(), data: { threshold: '80' } }
  notices.push(notice)
  return notice
}

function pass(duration: Temporal.DurationLike): void {
  clock.advance(duration)
  vi.setSystemTime(clock.now().epochMilliseconds)
}

interface StoredJob {
  id: string
  payload: { deliveryId: string; attempt: number }
  after_ms: number
}

const jobs = () =>
  test.asOwner<StoredJob>(
    `select jobs.id, jobs.payload, (1000 * extract(epoch from run_at - created_at))::int as after_ms
     from graphile_worker._private_jobs jobs join graphile_worker._private_tasks tasks on tasks.id = task_id
     where identifier = '${DELIVERY_JOB}' order by jobs.id`,
  )

/** Runs every job of a delivery that there is, whether or not its time has come, as a worker would. */
async function work(by = webhooks): Promise<void> {
  const found = await jobs()
  await test.asOwner('delete from graphile_worker._private_jobs where id = any ($1)', [found.map(({ id }) => id)])
  await Promise.all(found.map(({ payload }) => by.attempt(payload, never)))
}

async function endpoint(tenantId: string | null = 'acme', more: { url?: string; types?: Notice['type'][] } = {}) {
  return webhooks.createEndpoint({ tenantId, url: receiver.url, ...more })
}

const deliveriesOf = async (id: string) => (await webhooks.deliveries(OPERATOR_SCOPE, { endpointId: id, first: 1_000 })).deliveries
const theDelivery = async (id: string) => {
  const [delivery] = await deliveriesOf(id)
  if (delivery === undefined) throw new Error('There is no delivery')
  return delivery
}
const attemptsOf = async (id: string) => (await webhooks.attempts(OPERATOR_SCOPE, [id]))[0] ?? []

describe('a notice', () => {
  it('is sent once, signed, and stays delivered', async () => {
    const { endpoint: made, secret } = await endpoint()
    const notice = happen('acme')
    expect(await webhooks.dispatch()).toBe(1)
    await work()
    const [request, ...more] = receiver.verified(secret)
    expect(more).toEqual([])
    expect(request?.payload).toEqual({
      type: 'quota.threshold_reached',
      timestamp: '2026-11-20T12:00:00Z',
      data: { noticeId: notice.id, cursor: '1', tenantId: 'acme', threshold: '80' },
    })
    const delivery = await theDelivery(made.id)
    expect(delivery).toMatchObject({ state: 'DELIVERED', attempts: 1, failure: null, nextAttemptAt: null, payload: request?.body })
    expect(request?.id).toBe(`whd_${delivery.id}`)
    expect(await attemptsOf(delivery.id)).toMatchObject([{ number: 1, statusCode: 204, error: null }])

    await Promise.all([webhooks.dispatch(), webhooks.dispatch()])
    await work()
    expect(receiver.received).toHaveLength(1)
  })

  it('goes to who is to hear of it: by tenant, type and time', async () => {
    const before = happen('acme')
    pass({ seconds: 1 })
    const { endpoint: all } = await endpoint('acme')
    const { endpoint: alertsOnly } = await endpoint('acme', { types: ['alert.raised', 'alert.recovered'] })
    const { endpoint: foreign } = await endpoint('globex')
    const { endpoint: operators } = await endpoint(null)
    const { endpoint: off } = await endpoint('acme')
    await webhooks.updateEndpoint(ACME, off.id, { enabled: false })
    const quota = happen('acme')
    const alert = happen('acme', 'alert.raised')
    const everybodys = happen(null, 'alert.raised')
    const globex = happen('globex')
    await webhooks.dispatch()
    const heard = async ({ id }: { id: string }) =>
      (await deliveriesOf(id)).map(({ payload }) => (JSON.parse(payload) as { data: { noticeId: string } }).data.noticeId).toSorted()
    expect({
      all: await heard(all),
      alertsOnly: await heard(alertsOnly),
      foreign: await heard(foreign),
      operators: await heard(operators),
      off: await heard(off),
    }).toEqual({
      all: [quota.id, alert.id],
      alertsOnly: [alert.id],
      foreign: [globex.id],
      operators: [quota.id, alert.id, everybodys.id, globex.id],
      off: [],
    })
    expect(before.id).toBe('n1') // Before there was an endpoint: for nobody.
  })

  it('is taken over once by many servers at once, however many notices there are', async () => {
    const { endpoint: made } = await endpoint()
    for (let i = 0; i < 250; i++) happen('acme')
    const counts = await Promise.all(Array.from({ length: 6 }, () => serve().dispatch()))
    expect(counts.reduce((a, b) => a + b)).toBe(250)
    expect(await deliveriesOf(made.id)).toHaveLength(250)
    expect(await jobs()).toHaveLength(250)
  })

  it('of one source is not held up by another that fails', async () => {
    const { endpoint: made } = await endpoint()
    happen('acme')
    const broken: NoticeSource = { name: 'broken', channel: 'broken', read: () => Promise.reject(new Error('out of order')) }
    await expect(serve({ sources: [broken, source()] }).dispatch()).rejects.toThrow('out of order')
    expect(await deliveriesOf(made.id)).toHaveLength(1)
  })

  it('has deliveries, jobs and position together, or none of them', async () => {
    const { endpoint: made } = await endpoint()
    happen('acme')
    await test.asOwner(`alter function jobs.add_job rename to add_job_away`)
    await expect(webhooks.dispatch()).rejects.toThrow(/add_job/)
    await test.asOwner(`alter function jobs.add_job_away rename to add_job`)
    expect([await deliveriesOf(made.id), await jobs()]).toEqual([[], []])
    expect(await webhooks.dispatch()).toBe(1)
    expect([(await deliveriesOf(made.id)).length, (await jobs()).length]).toEqual([1, 1])
  })
})

describe('a delivery that fails', () => {
  it('is sent again with the same id and body, and pauses that grow, until it is given up as a dead letter', async () => {
    const { endpoint: made, secret } = await endpoint()
    receiver.answer(500)
    happen('acme')
    await webhooks.dispatch()
    const pauses: number[] = []
    for (let i = 0; i < RETRY_SECONDS.length; i++) {
      await work()
      const delivery = await theDelivery(made.id)
      const [job] = await jobs()
      expect(delivery.state).toBe('PENDING')
      expect(Math.abs((job?.after_ms ?? 0) - (RETRY_SECONDS[i] ?? 0) * 1_000)).toBeLessThan(50)
      pauses.push(
        Math.floor(
          clock
            .now()
            .until(delivery.nextAttemptAt ?? clock.now())
            .total('seconds'),
        ),
      )
      pass({ seconds: RETRY_SECONDS[i] ?? 0 })
    }
    await work()
    expect(pauses).toEqual(RETRY_SECONDS)
    expect(await theDelivery(made.id)).toMatchObject({ state: 'FAILED', failure: 'Given up after 10 attempts.', attempts: 10, nextAttemptAt: null })
    expect(await jobs()).toEqual([])
    expect(new Set(receiver.received.map(({ id }) => id)).size).toBe(1)
    expect(new Set(receiver.received.map(({ body }) => body)).size).toBe(1)
    expect(receiver.received).toHaveLength(10)
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-timestamp'])).size).toBe(10)
    vi.setSystemTime(Number(receiver.received.at(-1)?.headers['webhook-timestamp']) * 1_000)
    expect(() => receiver.verified(secret)).toThrow(/too old/) // Of the first ones, days later: each attempt is signed anew.
    const [last] = await attemptsOf((await theDelivery(made.id)).id)
    expect(last).toMatchObject({ number: 10, statusCode: 500, error: 'It answered 500.' })
  })

  it('is sent once more after one failure, and then no more', async () => {
    const { endpoint: made, secret } = await endpoint()
    receiver.answer(503)
    happen('acme')
    await webhooks.dispatch()
    await work()
    receiver.answer(200)
    await work()
    await work()
    expect(receiver.verified(secret)).toHaveLength(2)
    expect(await theDelivery(made.id)).toMatchObject({ state: 'DELIVERED', attempts: 2 })
  })

  it('is told of by an endpoint that redirects, hangs up, is not there or never answers', async () => {
    const errorOf = async (how: Parameters<WebhookReceiver['answer']>[0], url = receiver.url, timeoutMs = 2_000) => {
      receiver.answer(how)
      const { endpoint: made } = await endpoint('acme', { url })
      await webhooks.sendTest(ACME, made.id)
      await work(serve({ sender: httpWebhookSender({ timeoutMs }) }))
      const [attempt] = await attemptsOf((await theDelivery(made.id)).id)
      await webhooks.deleteEndpoint(ACME, made.id)
      return attempt?.error
    }
    const failures = {
      redirect: await errorOf(response => response.writeHead(302, { location: receiver.url }).end()),
      'hung up': await errorOf(response => response.destroy()),
      silent: await errorOf(() => {}, receiver.url, 200),
      nobody: await errorOf(204, 'http://127.0.0.1:1/'),
    }
    expect(failures).toEqual({
      redirect: 'It answered 302; redirects are not followed.',
      'hung up': 'It closed the connection without an answer.',
      silent: 'No answer within 0.2 s.',
      nobody: 'It refuses connections.',
    })
  })

  it('waits as long as the receiver asks for, and a day at the most', async () => {
    const { endpoint: made } = await endpoint()
    receiver.answer(response => response.writeHead(429, { 'retry-after': '120' }).end())
    await webhooks.sendTest(ACME, made.id)
    await work()
    expect((await jobs())[0]?.after_ms).toBe(120_000)
    receiver.answer(response => response.writeHead(503, { 'retry-after': new Date(clock.now().epochMilliseconds + 7 * 86_400_000).toUTCString() }).end())
    await work()
    expect((await jobs())[0]?.after_ms).toBe(86_400_000)
  })

  it('is sent again where a server died after it was sent and before that was kept', async () => {
    const { endpoint: made } = await endpoint()
    happen('acme')
    await webhooks.dispatch()
    const store = postgresWebhookStore(test.database)
    const dying = createWebhooks({
      store: { ...store, record: () => Promise.reject(new Error('killed')) },
      sender: httpWebhookSender(),
      sources: [],
      settings: { allowPrivate: true, retrySeconds: RETRY_SECONDS },
      clock,
      ids: randomIds(),
      random: () => 0,
    })
    const [job] = await jobs()
    await expect(dying.attempt(job?.payload as never, never)).rejects.toThrow('killed')
    expect(await theDelivery(made.id)).toMatchObject({ state: 'PENDING', attempts: 0 })
    await work() // The job is still there.
    expect(receiver.received.map(({ id }) => id)).toEqual([receiver.received[0]?.id, receiver.received[0]?.id])
    expect(await theDelivery(made.id)).toMatchObject({ state: 'DELIVERED', attempts: 1 })
  })

  it('counts an attempt once that two workers make at once', async () => {
    const { endpoint: made } = await endpoint()
    receiver.answer(500)
    happen('acme')
    await webhooks.dispatch()
    const [job] = await jobs()
    await test.asOwner('delete from graphile_worker._private_jobs')
    await Promise.all([webhooks.attempt(job?.payload as never, never), serve().attempt(job?.payload as never, never)])
    const delivery = await theDelivery(made.id)
    expect(delivery).toMatchObject({ state: 'PENDING', attempts: 1 })
    expect(await attemptsOf(delivery.id)).toHaveLength(1)
    expect((await jobs()).map(({ payload }) => payload.attempt)).toEqual([2])
    await webhooks.attempt(job?.payload as never, never)
    expect(receiver.received.length).toBeLessThanOrEqual(2) // A job of an attempt that was made does nothing.
  })

  it('is not kept as an attempt where the server stopped in the midst of it', async () => {
    const { endpoint: made } = await endpoint()
    const stopping = new AbortController()
    receiver.answer(() => stopping.abort(new Error('stopping')))
    await webhooks.sendTest(ACME, made.id)
    const [job] = await jobs()
    await expect(webhooks.attempt(job?.payload as never, stopping.signal)).rejects.toThrow('stopping')
    expect(await theDelivery(made.id)).toMatchObject({ state: 'PENDING', attempts: 0 })
  })
})

describe('an endpoint', () => {
  it('is switched off when it answers 410, and its waiting deliveries are given up', async () => {
    const { endpoint: made } = await endpoint()
    receiver.answer(410)
    happen('acme')
    await webhooks.dispatch()
    await work()
    happen('acme')
    expect(await webhooks.dispatch()).toBe(0)
    const [gone] = await webhooks.endpointsByIds(ACME, [made.id])
    expect(gone).toMatchObject({ enabled: false, disabledReason: 'The endpoint answered 410 Gone.' })
    expect(await theDelivery(made.id)).toMatchObject({ state: 'FAILED', failure: 'The endpoint answered 410 Gone.' })
    await expect(webhooks.sendTest(ACME, made.id)).rejects.toThrow('The webhook endpoint is switched off: The endpoint answered 410 Gone. Switch it on first')
    expect(await webhooks.updateEndpoint(ACME, made.id, { enabled: true })).toMatchObject({ enabled: true, disabledReason: null, failingSince: null })
  })

  it('that is switched off gives up what waits, which can be redelivered once it is on again', async () => {
    const { endpoint: made } = await endpoint()
    happen('acme')
    await webhooks.dispatch()
    await webhooks.updateEndpoint(ACME, made.id, { enabled: false })
    await work()
    expect(receiver.received).toEqual([])
    expect(await theDelivery(made.id)).toMatchObject({ state: 'FAILED', failure: 'The endpoint is switched off.', attempts: 0 })
    await webhooks.updateEndpoint(ACME, made.id, { enabled: true })
    const range = { endpointId: made.id, from: clock.now(), to: clock.now().add({ seconds: 1 }) }
    expect(await webhooks.redeliverFailed(ACME, range)).toBe(1)
    await work()
    expect(receiver.received).toHaveLength(1)
    expect(await webhooks.redeliverFailed(ACME, range)).toBe(0)
  })

  it('that nothing has reached for five days is switched off, with the time since when', async () => {
    const { endpoint: made } = await endpoint()
    receiver.answer(500)
    const dying: string[] = []
    for (let day = 0; day < 3; day++) {
      await webhooks.sendTest(ACME, made.id)
      for (let i = 0; i <= RETRY_SECONDS.length; i++) {
        await work()
        pass({ seconds: RETRY_SECONDS[i] ?? 0 })
      }
      dying.push((await webhooks.endpointsByIds(ACME, [made.id]))[0]?.disabledReason ?? 'on')
      if (dying.at(-1) !== 'on') break
    }
    expect(dying).toEqual(['on', 'Nothing has reached the endpoint since 2026-11-20T12:00:00Z.'])
  })

  it('is healthy again after one success', async () => {
    const { endpoint: made } = await endpoint()
    const failingSince = async () => (await webhooks.endpointsByIds(ACME, [made.id]))[0]?.failingSince?.toString() ?? null
    receiver.answer(500)
    await webhooks.sendTest(ACME, made.id)
    await work()
    expect(await failingSince()).toBe('2026-11-20T12:00:00Z')
    receiver.answer(200)
    await work()
    expect(await failingSince()).toBeNull()
  })

  it('signs with the old secret too for a day after its rotation', async () => {
    const { endpoint: made, secret: first } = await endpoint()
    const { secret: second } = await webhooks.rotateSecret(ACME, made.id)
    pass({ hours: 23, minutes: 59 })
    await webhooks.sendTest(ACME, made.id)
    await work()
    expect(second).toMatch(/^whsec_[\w+/]{43}=$/)
    expect(second).not.toBe(first)
    expect([receiver.verified(first).length, receiver.verified(second).length]).toEqual([1, 1])
  })

  it('signs with the new secret alone when the day is over', async () => {
    const { endpoint: made, secret: first } = await endpoint()
    const { secret: second } = await webhooks.rotateSecret(ACME, made.id)
    pass({ hours: 24 })
    await webhooks.sendTest(ACME, made.id)
    await work()
    expect(receiver.verified(second)).toHaveLength(1)
    expect(() => receiver.verified(first)).toThrow(/No matching signature/)
  })

  it('that is poisonous does not keep others from their notices', async () => {
    const { endpoint: poison } = await endpoint('acme', { url: 'http://127.0.0.1:1/' })
    const { endpoint: good, secret } = await endpoint('acme')
    for (let i = 0; i < 20; i++) happen('acme')
    await webhooks.dispatch()
    await work()
    expect(receiver.verified(secret)).toHaveLength(20)
    expect((await deliveriesOf(good.id)).every(({ state }) => state === 'DELIVERED')).toBe(true)
    expect((await deliveriesOf(poison.id)).every(({ state }) => state === 'PENDING')).toBe(true)
  })

  it('is deleted with its deliveries, and their jobs do nothing', async () => {
    const { endpoint: made } = await endpoint()
    happen('acme')
    await webhooks.dispatch()
    await webhooks.deleteEndpoint(ACME, made.id)
    await work()
    expect(receiver.received).toEqual([])
    expect(await test.asOwner('select from webhooks.deliveries')).toEqual([])
    await expect(webhooks.deleteEndpoint(ACME, made.id)).rejects.toThrow(`There is no webhook endpoint "whe_${made.id}".`)
  })

  it('is one of fifty of its owner at the most, also when many are made at once', async () => {
    const made = await Promise.allSettled(Array.from({ length: 55 }, () => endpoint()))
    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(50)
    await endpoint('globex')
  })
})

describe('slow endpoints', () => {
  it('keep neither other tenants nor the stop of the server waiting', async () => {
    vi.useRealTimers()
    receiver.answer((response, { path }) => path === '/hooks' && response.writeHead(204).end()) // Others are never answered.
    await Promise.all(
      Array.from({ length: 8 }, async (_, i) => {
        const { endpoint: slow } = await endpoint('acme', { url: receiver.url.replace('/hooks', `/slow/${i}`) })
        await Promise.all(Array.from({ length: 4 }, () => webhooks.sendTest(ACME, slow.id)))
      }),
    )
    const { endpoint: fast } = await endpoint('globex')
    for (let i = 0; i < 10; i++) await webhooks.sendTest(GLOBEX, fast.id)
    const patient = serve({ sender: httpWebhookSender({ timeoutMs: 60_000 }) })
    const running = await startJobs({ url: test.url, jobs: webhookJobs(patient), log: pino({ level: 'silent' }) })
    await eventually('the fast one has all of its deliveries', async () => (await deliveriesOf(fast.id)).every(({ state }) => state === 'DELIVERED'))
    expect(receiver.received.filter(({ path }) => path !== '/hooks').length).toBeLessThanOrEqual(6)
    await running.stop()
    expect(await test.asOwner(`select from webhooks.attempts where status_code is null`)).toEqual([]) // What was interrupted was no attempt.
  })
})

describe('redelivery', () => {
  it('sends a delivery again, whatever became of it, with the same id and a fresh schedule', async () => {
    const { endpoint: made, secret } = await endpoint()
    happen('acme')
    await webhooks.dispatch()
    await work()
    const { id } = await theDelivery(made.id)
    expect(await webhooks.redeliver(ACME, id)).toMatchObject({ state: 'PENDING', attempts: 1, tries: 0 })
    receiver.answer(500)
    await work()
    expect((await jobs())[0]).toMatchObject({ after_ms: 5_000, payload: { attempt: 3 } })
    receiver.answer(200)
    await work()
    expect(receiver.verified(secret).map(request => request.id)).toEqual([`whd_${id}`, `whd_${id}`, `whd_${id}`])
    expect((await attemptsOf(id)).map(({ number, statusCode }) => [number, statusCode])).toEqual([
      [3, 200],
      [2, 500],
      [1, 204],
    ])
  })

  it('of one that waits makes it due now, once', async () => {
    const { endpoint: made } = await endpoint()
    receiver.answer(500)
    await webhooks.sendTest(ACME, made.id)
    await work()
    const { id } = await theDelivery(made.id)
    await Promise.all([webhooks.redeliver(ACME, id), webhooks.redeliver(ACME, id)])
    expect((await jobs()).map(({ payload, after_ms }) => [payload.attempt, after_ms < 1_000 || after_ms])).toHaveLength(1)
    const [{ due } = { due: false }] = await test.asOwner<{ due: boolean }>('select run_at <= now() as due from graphile_worker._private_jobs')
    expect(due).toBe(true)
  })
})

describe('another tenant', () => {
  it('sees and changes nothing', async () => {
    const { endpoint: made } = await endpoint('acme')
    const { endpoint: operators } = await endpoint(null)
    happen('acme')
    await webhooks.dispatch()
    const { id } = await theDelivery(made.id)
    const page = { first: 10 }
    expect((await webhooks.endpoints(GLOBEX, page)).endpoints).toEqual([])
    expect((await webhooks.endpoints(ACME, page)).endpoints.map(found => found.id)).toEqual([made.id])
    expect(await webhooks.endpointsByIds(ACME, [operators.id])).toEqual([])
    expect(await webhooks.deliveriesByIds(GLOBEX, [id])).toEqual([])
    expect(await webhooks.attempts(GLOBEX, [id])).toEqual([[]])
    const range = { endpointId: made.id, from: clock.now(), to: clock.now().add({ hours: 1 }) }
    await Promise.all(
      [
        webhooks.deliveries(GLOBEX, { endpointId: made.id, first: 10 }),
        webhooks.updateEndpoint(GLOBEX, made.id, { enabled: false }),
        webhooks.rotateSecret(GLOBEX, made.id),
        webhooks.deleteEndpoint(GLOBEX, made.id),
        webhooks.redeliver(GLOBEX, id),
        webhooks.redeliverFailed(GLOBEX, range),
        webhooks.sendTest(GLOBEX, made.id),
        webhooks.deleteEndpoint(ACME, operators.id),
      ].map(refused => expect(refused).rejects.toMatchObject({ code: 'NOT_FOUND' })),
    )
  })

  it('is kept out by the database as well', async () => {
    const { endpoint: made } = await endpoint('acme')
    await webhooks.sendTest(ACME, made.id)
    await work()
    for (const table of ['endpoints', 'deliveries', 'attempts', 'positions']) {
      expect(await test.database.query(GLOBEX, `select * from webhooks.${table}`)).toEqual([])
    }
  })
})

describe('retention', () => {
  it('forgets deliveries of more than thirty days ago, and their attempts', async () => {
    const { endpoint: made } = await endpoint()
    await webhooks.sendTest(ACME, made.id)
    await work()
    pass({ hours: 30 * 24 })
    await webhooks.sendTest(ACME, made.id)
    expect(await webhooks.forgetOld()).toBe(0)
    pass({ seconds: 1 })
    expect(await webhooks.forgetOld()).toBe(1)
    expect(await deliveriesOf(made.id)).toHaveLength(1)
    expect(await test.asOwner('select from webhooks.attempts')).toEqual([])
  })
})
