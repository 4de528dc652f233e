import { OPERATOR_SCOPE, tenantScope } from '@tollgate/kernel'
import { countReads, createTestEncryption, createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AttemptScheduler } from '../attempt-scheduler.ts'
import { memoryAttemptScheduler } from '../memory/index.ts'
import { describeWebhookStore } from '../testing/index.ts'
import { makeEndpoint, newId, second, successfulAttempt } from '../testing/webhook-store/store-under-test.ts'
import { postgresWebhookStore } from './index.ts'

const encryption = createTestEncryption()
let test: TestDatabase

beforeAll(async () => {
  test = await createTestDatabase()
})
afterAll(() => test.drop())

async function emptyStore(scheduler: AttemptScheduler) {
  await test.asOwner('truncate webhooks.endpoints, webhooks.deliveries, webhooks.attempts, webhooks.positions')
  return postgresWebhookStore({ database: test.database, encryption, scheduler })
}

describeWebhookStore('PostgreSQL', emptyStore)

it('a page of a large tenant, or of a large endpoint, reads only itself', async () => {
  await emptyStore(memoryAttemptScheduler())
  const id = (n: string) => `('0190' || lpad(to_hex(${n}), 28, '0'))::uuid`
  // The older half of the rows belongs to one tenant, and each newer one to another.
  const [tenant, half] = [`case when n <= 1500 then 'large' else 'small-' || n end`, 1_500]
  await test.asOwner(`
    insert into webhooks.endpoints (id, tenant_id, url, enabled, created_at, secret)
    select ${id('n')}, ${tenant}, 'https://example.com', true, '2026-11-20', '' from generate_series(1, ${2 * half}) as n`)
  await test.asOwner(`
    insert into webhooks.deliveries (id, endpoint_id, tenant_id, notice_id, type, payload, state, created_at)
    select ${id('n')}, ${id(`case when n <= ${half} then 1 else n end`)}, ${tenant}, n, 'webhook.test', '{}', case when n % 100 = 0 then 'FAILED' else 'DELIVERED' end, '2026-11-20'
    from generate_series(1, ${2 * half}) as n`)
  await test.asOwner('vacuum analyze webhooks.endpoints, webhooks.deliveries')
  const { database, reads } = countReads(test.database, { schema: 'webhooks', plansFor: 'these values' })
  const store = postgresWebhookStore({ database, encryption, scheduler: memoryAttemptScheduler() })
  const [endpointId = ''] = (await test.asOwner<{ id: string }>(`select ${id('1')} as id`)).map(row => row.id)
  for (const scope of [tenantScope('large'), OPERATOR_SCOPE]) {
    const endpoints = await store.endpoints(scope, { first: 5 })
    expect(await store.endpoints(scope, { first: 5, after: endpoints.at(-1)?.id })).toHaveLength(5)
    const deliveries = await store.deliveries(scope, { endpointId, first: 5 })
    expect(await store.deliveries(scope, { endpointId, first: 5, after: deliveries.at(-1)?.id })).toHaveLength(5)
    expect(await store.deliveries(scope, { endpointId, state: 'FAILED', first: 5 })).toHaveLength(5)
  }
  expect(reads.filter(({ rows }) => rows > 10)).toEqual([])
})

describe('the tables of webhooks', () => {
  it('show a tenant its own rows only, and no position', async () => {
    const store = await emptyStore(memoryAttemptScheduler())
    const endpoint = makeEndpoint()
    await store.addEndpoint(endpoint, { secret: 'whsec_1', max: 10 })
    const { id } = await store.addDelivery({
      id: newId(),
      endpointId: endpoint.id,
      tenantId: 'acme',
      notificationId: 'n1',
      type: 'webhook.test',
      payload: '{}',
      at: second(1),
    })
    await store.recordAttempt(successfulAttempt(id, 1))
    await store.fanOut({ source: 'alerts', from: undefined, to: '1', notifications: [], at: second(1), newId })
    for (const table of ['endpoints', 'deliveries', 'attempts', 'positions']) {
      expect(await test.database.query(tenantScope('globex'), `select * from webhooks.${table}`)).toEqual([])
      expect(await test.database.query(tenantScope('acme'), `select * from webhooks.${table}`)).toHaveLength(table === 'positions' ? 0 : 1)
      expect(await test.database.query(OPERATOR_SCOPE, `select * from webhooks.${table}`)).toHaveLength(1)
    }
  })

  it.each(['update webhooks.attempts set error = null', 'delete from webhooks.attempts', 'delete from webhooks.positions'])(
    'refuse "%s", even from an operator',
    async statement => {
      await expect(test.database.query(OPERATOR_SCOPE, statement)).rejects.toThrow(/permission denied/)
    },
  )
})
