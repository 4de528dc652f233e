import { randomBytes } from 'node:crypto'
import { OPERATOR_SCOPE, randomIds, type SettableClock, settableClock, tenantScope } from '@tollgate/kernel'
import { createTestEncryption, createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import { createWebhooks, DEFAULT_RETRY_SECONDS, type Notification, type NotificationSource, type Webhooks } from '@tollgate/webhooks'
import { httpWebhookSender } from '@tollgate/webhooks/http'
import { postgresWebhookStore } from '@tollgate/webhooks/postgres'
import { startWebhookReceiver, type WebhookReceiver } from '@tollgate/webhooks/testing'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { eventually } from '../../../../../test/kit/eventually.ts'
import { startJobs } from '../../jobs/start-jobs.ts'
import { attemptJobs, DELIVERY_JOB } from './attempt-jobs.ts'
import { webhookJobs } from './jobs.ts'

const ACME = tenantScope('acme')
const GLOBEX = tenantScope('globex')
const never = new AbortController().signal

const encryption = createTestEncryption()
let test: TestDatabase
let clock: SettableClock
let notifications: Notification[]
let receiver: WebhookReceiver
let webhooks: Webhooks

beforeAll(async () => {
  test = await createTestDatabase()
})
afterAll(() => test.drop())
beforeEach(async () => {
  clock = settableClock('2026-11-20T12:00:00Z')
  notifications = []
  receiver = await startWebhookReceiver()
  webhooks = startServer()
})
afterEach(async () => {
  await receiver[Symbol.asyncDispose]()
  await test.asOwner('truncate webhooks.endpoints, webhooks.deliveries, webhooks.attempts, webhooks.positions, graphile_worker._private_jobs')
})

/** Creates webhooks over the same database as every other server of the test. */
function startServer(timeoutMs = 2_000): Webhooks {
  const source: NotificationSource = {
    name: 'test',
    channel: 'test',
    read: async ({ after = '0', first }) => notifications.filter(({ cursor }) => Number(cursor) > Number(after)).slice(0, first),
  }
  return createWebhooks({
    store: postgresWebhookStore({ database: test.database, encryption, scheduler: attemptJobs }),
    sender: httpWebhookSender({ timeoutMs }),
    sources: [source],
    settings: { allowPrivate: true, retrySeconds: DEFAULT_RETRY_SECONDS },
    clock,
    ids: randomIds(),
    random: () => 0,
    randomBytes,
  })
}

function notify(tenantId: string): void {
  const cursor = String(notifications.length + 1)
  notifications.push({ id: `n${cursor}`, cursor, type: 'quota.threshold_reached', tenantId, occurredAt: clock.now(), data: { threshold: '80' } })
}

interface StoredJob {
  id: string
  payload: { deliveryId: string; attempt: number }
  delay_ms: number
  groups: string[]
}

const jobs = () =>
  test.asOwner<StoredJob>(
    `select jobs.id, jobs.payload, (1000 * extract(epoch from run_at - created_at))::int as delay_ms, array(select jsonb_object_keys(flags) order by 1) as groups
     from graphile_worker._private_jobs jobs join graphile_worker._private_tasks tasks on tasks.id = task_id
     where identifier = '${DELIVERY_JOB}' order by jobs.id`,
  )

/** Runs every job of a delivery as a worker would, whether or not its time has come. */
async function work(): Promise<void> {
  const found = await jobs()
  await test.asOwner('delete from graphile_worker._private_jobs where id = any ($1)', [found.map(({ id }) => id)])
  await Promise.all(found.map(({ payload }) => webhooks.attempt(payload, never)))
}

const addEndpoint = async (tenantId: string | null = 'acme', url = receiver.url) => (await webhooks.createEndpoint({ tenantId, url })).endpoint
const deliveriesOf = async (id: string) => (await webhooks.deliveries(OPERATOR_SCOPE, { endpointId: id, first: 1_000 })).items

describe('the job of a delivery', () => {
  it('is added in the transaction that creates the delivery and moves the position', async () => {
    const endpoint = await addEndpoint()
    notify('acme')
    await test.asOwner('alter function jobs.add_job rename to add_job_away')
    await expect(webhooks.dispatch()).rejects.toThrow(/add_job/)
    await test.asOwner('alter function jobs.add_job_away rename to add_job')
    expect([await deliveriesOf(endpoint.id), await jobs()]).toEqual([[], []])
    expect(await webhooks.dispatch()).toBe(1)
    expect([(await deliveriesOf(endpoint.id)).length, (await jobs()).length]).toEqual([1, 1])
  })

  it('is added once when many servers dispatch at the same time', async () => {
    const endpoint = await addEndpoint()
    for (let i = 0; i < 250; i++) notify('acme')
    const counts = await Promise.all(Array.from({ length: 6 }, () => startServer().dispatch()))
    expect(counts.reduce((a, b) => a + b)).toBe(250)
    expect(await deliveriesOf(endpoint.id)).toHaveLength(250)
    expect(await jobs()).toHaveLength(250)
  })

  it('belongs to the groups of its endpoint and its owner', async () => {
    const [own, operators] = [await addEndpoint(), await addEndpoint(null)]
    await webhooks.sendTest(ACME, own.id)
    await webhooks.sendTest(OPERATOR_SCOPE, operators.id)
    expect((await jobs()).map(({ groups }) => groups)).toEqual([
      [`endpoint ${own.id}`, 'owner acme'],
      [`endpoint ${operators.id}`, 'owner'],
    ])
  })

  it('is delayed after each failure as the schedule says, until the delivery fails', async () => {
    const endpoint = await addEndpoint()
    receiver.respond(500)
    notify('acme')
    await webhooks.dispatch()
    for (const seconds of DEFAULT_RETRY_SECONDS) {
      await work()
      const [job] = await jobs()
      expect(Math.abs((job?.delay_ms ?? 0) - seconds * 1_000)).toBeLessThan(50)
      clock.advance({ seconds })
    }
    await work()
    expect(await jobs()).toEqual([])
    expect(await deliveriesOf(endpoint.id)).toMatchObject([{ state: 'FAILED', attemptCount: 10 }])
  })

  it('is replaced by a redelivery, and due now', async () => {
    const endpoint = await addEndpoint()
    receiver.respond(500)
    await webhooks.sendTest(ACME, endpoint.id)
    await work()
    const [delivery] = await deliveriesOf(endpoint.id)
    await Promise.all([webhooks.redeliver(ACME, delivery?.id ?? ''), webhooks.redeliver(ACME, delivery?.id ?? '')])
    expect((await jobs()).map(({ payload }) => payload.attempt)).toEqual([2])
    expect(await test.asOwner('select run_at <= now() as due from graphile_worker._private_jobs')).toEqual([{ due: true }])
  })
})

describe('slow endpoints', () => {
  it('delay neither deliveries of other tenants nor the stop of the server', async () => {
    receiver.respond((response, { path }) => path === '/hooks' && response.writeHead(204).end()) // Other paths get no response.
    await Promise.all(
      Array.from({ length: 8 }, async (_, i) => {
        const slow = await addEndpoint('acme', receiver.url.replace('/hooks', `/slow/${i}`))
        await Promise.all(Array.from({ length: 4 }, () => webhooks.sendTest(ACME, slow.id)))
      }),
    )
    const fast = await addEndpoint('globex')
    for (let i = 0; i < 10; i++) await webhooks.sendTest(GLOBEX, fast.id)
    const running = await startJobs({ access: test.access, jobs: webhookJobs(startServer(60_000)), log: pino({ level: 'silent' }) })
    await eventually('the fast endpoint has all of its deliveries', async () => (await deliveriesOf(fast.id)).every(({ state }) => state === 'DELIVERED'))
    expect(receiver.received.filter(({ path }) => path !== '/hooks').length).toBeLessThanOrEqual(6)
    await running.stop()
    expect(await test.asOwner(`select from webhooks.attempts where status_code is null`)).toEqual([]) // An interrupted attempt does not count.
  })
})
