import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { settableClock } from '@tollgate/kernel'
import { createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createQuotas } from '../create-quotas.ts'
import { atOnce } from '../testing/builders/quotas-over.ts'
import { postgresQuotaStore } from './postgres-quota-store.ts'

const POLICIES = [{ metric: 'requests', window: 'month', limit: '500' }] as const
const REQUESTS = [{ metric: 'requests', amount: '1' }] as const
const ACKNOWLEDGED = 60
const NOON = '2026-11-20T12:00:00Z'

/** Consumes and reserves in many concurrent callers, never settles, and prints "taken" for each acknowledged request. */
const PROGRAM = `
  import { settableClock } from '@tollgate/kernel'
  import { openDatabase } from '@tollgate/postgres'
  import { createQuotas } from '@tollgate/quotas'
  import { postgresQuotaStore } from '@tollgate/quotas/postgres'
  const database = await openDatabase(JSON.parse(process.argv[1]))
  const quotas = createQuotas({ store: postgresQuotaStore({ database }), policies: ${JSON.stringify(POLICIES)}, clock: settableClock('${NOON}') })
  const asked = { tenantId: 'acme', requests: ${JSON.stringify(REQUESTS)} }
  await Promise.all(Array.from({ length: 16 }, async (_, caller) => {
    while (true) {
      if (caller % 2 === 0) {
        if ((await quotas.enforce({ ...asked, consume: true })).allowed) console.log('taken')
      } else await quotas.reserve({ ...asked, ttlSeconds: 30 })
      await new Promise(resolve => setTimeout(resolve, 5))
    }
  }))`

let testDatabase: TestDatabase
beforeAll(async () => {
  testDatabase = await createTestDatabase()
})
afterAll(() => testDatabase.drop())

it('a process that is killed loses no acknowledged usage, and what it held is free again when its reservations expire', async () => {
  const child = spawn(process.execPath, ['--conditions=source', '--input-type=module', '--eval', PROGRAM, JSON.stringify(testDatabase.access)], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit')
  let acknowledged = 0
  for await (const _ of createInterface({ input: child.stdout })) {
    acknowledged += 1
    if (acknowledged === ACKNOWLEDGED) child.kill('SIGKILL')
  }
  await exited

  const store = postgresQuotaStore({ database: testDatabase.database })
  const clock = settableClock(NOON)
  const quotas = createQuotas({ store, policies: POLICIES, clock })
  const usage = async () => {
    const [one] = (await quotas.status({ tenantId: 'acme' })).quotas
    return { used: Number(one?.used.toFixed()), reserved: Number(one?.reserved.toFixed()) }
  }
  const atCrash = await usage()
  expect(atCrash.used).toBeGreaterThanOrEqual(acknowledged)
  // At most one request of each caller was in flight.
  expect(atCrash.used).toBeLessThanOrEqual(acknowledged + 8)
  expect(atCrash.reserved).toBeGreaterThan(0)

  clock.advance({ seconds: 31 })
  expect(await usage()).toEqual({ used: atCrash.used, reserved: 0 })
  const admitted = await atOnce(600, async () => (await quotas.enforce({ tenantId: 'acme', requests: REQUESTS, consume: true })).allowed)
  expect(admitted.filter(Boolean)).toHaveLength(500 - atCrash.used)
})
