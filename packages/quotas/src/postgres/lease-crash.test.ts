import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { openNotificationListener } from '@tollgate/postgres'
import { createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createQuotas } from '../create-quotas.ts'
import { atOnce } from '../testing/builders/quotas-over.ts'
import { postgresQuotaStore } from './postgres-quota-store.ts'

const LIMIT = 20_000
const POLICIES = [{ metric: 'requests', window: 'month', limit: String(LIMIT), lease: { ttlSeconds: 1 } }] as const
const ASKED = { tenantId: 'acme', requests: [{ metric: 'requests', amount: '1' }], consume: true } as const

/** Consumes in many concurrent callers, and prints after each hundred how many requests were granted. Kills itself at a given number, or stops cleanly when it is refused. */
const PROGRAM = `
  import { once } from 'node:events'
  import { openDatabase, openNotificationListener } from '@tollgate/postgres'
  import { createQuotas } from '@tollgate/quotas'
  import { postgresQuotaStore } from '@tollgate/quotas/postgres'
  const [, json, diesAt] = process.argv
  const access = JSON.parse(json)
  const [database, listener] = await Promise.all([openDatabase({ ...access, poolSize: 2 }), openNotificationListener({ url: access.directUrl })])
  const quotas = createQuotas({ store: postgresQuotaStore({ database, listener }), policies: ${JSON.stringify(POLICIES)} })
  process.stdout.write('0 and ready\\n')
  await once(process.stdin, 'data')
  let taken = 0
  await Promise.all(Array.from({ length: 16 }, async () => {
    while ((await quotas.enforce(${JSON.stringify(ASKED)})).allowed) {
      taken += 1
      if (taken % 100 === 0) await new Promise(resolve => process.stdout.write(taken + '\\n', resolve))
      if (taken >= Number(diesAt)) process.kill(process.pid, 'SIGKILL')
    }
  }))
  await quotas.stop()
  process.stdout.write(taken + ' in all\\n')
  await listener.close()
  await database.close()
  process.exit()`

let testDatabase: TestDatabase
beforeAll(async () => {
  testDatabase = await createTestDatabase()
})
afterAll(() => testDatabase.drop())

function startProcess(diesAt = Infinity) {
  const child = spawn(
    process.execPath,
    ['--conditions=source', '--input-type=module', '--eval', PROGRAM, JSON.stringify(testDatabase.access), String(diesAt)],
    {
      cwd: fileURLToPath(new URL('../..', import.meta.url)),
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  )
  const exited = once(child, 'exit')
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  /** Runs until it is refused or killed, and returns what it printed last. */
  const go = async () => {
    child.stdin.write('go')
    let taken = 0
    for (let line = await lines.next(); line.done !== true; line = await lines.next()) {
      taken = Number.parseInt(line.value, 10)
    }
    await exited
    return { taken, isKilled: child.signalCode === 'SIGKILL' }
  }
  return { ready: () => lines.next(), go }
}

it('three processes with leases, of which one is killed, admit at most the limit and lose at most what the killed one held', async () => {
  const processes = [startProcess(300), startProcess(), startProcess()]
  await Promise.all(processes.map(({ ready }) => ready()))
  const ended = await Promise.all(processes.map(({ go }) => go()))
  expect(ended.map(({ isKilled }) => isKilled)).toEqual([true, false, false])
  // Without requests that the killed process did not print.
  const granted = ended.reduce((sum, { taken }) => sum + taken, 0)
  expect(granted).toBeLessThanOrEqual(LIMIT)

  const listener = await openNotificationListener({ url: testDatabase.url })
  const quotas = createQuotas({ store: postgresQuotaStore({ database: testDatabase.database, listener }), policies: POLICIES })
  // Everything that the killed process may have spent is counted: nothing is left.
  expect((await atOnce(20, () => quotas.enforce(ASKED))).filter(({ allowed }) => allowed)).toEqual([])
  const [quota] = (await quotas.status({ tenantId: 'acme' })).quotas
  expect([quota?.used.toFixed(), quota?.reserved.toFixed()]).toEqual([String(LIMIT), '0'])
  // A lease holds at most a quarter of the limit.
  expect(granted).toBeGreaterThanOrEqual(LIMIT - LIMIT / 4 - 16 * 100)
  await quotas.stop()
  await listener.close()
})
