import { createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import { settableClock, systemClock } from '@tollgate/kernel'
import { createTollgate } from '@tollgate/sdk'
import { fileSpool } from '@tollgate/sdk/node'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { KEY_SCOPES } from '../../apps/server/src/features/accounts/key-scopes.ts'
import { type LiveTestServer, startLiveTestServer } from '../../apps/server/src/graphql/testing/live-test-server.ts'
import { seededRandom } from '../faults/random.ts'
import { temporaryDirectory } from '../kit/temporary-directory.ts'
import { FAULTS, startFaultyProxy } from './faulty-proxy.ts'
import { trackThroughFaults } from './track-through-faults.ts'

let test: TestDatabase
let server: LiveTestServer
beforeAll(async () => {
  test = await createTestDatabase()
  server = await startLiveTestServer({ access: test.access, clock: settableClock(systemClock.now()) })
})
afterAll(async () => {
  await server.stop()
  await test.drop()
})

async function keyOf(tenantId: string): Promise<string> {
  await server.tollgate.accounts.createTenant({ id: tenantId, name: tenantId })
  return (await server.tollgate.accounts.createApiKey({ tenantId, name: 'sdk' }, new Set(KEY_SCOPES))).secret
}

it('counts every call once through latency, resets, lost answers, 429s, 500s and cut connections', async () => {
  const events = 3_000
  const report = await trackThroughFaults({ url: server.url, apiKey: await keyOf('chaos'), events, faultShare: 0.5, random: seededRandom(7) })
  expect(report).toMatchObject({ reported: events, inputTokens: (events * (events + 1)) / 2, stats: { queued: 0, dropped: 0, rejected: 0, conflicts: 0 } })
  expect(report.stats.accepted + report.stats.duplicates).toBe(events)
  // Otherwise the run would show nothing.
  expect(report.stats.duplicates).toBeGreaterThan(0)
  expect(Object.entries(report.faults).filter(([, count]) => count === 0)).toEqual([])
})

/** Tracks calls with a spool until it is killed. Prints the number of each call that was acknowledged. */
const PROGRAM = `
import { createTollgate } from '@tollgate/sdk'
import { fileSpool } from '@tollgate/sdk/node'
const [url, apiKey, directory] = process.argv.slice(1)
const tollgate = createTollgate({ url, apiKey, delivery: 'background', batchSize: 50, requestTimeoutMs: 500, retryDelayMs: 5, circuitOpenMs: 20, spool: fileSpool(directory, { segmentBytes: 20_000 }) })
let next = 0
const track = async () => {
  for (;;) {
    const i = next++
    await tollgate.record({ operation: 'chat', callId: 'call-' + i, quantity: i, occurredAt: '2026-01-01T00:00:00Z' })
    console.log(i)
  }
}
for (let caller = 0; caller < 10; caller++) void track()`

it('loses no call that the spool acknowledged when the client is killed in the middle of faults, and counts none twice', async () => {
  const apiKey = await keyOf('killed')
  const random = seededRandom(11)
  await using proxy = await startFaultyProxy(server.url, () => (random.chance(0.3) ? random.pick(FAULTS) : 'none'))
  await using directory = await temporaryDirectory()
  const child = spawn(process.execPath, ['--conditions=source', '--input-type=module', '--eval', PROGRAM, proxy.url, apiKey, directory.path], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const acknowledged = new Set<number>()
  for await (const line of createInterface(child.stdout)) {
    acknowledged.add(Number(line))
    if (acknowledged.size === 1_500) child.kill('SIGKILL')
  }
  if (child.signalCode === null && child.exitCode === null) await once(child, 'exit')
  expect(child.signalCode).toBe('SIGKILL')

  // The next process with the same directory.
  await using tollgate = createTollgate({ url: server.url, apiKey, spool: fileSpool(directory.path) })
  await tollgate.flush()
  expect(tollgate.stats().accepted).toBeGreaterThan(0)
  const range = { from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00Z' }
  const { totals } = await tollgate.usage({ range })

  // Sending everything again tells which calls the server has. The client may have printed less than it spooled: what waits
  // in a full pipe is lost with it. Its calls are numbered without gaps, but for those that its ten callers had at work.
  const last = Math.max(...acknowledged, totals.calls) + 100
  const numbers = Array.from({ length: last }, (_, i) => i)
  const again = createTollgate({ url: server.url, apiKey })
  const receipts = await again.trackBulk(numbers.map(i => ({ operation: 'chat', callId: `call-${i}`, quantity: i, occurredAt: range.from })))
  await again.close()
  const recorded = new Set(numbers.filter(i => receipts[i]?.outcome === 'DUPLICATE'))
  expect([...acknowledged].filter(i => !recorded.has(i))).toEqual([])
  expect(totals.calls).toBe(recorded.size)
})
