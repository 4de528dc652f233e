import { randomBytes } from 'node:crypto'
import { OPERATOR_SCOPE, randomIds, type SettableClock, settableClock, type Temporal, tenantScope } from '@tollgate/kernel'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createWebhooks, type WebhooksDependencies } from './create-webhooks.ts'
import { DEFAULT_RETRY_SECONDS } from './engine/classify-attempt.ts'
import { httpWebhookSender } from './http/index.ts'
import { type MemoryAttemptScheduler, memoryAttemptScheduler, memoryWebhookStore } from './memory/index.ts'
import { type Notification, NOTIFICATION_TYPES } from './model/notification.ts'
import type { NotificationSource } from './notification-source.ts'
import { startWebhookReceiver, type WebhookReceiver } from './testing/index.ts'
import type { WebhookStore } from './webhook-store.ts'
import type { Webhooks } from './webhooks.ts'

const ACME = tenantScope('acme')
const GLOBEX = tenantScope('globex')
const never = new AbortController().signal

let clock: SettableClock
let scheduler: MemoryAttemptScheduler
let store: WebhookStore
let notifications: Notification[]
let receiver: WebhookReceiver
let webhooks: Webhooks

beforeEach(async () => {
  // Receivers reject old signatures: the machine's time follows the clock.
  clock = settableClock('2026-11-20T12:00:00Z')
  vi.useFakeTimers({ toFake: ['Date'], now: clock.now().epochMilliseconds })
  scheduler = memoryAttemptScheduler()
  store = memoryWebhookStore({ scheduler })
  notifications = []
  receiver = await startWebhookReceiver()
  webhooks = startServer()
})
afterEach(async () => {
  vi.useRealTimers()
  await receiver[Symbol.asyncDispose]()
})

function source(name = 'test'): NotificationSource {
  return {
    name,
    channel: `${name}-channel`,
    read: async ({ after = '0', first }) => notifications.filter(({ cursor }) => Number(cursor) > Number(after)).slice(0, first),
  }
}

/** Creates webhooks over the same store as every other server of the test. */
function startServer(more: Partial<WebhooksDependencies> = {}): Webhooks {
  return createWebhooks({
    store,
    sender: httpWebhookSender({ timeoutMs: 2_000 }),
    sources: [source()],
    settings: { allowPrivate: true, retrySeconds: DEFAULT_RETRY_SECONDS },
    clock,
    ids: randomIds(),
    random: () => 0,
    randomBytes,
    ...more,
  })
}

function notify(tenantId: string | null, type: Notification['type'] = 'quota.threshold_reached'): Notification {
  const cursor = String(notifications.length + 1)
  const notification: Notification = { id: `n${cursor}`, cursor, type, tenantId, occurredAt: clock.now(), data: { threshold: '80' } }
  notifications.push(notification)
  return notification
}

function pass(duration: Temporal.DurationLike): void {
  clock.advance(duration)
  vi.setSystemTime(clock.now().epochMilliseconds)
}

/** Makes every scheduled attempt, whether or not its delay has passed. */
async function work(by = webhooks): Promise<void> {
  await Promise.all(scheduler.take().map(attempt => by.attempt(attempt, never)))
}

async function addEndpoint(tenantId: string | null = 'acme', more: { url?: string; types?: Notification['type'][] } = {}) {
  return webhooks.createEndpoint({ tenantId, url: receiver.url, ...more })
}

const deliveriesOf = async (id: string) => (await webhooks.deliveries(OPERATOR_SCOPE, { endpointId: id, first: 1_000 })).items
const theDelivery = async (id: string) => {
  const [delivery] = await deliveriesOf(id)
  if (delivery === undefined) throw new Error('There is no delivery')
  return delivery
}
const attemptsOf = async (id: string) => (await webhooks.attempts(OPERATOR_SCOPE, [id]))[0] ?? []
const readEndpoint = async (id: string) => (await webhooks.endpointsByIds(OPERATOR_SCOPE, [id]))[0]

it('listens on the channels of its sources', () => {
  expect(startServer({ sources: [source('alerts'), source('quotas')] }).channels).toEqual(['alerts-channel', 'quotas-channel'])
})

describe('a notification', () => {
  it('is sent once, signed, and stays delivered', async () => {
    const { endpoint, secret } = await addEndpoint()
    const notification = notify('acme')
    expect(await webhooks.dispatch()).toBe(1)
    await work()
    const [request, ...more] = receiver.verified(secret)
    expect(more).toEqual([])
    expect(request?.payload).toEqual({
      type: 'quota.threshold_reached',
      timestamp: '2026-11-20T12:00:00Z',
      data: { noticeId: notification.id, cursor: '1', tenantId: 'acme', threshold: '80' },
    })
    const delivery = await theDelivery(endpoint.id)
    expect(delivery).toMatchObject({ state: 'DELIVERED', attemptCount: 1, failure: null, nextAttemptAt: null, payload: request?.body })
    expect(request?.id).toBe(`whd_${delivery.id}`)
    expect(await attemptsOf(delivery.id)).toMatchObject([{ number: 1, statusCode: 204, error: null }])

    await Promise.all([webhooks.dispatch(), webhooks.dispatch()])
    await work()
    expect(receiver.received).toHaveLength(1)
  })

  it('waits until its own channel is dispatched', async () => {
    await addEndpoint()
    notify('acme')
    expect(await webhooks.dispatch(new Set(['another-channel']))).toBe(0)
    expect(await webhooks.dispatch(new Set(['test-channel']))).toBe(1)
  })

  it('is created once for notifications that are published, also if they are published again', async () => {
    const { endpoint } = await addEndpoint('acme')
    const published = (cursor: string): Notification => ({
      id: `checkpoint-${cursor}`,
      cursor,
      type: 'audit.checkpoint',
      tenantId: 'acme',
      occurredAt: clock.now(),
      data: { size: Number(cursor) },
    })
    expect(await webhooks.publish('log', [published('1'), published('2')])).toBe(2)
    expect(await Promise.all([webhooks.publish('log', [published('2')]), webhooks.publish('log', [published('3')])])).toEqual([0, 1])
    expect(await webhooks.publish('log', [])).toBe(0)
    expect((await deliveriesOf(endpoint.id)).map(({ type }) => type)).toEqual(['audit.checkpoint', 'audit.checkpoint', 'audit.checkpoint'])
  })

  it('reaches endpoints by tenant, type and time', async () => {
    const before = notify('acme')
    pass({ seconds: 1 })
    const { endpoint: all } = await addEndpoint('acme')
    const { endpoint: alertsOnly } = await addEndpoint('acme', { types: ['alert.raised', 'alert.recovered'] })
    const { endpoint: foreign } = await addEndpoint('globex')
    const { endpoint: operators } = await addEndpoint(null)
    const { endpoint: disabled } = await addEndpoint('acme')
    await webhooks.updateEndpoint(ACME, disabled.id, { enabled: false })
    const quota = notify('acme')
    const alert = notify('acme', 'alert.raised')
    const installation = notify(null, 'alert.raised')
    const globex = notify('globex')
    await webhooks.dispatch()
    const received = async ({ id }: { id: string }) =>
      (await deliveriesOf(id)).map(({ payload }) => (JSON.parse(payload) as { data: { noticeId: string } }).data.noticeId).toSorted()
    expect({
      all: await received(all),
      alertsOnly: await received(alertsOnly),
      foreign: await received(foreign),
      operators: await received(operators),
      disabled: await received(disabled),
    }).toEqual({
      all: [quota.id, alert.id],
      alertsOnly: [alert.id],
      foreign: [globex.id],
      operators: [quota.id, alert.id, installation.id, globex.id],
      disabled: [],
    })
    expect(before.id).toBe('n1') // Occurred before the endpoints were created: no one receives it.
  })

  it('is dispatched once when many servers dispatch at the same time, however many there are', async () => {
    const { endpoint } = await addEndpoint()
    for (let i = 0; i < 250; i++) notify('acme')
    const counts = await Promise.all(Array.from({ length: 6 }, () => startServer().dispatch()))
    expect(counts.reduce((a, b) => a + b)).toBe(250)
    expect(await deliveriesOf(endpoint.id)).toHaveLength(250)
    expect(scheduler.scheduled()).toHaveLength(250)
  })

  it('of one source is dispatched even if another source fails', async () => {
    const { endpoint } = await addEndpoint()
    notify('acme')
    const broken = (name: string): NotificationSource => ({ name, channel: name, read: () => Promise.reject(new Error(`${name} is out of order`)) })
    await expect(startServer({ sources: [broken('one'), source()] }).dispatch()).rejects.toThrow('one is out of order')
    expect(await deliveriesOf(endpoint.id)).toHaveLength(1)
    await expect(startServer({ sources: [broken('one'), broken('two')] }).dispatch()).rejects.toThrow('Several notification sources could not be dispatched.')
  })
})

describe('a delivery that fails', () => {
  it('is sent again with the same id and body, at growing intervals, until the schedule ends', async () => {
    const { endpoint, secret } = await addEndpoint()
    receiver.respond(500)
    notify('acme')
    await webhooks.dispatch()
    const delays: number[] = []
    for (let i = 0; i < DEFAULT_RETRY_SECONDS.length; i++) {
      await work()
      const delivery = await theDelivery(endpoint.id)
      expect(delivery.state).toBe('PENDING')
      expect(scheduler.scheduled()).toMatchObject([{ attempt: i + 2, delayMs: (DEFAULT_RETRY_SECONDS[i] ?? 0) * 1_000 }])
      delays.push(
        Math.floor(
          clock
            .now()
            .until(delivery.nextAttemptAt ?? clock.now())
            .total('seconds'),
        ),
      )
      pass({ seconds: DEFAULT_RETRY_SECONDS[i] ?? 0 })
    }
    await work()
    expect(delays).toEqual(DEFAULT_RETRY_SECONDS)
    expect(await theDelivery(endpoint.id)).toMatchObject({ state: 'FAILED', failure: 'Gave up after 10 attempts.', attemptCount: 10, nextAttemptAt: null })
    expect(scheduler.scheduled()).toEqual([])
    expect(new Set(receiver.received.map(({ id }) => id)).size).toBe(1)
    expect(new Set(receiver.received.map(({ body }) => body)).size).toBe(1)
    expect(receiver.received).toHaveLength(10)
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-timestamp'])).size).toBe(10)
    vi.setSystemTime(Number(receiver.received.at(-1)?.headers['webhook-timestamp']) * 1_000)
    expect(() => receiver.verified(secret)).toThrow(/too old/) // Each attempt has its own signature: that of the first is days old.
    const [last] = await attemptsOf((await theDelivery(endpoint.id)).id)
    expect(last).toMatchObject({ number: 10, statusCode: 500, error: 'The endpoint responded with 500.' })
  })

  it('is sent once more after one failure, and no more after a success', async () => {
    const { endpoint, secret } = await addEndpoint()
    receiver.respond(503)
    notify('acme')
    await webhooks.dispatch()
    await work()
    receiver.respond(200)
    await work()
    await work()
    expect(receiver.verified(secret)).toHaveLength(2)
    expect(await theDelivery(endpoint.id)).toMatchObject({ state: 'DELIVERED', attemptCount: 2 })
  })

  it('says why: a redirect, a closed connection, no response, or a refused connection', async () => {
    const errorOf = async (how: Parameters<WebhookReceiver['respond']>[0], url = receiver.url, timeoutMs = 2_000) => {
      receiver.respond(how)
      const { endpoint } = await addEndpoint('acme', { url })
      await webhooks.sendTest(ACME, endpoint.id)
      await work(startServer({ sender: httpWebhookSender({ timeoutMs }) }))
      const [attempt] = await attemptsOf((await theDelivery(endpoint.id)).id)
      await webhooks.deleteEndpoint(ACME, endpoint.id)
      return attempt?.error
    }
    const errors = {
      redirect: await errorOf(response => response.writeHead(302, { location: receiver.url }).end()),
      'closed connection': await errorOf(response => response.destroy()),
      'no response': await errorOf(() => {}, receiver.url, 200),
      'refused connection': await errorOf(204, 'http://127.0.0.1:1/'),
    }
    expect(errors).toEqual({
      redirect: 'The endpoint responded with 302. Redirects are not followed.',
      'closed connection': 'The connection was closed without a response.',
      'no response': 'No response within 0.2 s.',
      'refused connection': 'The connection was refused.',
    })
  })

  it('is retried when the receiver asks for, within a day', async () => {
    const { endpoint } = await addEndpoint()
    receiver.respond(response => response.writeHead(429, { 'retry-after': '120' }).end())
    await webhooks.sendTest(ACME, endpoint.id)
    await work()
    expect(scheduler.scheduled()[0]?.delayMs).toBe(120_000)
    receiver.respond(response => response.writeHead(503, { 'retry-after': new Date(clock.now().epochMilliseconds + 7 * 86_400_000).toUTCString() }).end())
    await work()
    expect(scheduler.scheduled()[0]?.delayMs).toBe(86_400_000)
  })

  it('is sent again if a server dies between sending and recording', async () => {
    const { endpoint } = await addEndpoint()
    notify('acme')
    await webhooks.dispatch()
    const dying = startServer({ store: { ...store, recordAttempt: () => Promise.reject(new Error('killed')) }, sender: httpWebhookSender(), sources: [] })
    const [attempt] = scheduler.scheduled()
    await expect(dying.attempt(attempt ?? { deliveryId: '', attempt: 0 }, never)).rejects.toThrow('killed')
    expect(await theDelivery(endpoint.id)).toMatchObject({ state: 'PENDING', attemptCount: 0 })
    await work() // The attempt is still scheduled.
    expect(receiver.received.map(({ id }) => id)).toEqual([receiver.received[0]?.id, receiver.received[0]?.id])
    expect(await theDelivery(endpoint.id)).toMatchObject({ state: 'DELIVERED', attemptCount: 1 })
  })

  it('counts an attempt once if two workers make it at the same time', async () => {
    const { endpoint } = await addEndpoint()
    receiver.respond(500)
    notify('acme')
    await webhooks.dispatch()
    const [attempt = { deliveryId: '', attempt: 0 }] = scheduler.take()
    await Promise.all([webhooks.attempt(attempt, never), startServer().attempt(attempt, never)])
    const delivery = await theDelivery(endpoint.id)
    expect(delivery).toMatchObject({ state: 'PENDING', attemptCount: 1 })
    expect(await attemptsOf(delivery.id)).toHaveLength(1)
    expect(scheduler.scheduled().map(scheduled => scheduled.attempt)).toEqual([2])
    await webhooks.attempt(attempt, never)
    expect(receiver.received.length).toBeLessThanOrEqual(2) // An attempt that was made already does nothing.
  })

  it('does not count an attempt that a stop interrupts', async () => {
    const { endpoint } = await addEndpoint()
    const stopping = new AbortController()
    receiver.respond(() => stopping.abort(new Error('stopping')))
    await webhooks.sendTest(ACME, endpoint.id)
    const [attempt = { deliveryId: '', attempt: 0 }] = scheduler.scheduled()
    await expect(webhooks.attempt(attempt, stopping.signal)).rejects.toThrow('stopping')
    expect(await theDelivery(endpoint.id)).toMatchObject({ state: 'PENDING', attemptCount: 0 })
  })
})

describe('an endpoint', () => {
  it('is disabled when it responds with 410, and its pending deliveries fail', async () => {
    const { endpoint } = await addEndpoint()
    receiver.respond(410)
    notify('acme')
    await webhooks.dispatch()
    await work()
    notify('acme')
    expect(await webhooks.dispatch()).toBe(0)
    expect(await readEndpoint(endpoint.id)).toMatchObject({ enabled: false, disabledReason: 'The endpoint responded with 410 Gone.' })
    expect(await theDelivery(endpoint.id)).toMatchObject({ state: 'FAILED', failure: 'The endpoint responded with 410 Gone.' })
    await expect(webhooks.sendTest(ACME, endpoint.id)).rejects.toThrow(
      'The webhook endpoint is disabled: The endpoint responded with 410 Gone. Enable it first with updateWebhookEndpoint.',
    )
    expect(await webhooks.updateEndpoint(ACME, endpoint.id, { enabled: true })).toMatchObject({ enabled: true, disabledReason: null, failingSince: null })
  })

  it('that is disabled fails its pending deliveries, which can be redelivered once it is enabled', async () => {
    const { endpoint } = await addEndpoint()
    notify('acme')
    await webhooks.dispatch()
    await webhooks.updateEndpoint(ACME, endpoint.id, { enabled: false })
    await work()
    expect(receiver.received).toEqual([])
    expect(await theDelivery(endpoint.id)).toMatchObject({ state: 'FAILED', failure: 'The endpoint is disabled.', attemptCount: 0 })
    await expect(webhooks.sendTest(ACME, endpoint.id)).rejects.toThrow('The webhook endpoint is disabled. Enable it first with updateWebhookEndpoint.')
    await webhooks.updateEndpoint(ACME, endpoint.id, { enabled: true })
    const range = { endpointId: endpoint.id, from: clock.now(), to: clock.now().add({ seconds: 1 }) }
    expect(await webhooks.redeliverFailed(ACME, range)).toBe(1)
    await work()
    expect(receiver.received).toHaveLength(1)
    expect(await webhooks.redeliverFailed(ACME, range)).toBe(0)
  })

  it('is disabled when a delivery fails and no attempt has succeeded for five days', async () => {
    const { endpoint } = await addEndpoint()
    receiver.respond(500)
    const reasons: string[] = []
    for (let day = 0; day < 3; day++) {
      await webhooks.sendTest(ACME, endpoint.id)
      for (let i = 0; i <= DEFAULT_RETRY_SECONDS.length; i++) {
        await work()
        pass({ seconds: DEFAULT_RETRY_SECONDS[i] ?? 0 })
      }
      reasons.push((await readEndpoint(endpoint.id))?.disabledReason ?? 'enabled')
      if (reasons.at(-1) !== 'enabled') break
    }
    expect(reasons).toEqual(['enabled', 'No attempt has succeeded since 2026-11-20T12:00:00Z.'])
  })

  it('is no longer failing after one success', async () => {
    const { endpoint } = await addEndpoint()
    const failingSince = async () => (await readEndpoint(endpoint.id))?.failingSince?.toString() ?? null
    receiver.respond(500)
    await webhooks.sendTest(ACME, endpoint.id)
    await work()
    expect(await failingSince()).toBe('2026-11-20T12:00:00Z')
    receiver.respond(200)
    await work()
    expect(await failingSince()).toBeNull()
  })

  it('signs with both secrets for a day after a rotation', async () => {
    const { endpoint, secret: first } = await addEndpoint()
    const { secret: second } = await webhooks.rotateSecret(ACME, endpoint.id)
    pass({ hours: 23, minutes: 59 })
    await webhooks.sendTest(ACME, endpoint.id)
    await work()
    expect(second).toMatch(/^whsec_[\w+/]{43}=$/)
    expect(second).not.toBe(first)
    expect([receiver.verified(first).length, receiver.verified(second).length]).toEqual([1, 1])
  })

  it('signs with the new secret only when that day is over', async () => {
    const { endpoint, secret: first } = await addEndpoint()
    const { secret: second } = await webhooks.rotateSecret(ACME, endpoint.id)
    pass({ hours: 24 })
    await webhooks.sendTest(ACME, endpoint.id)
    await work()
    expect(receiver.verified(second)).toHaveLength(1)
    expect(() => receiver.verified(first)).toThrow(/No matching signature/)
  })

  it('that fails does not stop deliveries to others', async () => {
    const { endpoint: failing } = await addEndpoint('acme', { url: 'http://127.0.0.1:1/' })
    const { endpoint: good, secret } = await addEndpoint('acme')
    for (let i = 0; i < 20; i++) notify('acme')
    await webhooks.dispatch()
    await work()
    expect(receiver.verified(secret)).toHaveLength(20)
    expect((await deliveriesOf(good.id)).every(({ state }) => state === 'DELIVERED')).toBe(true)
    expect((await deliveriesOf(failing.id)).every(({ state }) => state === 'PENDING')).toBe(true)
  })

  it('is deleted with its deliveries, and their attempts do nothing', async () => {
    const { endpoint } = await addEndpoint()
    notify('acme')
    await webhooks.dispatch()
    const { id } = await theDelivery(endpoint.id)
    await webhooks.deleteEndpoint(ACME, endpoint.id)
    await work()
    expect(receiver.received).toEqual([])
    expect(await webhooks.deliveriesByIds(OPERATOR_SCOPE, [id])).toEqual([])
    await expect(webhooks.deleteEndpoint(ACME, endpoint.id)).rejects.toThrow(`There is no webhook endpoint "whe_${endpoint.id}".`)
  })

  it('is one of at most 50 of its owner, also when many are created at the same time', async () => {
    const created = await Promise.allSettled(Array.from({ length: 55 }, () => addEndpoint()))
    expect(created.filter(({ status }) => status === 'fulfilled')).toHaveLength(50)
    expect(created.find(result => result.status === 'rejected')?.reason).toMatchObject({
      code: 'TOO_MANY_WEBHOOK_ENDPOINTS',
      message: 'There are already 50 webhook endpoints, the maximum. Delete one first.',
    })
    await addEndpoint('globex')
  })

  it('is listed in pages', async () => {
    const ids: string[] = []
    for (let n = 0; n < 3; n++) {
      ids.unshift((await addEndpoint()).endpoint.id)
      pass({ milliseconds: 1 })
    }
    const first = await webhooks.endpoints(ACME, { first: 2 })
    const rest = await webhooks.endpoints(ACME, { first: 2, after: first.items.at(-1)?.id })
    expect([first.items.map(({ id }) => id), first.hasMore, rest.items.map(({ id }) => id), rest.hasMore]).toEqual([ids.slice(0, 2), true, ids.slice(2), false])
    await expect(webhooks.endpoints(ACME, { first: 0 })).rejects.toThrow('first: must be from 1 to 1000, not 0')
    await expect(webhooks.deliveries(ACME, { endpointId: ids[0] ?? '', first: 1_001 })).rejects.toThrow('first: must be from 1 to 1000, not 1001')
  })
})

describe('a URL', () => {
  const settings = { allowPrivate: false, retrySeconds: DEFAULT_RETRY_SECONDS }
  const create = (tenantId: string | null, url: string) => startServer({ settings }).createEndpoint({ tenantId, url })

  it.each([
    ['http://example.com', 'url: must use https. An operator can allow http with TOLLGATE_WEBHOOK_ALLOW_PRIVATE'],
    ['https://10.0.0.7/x', 'url: must have a public address. An operator can allow private ones with TOLLGATE_WEBHOOK_ALLOW_PRIVATE'],
    ...['[::127.0.0.1]', '[::7f00:1]', '[::ffff:10.0.0.1]', '[64:ff9b::a00:1]', '[fd00:ec2::254]', '169.254.169.254', '0x7f.1', '2130706433'].map(
      (host): [string, string] => [`https://${host}/`, 'url: must have a public address.'],
    ),
    ...['localhost', 'LOCALHOST.', 'a.localhost', 'database', 'metadata.google.internal', 'printer.local', 'nas.home.arpa'].map((host): [string, string] => [
      `https://${host}/`,
      'url: must have a public address.',
    ]),
    ['https://user:secret@example.com', 'url: must not contain a user or password. Receivers verify the signature instead'],
    ['https://example.com/#here', 'url: must not have a fragment (#…), which is never sent'],
    ['example.com', 'url: must be a URL such as https://example.com/webhooks'],
  ])('of a tenant is rejected: %s', async (url, message) => {
    await expect(create('acme', url)).rejects.toThrow(message)
  })

  it('of an operator may use http and private addresses', async () => {
    expect((await create(null, 'http://10.0.0.7/hooks')).endpoint.url).toBe('http://10.0.0.7/hooks')
    await expect(create(null, 'ftp://10.0.0.7/hooks')).rejects.toThrow('must be a URL')
    for (const host of ['169.254.169.254', '[::ffff:169.254.169.254]', '[fd00:ec2::254]', '100.100.100.200']) {
      await expect(create(null, `http://${host}/`)).rejects.toThrow('url: must not be the address of a metadata service')
    }
  })

  it('is stored as it was parsed', async () => {
    const { endpoint } = await create('acme', ' https://EXAMPLE.com:443\\a/../b\t?x=ü ')
    expect(endpoint.url).toBe('https://example.com/b?x=%C3%BC')
    const changed = await webhooks.updateEndpoint(OPERATOR_SCOPE, (await addEndpoint()).endpoint.id, { url: 'HTTPS://Other.Example' })
    expect(changed.url).toBe('https://other.example/')
  })

  it('is rejected together with everything else that is wrong', async () => {
    const draft = { tenantId: 'acme', url: 'x', types: ['alert.raised', 'nothing'] as never, description: '' }
    await expect(webhooks.createEndpoint(draft)).rejects.toMatchObject({
      issues: [
        { path: 'url' },
        { path: 'types[1]', message: `"nothing" is not a type. The types are ${NOTIFICATION_TYPES.join(', ')}` },
        { path: 'description' },
      ],
    })
    await expect(webhooks.createEndpoint({ ...draft, types: [] })).rejects.toThrow('types: must name at least one type, or be null for all types')
  })
})

describe('redelivery', () => {
  it('sends a delivery again in any state, with the same id and a new round of retries', async () => {
    const { endpoint, secret } = await addEndpoint()
    notify('acme')
    await webhooks.dispatch()
    await work()
    const { id } = await theDelivery(endpoint.id)
    expect(await webhooks.redeliver(ACME, id)).toMatchObject({ state: 'PENDING', attemptCount: 1, roundAttemptCount: 0 })
    receiver.respond(500)
    await work()
    expect(scheduler.scheduled()).toMatchObject([{ delayMs: 5_000, attempt: 3 }])
    receiver.respond(200)
    await work()
    expect(receiver.verified(secret).map(request => request.id)).toEqual([`whd_${id}`, `whd_${id}`, `whd_${id}`])
    expect((await attemptsOf(id)).map(({ number, statusCode }) => [number, statusCode])).toEqual([
      [3, 200],
      [2, 500],
      [1, 204],
    ])
  })

  it('of a delivery that waits for a retry makes it due now, once', async () => {
    const { endpoint } = await addEndpoint()
    receiver.respond(500)
    await webhooks.sendTest(ACME, endpoint.id)
    await work()
    const { id } = await theDelivery(endpoint.id)
    await Promise.all([webhooks.redeliver(ACME, id), webhooks.redeliver(ACME, id)])
    expect(scheduler.scheduled()).toMatchObject([{ deliveryId: id, attempt: 2, delayMs: 0 }])
  })

  it('redelivering failed deliveries requires a time range', async () => {
    const { endpoint } = await addEndpoint()
    const at = clock.now()
    await expect(webhooks.redeliverFailed(ACME, { endpointId: endpoint.id, from: at, to: at })).rejects.toThrow('to: must be after from')
  })
})

describe('another tenant', () => {
  it('sees and changes nothing', async () => {
    const { endpoint } = await addEndpoint('acme')
    const { endpoint: operators } = await addEndpoint(null)
    notify('acme')
    await webhooks.dispatch()
    const { id } = await theDelivery(endpoint.id)
    const page = { first: 10 }
    expect((await webhooks.endpoints(GLOBEX, page)).items).toEqual([])
    expect((await webhooks.endpoints(ACME, page)).items.map(found => found.id)).toEqual([endpoint.id])
    expect(await webhooks.endpointsByIds(ACME, [operators.id])).toEqual([])
    expect(await webhooks.deliveriesByIds(GLOBEX, [id])).toEqual([])
    expect(await webhooks.attempts(GLOBEX, [id])).toEqual([[]])
    const range = { endpointId: endpoint.id, from: clock.now(), to: clock.now().add({ hours: 1 }) }
    await Promise.all(
      [
        webhooks.deliveries(GLOBEX, { endpointId: endpoint.id, first: 10 }),
        webhooks.updateEndpoint(GLOBEX, endpoint.id, { enabled: false }),
        webhooks.rotateSecret(GLOBEX, endpoint.id),
        webhooks.deleteEndpoint(GLOBEX, endpoint.id),
        webhooks.redeliver(GLOBEX, id),
        webhooks.redeliverFailed(GLOBEX, range),
        webhooks.sendTest(GLOBEX, endpoint.id),
        webhooks.deleteEndpoint(ACME, operators.id),
      ].map(rejected => expect(rejected).rejects.toMatchObject({ code: 'NOT_FOUND' })),
    )
  })
})

describe('retention', () => {
  it('deletes deliveries older than 30 days with their attempts', async () => {
    const { endpoint } = await addEndpoint()
    const { id } = await webhooks.sendTest(ACME, endpoint.id)
    await work()
    pass({ hours: 30 * 24 })
    await webhooks.sendTest(ACME, endpoint.id)
    expect(await webhooks.deleteOldDeliveries()).toBe(0)
    pass({ seconds: 1 })
    expect(await webhooks.deleteOldDeliveries()).toBe(1)
    expect(await deliveriesOf(endpoint.id)).toHaveLength(1)
    expect(await attemptsOf(id)).toEqual([])
  })
})
