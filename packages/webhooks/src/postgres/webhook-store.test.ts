import { OPERATOR_SCOPE, tenantScope } from '@tollgate/kernel'
import { createTestEncryption, createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
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
