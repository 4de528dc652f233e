import { createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import { cp, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startServer, type ServerProcess } from '../kit/server-process.ts'
import { type TemporaryDirectory, temporaryDirectory } from '../kit/temporary-directory.ts'
import { freePort } from './free-port.ts'
import { linkedBuild } from './linked-build.ts'
import { startLoad } from './load.ts'
import { restartInTurn, type StartAt } from './restart-in-turn.ts'
import { startStrictProxy } from './strict-proxy.ts'

let database: TestDatabase
let directory: TemporaryDirectory
beforeAll(async () => {
  directory = await temporaryDirectory()
  database = await createTestDatabase()
})
afterAll(async () => {
  await database?.drop()
  await directory?.[Symbol.asyncDispose]()
})

const versionOf = async (url: string) => /tollgate_build_info\{version="([^"]+)"/.exec(await (await fetch(`${url}/metrics`)).text())?.[1]

// Four servers start one after the other.
it(
  'fails no request while two servers behind a proxy are upgraded in turn, which say that they stop while they still serve',
  { timeout: 240_000 },
  async () => {
    const old = await linkedBuild(join(directory.path, 'old'), '1.0.0')
    const next = join(directory.path, 'next')
    await cp(old, next, { recursive: true, verbatimSymlinks: true })
    await writeFile(join(next, 'package.json'), JSON.stringify({ name: 'tollgate', version: '1.1.0', type: 'module' }))
    const ports = [await freePort(), await freePort()]
    const environment = { DATABASE_URL: database.url, TOLLGATE_DASHBOARD: '0', TOLLGATE_LAME_DUCK_SECONDS: '1', TOLLGATE_IDLE_GRACE_SECONDS: '1' }
    const startAt: (build: string) => StartAt = build => port => startServer({ build, environment: { ...environment, PORT: String(port) } })
    const servers: ServerProcess[] = await Promise.all(ports.map(startAt(old)))
    await servers[0]?.api.ask('mutation { createTenant(input: { id: "acme", name: "Acme" }) { __typename } }')
    await using proxy = await startStrictProxy(ports)
    const load = startLoad(proxy.url, 'acme')
    await restartInTurn(servers, startAt(next), load)
    await load.stop()
    expect(await Promise.all(servers.map(({ url }) => versionOf(url)))).toEqual(['1.1.0', '1.1.0'])
    await Promise.all(servers.map(server => server.stop()))

    expect([...load.failures]).toEqual([])
    const [row] = await database.asOwner<{ events: number }>('select count(*)::int as events from usage.events')
    expect(row?.events).toBe(load.acknowledged())
  },
)
