import { createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startServer, type ServerProcess } from '../kit/server-process.ts'
import { freePort } from './free-port.ts'
import { startLoad } from './load.ts'
import { restartInTurn, type StartAt } from './restart-in-turn.ts'
import { startStrictProxy } from './strict-proxy.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database?.drop())

// Four servers start one after the other.
it('fails no request while two servers behind a proxy are restarted in turn, and says that it stops while it still serves', { timeout: 120_000 }, async () => {
  const ports = [await freePort(), await freePort()]
  const environment = { DATABASE_URL: database.url, TOLLGATE_LAME_DUCK_SECONDS: '1', TOLLGATE_IDLE_GRACE_SECONDS: '1' }
  const startAt: StartAt = port => startServer({ environment: { ...environment, PORT: String(port) } })
  const servers: ServerProcess[] = await Promise.all(ports.map(startAt))
  await servers[0]?.api.ask('mutation { createTenant(input: { id: "acme", name: "Acme" }) { __typename } }')
  await using proxy = await startStrictProxy(ports)
  const load = startLoad(proxy.url, 'acme')
  await restartInTurn(servers, startAt, load)
  await load.stop()
  await Promise.all(servers.map(server => server.stop()))

  expect([...load.failures]).toEqual([])
  const [row] = await database.asOwner<{ events: number }>('select count(*)::int as events from usage.events')
  expect(row?.events).toBe(load.acknowledged())
})
