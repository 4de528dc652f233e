import { createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import { cp, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startServer, type ServerProcess } from '../kit/server-process.ts'
import { type TemporaryDirectory, temporaryDirectory } from '../kit/temporary-directory.ts'
import { runCommand } from '../kit/command.ts'
import { freePort } from './free-port.ts'
import { linkedBuild } from '../kit/linked-build.ts'
import { startLoad } from './load.ts'
import { restartInTurn, type StartAt } from './restart-in-turn.ts'
import { restoreDump } from './restore-dump.ts'
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
  'fails no request while two servers behind a proxy are upgraded in turn, and a dump restores all that they have recorded',
  { timeout: 240_000 },
  async () => {
    const old = await linkedBuild(join(directory.path, 'old'), '1.0.0')
    const next = join(directory.path, 'next')
    await cp(old, next, { recursive: true, verbatimSymlinks: true })
    await writeFile(join(next, 'package.json'), JSON.stringify({ name: 'tollgate', version: '1.1.0', type: 'module' }))
    const ports = [await freePort(), await freePort()]
    const environment = { DATABASE_URL: database.url, TOLLGATE_DASHBOARD: '0', TOLLGATE_LAME_DUCK_SECONDS: '1', TOLLGATE_IDLE_GRACE_SECONDS: '1' }
    const startAt: (build: string) => StartAt = build => port =>
      startServer({ build, environment: { ...environment, PORT: String(port) }, ...(build === old && port === ports[0] && { args: ['--demo'] }) })
    // The first loads the demo.
    const servers: ServerProcess[] = await Promise.all(ports.map(startAt(old)))
    await servers[0]?.api.ask('mutation { createTenant(input: { id: "acme", name: "Acme" }) { __typename } }')
    await using proxy = await startStrictProxy(ports)
    const load = startLoad(proxy.url, 'acme')
    await restartInTurn(servers, startAt(next), load)
    await load.stop()
    expect(await Promise.all(servers.map(({ url }) => versionOf(url)))).toEqual(['1.1.0', '1.1.0'])
    expect([...load.failures]).toEqual([])
    const before = await shownBy(servers[0])
    expect(before.usage.totals.calls).toBe(DEMO_EVENTS + load.acknowledged())
    await Promise.all(servers.map(server => server.stop()))

    await using restored = await restoreDump(database, join(directory.path, 'restored'))
    const settings = { DATABASE_URL: restored.url, TOLLGATE_AUDIT_NAME: 'tollgate' }
    await using server = await startServer({ build: next, environment: { ...environment, ...settings } }).then(started =>
      Object.assign(started, { [Symbol.asyncDispose]: async () => void (await started.stop()) }),
    )
    expect(await shownBy(server)).toEqual(before)
    expect(await restored.rowsWithoutScope('usage.events')).toBe(0)
    expect((await runCommand(['migrate'], settings)).stdout).toContain('is up to date')
    for (const command of [['doctor'], ['usage', 'verify'], ['credits', 'verify'], ['audit', 'verify']]) {
      const { exitCode, stdout, stderr } = await runCommand(command, settings)
      expect([command.join(' '), exitCode, exitCode === 0 ? '' : stdout + stderr]).toEqual([command.join(' '), 0, ''])
    }
    await server.api.ask('mutation { trackUsage(input: { tenantId: "acme", events: [{ operation: "after" }] }) { __typename } }')
    expect((await shownBy(server)).usage.totals.calls).toBe(before.usage.totals.calls + 1)
  },
)

const DEMO_EVENTS = 600

/** What a server shows of usage, invoices, credits and the audit log. */
async function shownBy(server: ServerProcess | undefined) {
  return server?.api.ask(`{
    usage(range: { from: "2000-01-01T00:00:00Z", to: "2100-01-01T00:00:00Z" }) { totals { calls cost charge tokens { total } } breakdown(by: [TENANT], orderBy: CALLS) { key { value } measures { calls cost } } }
    invoices { nodes { number status total } }
    creditBalance(tenantId: "demo-1", at: "2100-01-01T00:00:00Z")
    quotaOverrides(tenantId: "demo-1") { nodes { limitKey } }
    failedOperations { nodes { id } }
  }`)
}
