import { createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import { OPERATOR_SCOPE, settableClock } from '@tollgate/kernel'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createQuotas } from '../create-quotas.ts'
import { postgresQuotaStore } from './postgres-quota-store.ts'

let testDatabase: TestDatabase
beforeAll(async () => {
  testDatabase = await createTestDatabase()
})
afterAll(() => testDatabase.drop())

const USE = { tenantId: 'acme', requests: [{ metric: 'tokens', amount: '1' }] } as const

it.each([true, false])('a counter that is swept before a command locks it is inserted again, and loses no usage (sliding: %s)', async sliding => {
  const { database } = testDatabase
  const policies = [{ metric: 'tokens', window: 'hour', sliding, limit: '100' }] as const
  const quotas = createQuotas({ store: postgresQuotaStore({ database }), policies, clock: settableClock('2026-11-20T12:00:00Z') })
  await quotas.consume(USE)
  const using = await database.transaction(OPERATOR_SCOPE, async transaction => {
    await transaction.query('delete from quotas.counters', [])
    const consuming = quotas.consume({ ...USE, requests: [{ metric: 'tokens', amount: '7' }] })
    // The command knows the counter, and waits for its lock.
    for (let waiting = 0; waiting === 0;) {
      const [row] = await transaction.query<{ waiting: string }>(
        `select count(*)::text as waiting from pg_locks where not granted and pid in (
           select pid from pg_locks where database = (select oid from pg_database where datname = current_database()))`,
        [],
      )
      waiting = Number(row?.waiting)
    }
    return { consuming }
  })
  await using.consuming
  expect((await quotas.status({ tenantId: 'acme' })).quotas[0]?.used.toFixed()).toBe('7')
})
