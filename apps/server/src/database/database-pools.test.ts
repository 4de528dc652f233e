import { createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import { OPERATOR_SCOPE } from '@tollgate/kernel'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readEnvironment } from '../environment.ts'
import { executeFor } from './admission/request-work.ts'
import { type DatabasePools, openPools, warnIfTooMany } from './database-pools.ts'

const VIEWER = { kind: 'tenant', tenantId: 'acme', keyId: 'key', scopes: new Set<string>() } as const
const SETTINGS = readEnvironment({ TOLLGATE_POOL_SIZE: '5', TOLLGATE_JOB_CONNECTIONS: '1' })

let test: TestDatabase
let pools: DatabasePools
beforeAll(async () => {
  test = await createTestDatabase()
  pools = await openPools(SETTINGS, { ...test.access, entities: [], applicationName: 'pools' })
})
afterAll(async () => {
  await pools.database.close()
  await test.drop()
})

const describeConnection = () =>
  pools.database.query<{ name: string; timeout: string; lock: string }>(
    OPERATOR_SCOPE,
    `select current_setting('application_name') as name, current_setting('statement_timeout') as timeout, current_setting('lock_timeout') as lock`,
  )

it('shares the connections between writes and reads', () => {
  expect(SETTINGS).toMatchObject({ writeConnections: 3, readConnections: 2, jobConnections: 1, tenantReads: 2 })
})

it('gives each kind of work connections and deadlines of its own', async () => {
  expect([await executeFor(VIEWER, 'read', describeConnection), await executeFor(VIEWER, 'change', describeConnection), await describeConnection()]).toEqual([
    [{ name: 'pools, reads', timeout: '15s', lock: '5s' }],
    [{ name: 'pools, writes', timeout: '15s', lock: '5s' }],
    [{ name: 'pools, work', timeout: '10min', lock: '30s' }],
  ])
})

it('opens no more connections than it may', async () => {
  const many = () => Promise.all(Array.from({ length: 20 }, describeConnection))
  await Promise.all([executeFor(VIEWER, 'read', many), executeFor(VIEWER, 'change', many), many()])
  const open = Object.fromEntries(Object.entries(pools.byName).map(([name, database]) => [name, database.connections().open]))
  expect(open).toEqual({ reads: 2, writes: 1, jobs: 1 }) // Changes leave connections to commits and decisions.
})

it('warns when PostgreSQL does not allow as many connections as the server may need', async () => {
  const warnings: { needed: number }[] = []
  const log = pino({}, { write: line => void warnings.push(JSON.parse(line) as { needed: number }) })
  await warnIfTooMany(SETTINGS, pools, log)
  expect(warnings).toEqual([])
  await warnIfTooMany({ ...SETTINGS, readConnections: 10_000 }, pools, log)
  expect(warnings).toMatchObject([{ needed: 10_012, msg: expect.stringMatching(/max_connections/) }])
})
