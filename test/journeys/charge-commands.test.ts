import { createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { runCommand } from '../kit/command.ts'
import { type LocalServer, startLocalServer } from '../kit/local-server.ts'
import { type TemporaryDirectory, temporaryDirectory } from '../kit/temporary-directory.ts'

let directory: TemporaryDirectory
let database: TestDatabase
let server: LocalServer
let event: string

beforeAll(async () => {
  directory = await temporaryDirectory()
  database = await createTestDatabase()
  server = await startLocalServer({ DATABASE_URL: database.url })
  await run('tenants', 'create', 'acme', '--name', 'Acme')
  await run('prices', 'publish', '--provider', 'acme-ai', '--model', 'large', '--from', '2026-01-01', '--input', '3')
  await run('prices', 'publish', '--provider', 'acme-ai', '--model', 'small', '--from', '2026-01-01', '--input', '0.5')
  const api = server.api.as((await run('keys', 'create', '--tenant', 'acme', '--name', 'ci', '--scope', 'usage:write', 'usage:read')).stdout.trim())
  const { trackUsage } = await api.ask(
    'mutation ($events: [UsageEventInput!]!) { trackUsage(input: { events: $events }) { ... on TrackUsagePayload { results { event { id } } } } }',
    { events: [{ operation: 'chat', provider: 'acme-ai', model: 'large', tokens: { input: 1_000_000 }, occurredAt: '2026-02-03T04:05:06Z' }] },
  )
  event = trackUsage.results[0].event.id
})
afterAll(async () => {
  await server?.stop()
  await database?.drop()
  await directory[Symbol.asyncDispose]()
})

const run = (...args: string[]) => runCommand(args, { DATABASE_URL: database.url })
const simulate = (...args: string[]) => run('prices', 'simulate', '--tenant', 'acme', '--from', '2026-02-01', '--to', '2026-03-01', ...args)

it('prices explain shows the charge of an event, and rejects unknown ids', async () => {
  const explained = await run('prices', 'explain', event)
  expect(explained).toMatchObject({ exitCode: 0, stderr: '' })
  expect(explained.stdout).toMatch(/^Charge of 3 USD, by the rules of 2026-02-03T04:05:06Z\nCost: the custom price of acme-ai large \(/)
  expect(explained.stdout).toContain('  input: 1000000 × 0.000003 = 3\n')
  const [none, nonsense] = await Promise.all([run('prices', 'explain', 'evt_01900000-0000-7000-8000-000000000000'), run('prices', 'explain', 'nonsense')])
  expect(none).toMatchObject({ exitCode: 1, stderr: 'There is no usage event "evt_01900000-0000-7000-8000-000000000000".\n' })
  expect(nonsense.stderr).toContain('It must be the id of an event')
})

it('prices simulate compares costs and charges with other models, prices and markups', async () => {
  const mapped = await simulate('--model', 'acme-ai/large=acme-ai/small', '--by', 'model')
  expect(mapped.stdout).toMatch(/^large +1 +0 +3 +3 +0 +0\.5 +0\.5 +-2\.5$/m)
  expect(mapped.stdout).toMatch(/^total +1 +0 +3 +3 +0 +0\.5 +0\.5 +-2\.5$/m)
  expect(mapped.stderr).toContain('Every event was rated again. Nothing was stored.')
  const file = join(directory.path, 'prices.csv')
  await writeFile(file, 'provider,model,from,input\nacme-ai,large,2026-01-01T00:00:00Z,7\n')
  const [priced, marked, nobody] = await Promise.all([
    simulate('--prices', file),
    simulate('--markup', '20'),
    run('prices', 'simulate', '--tenant', 'nobody', '--from', '2026-02-01', '--to', '2026-03-01'),
  ])
  expect(priced.stdout).toMatch(/^total +1 +0 +3 +3 +0 +7 +7 +4$/m)
  expect(marked.stdout).toMatch(/^total +1 +0 +3 +3 +0 +3 +3\.6 +0\.6$/m)
  expect(marked.stderr).toContain('Based on sums, because costs do not change.')
  expect(nobody).toMatchObject({ exitCode: 1, stderr: 'There is no tenant "nobody".\n' })
})

it('credits grant, transfer, wallet, entries, set-cost, void and verify manage prepaid credits', async () => {
  const credits = (...args: string[]) => run('credits', ...args)
  const given = await credits('grant', 'acme', '10', '--key', 'order-1', '--expires', '2099-01-01')
  expect(given).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^cgr_acme:\S+\n$/), stderr: '10 credits are available.\n' })
  const [again, reused] = await Promise.all([
    credits('grant', 'acme', '10', '--key', 'order-1', '--expires', '2099-01-01'),
    credits('grant', 'acme', '11', '--key', 'order-1'),
  ])
  expect(again).toMatchObject({ exitCode: 0, stdout: given.stdout, stderr: expect.stringContaining('Nothing was given now.') })
  expect(reused).toMatchObject({ exitCode: 1, stdout: '', stderr: expect.stringContaining('was used with other values') })
  expect(await credits('transfer', 'acme', '4', '--to', 'ana', '--key', 'move-1')).toMatchObject({
    exitCode: 0,
    stderr: expect.stringContaining('has 4 credits'),
  })
  expect(await credits('set-cost', 'summary', '--per-call', '0.5', '--per-unit', '2')).toMatchObject({ exitCode: 0 })
  const [wallet, entries, costs, voided, intact] = [
    await credits('wallet', 'acme'),
    await credits('entries', 'acme', '--customer', 'ana'),
    await credits('costs'),
    await credits('void', given.stdout.trim(), '--amount', '1', '--reason', 'refunded'),
    await credits('verify', '--tenant', 'acme'),
  ]
  expect(wallet.stdout).toMatch(
    /^6 credits: 6 available, 0 reserved; 0 consumed so far\n\ngrant .*\n.*\ncgr_acme:\S+ +purchase +10 +6 +0 .*2099-01-01T00:00:00Z$/m,
  )
  expect(entries.stdout).toMatch(/1 +\S+ +transfer_in +4 +4 +- +-$/m)
  expect(costs.stdout).toMatch(/^summary +any +0\.5 per call, 2 per unit /m)
  expect(voided.stderr).toBe('Voided. 5 of its 10 credits remain.\n')
  expect(intact).toMatchObject({ exitCode: 0, stdout: 'tenant acme: adds up, 2 wallets, 4 entries\n' })
  await database.asOwner(`update credits.wallets set available = available + 1, granted = granted - 1 where customer_id = 'ana'`)
  expect(await credits('verify')).toMatchObject({
    exitCode: 1,
    stdout: expect.stringMatching(
      /^tenant acme: does not add up in the wallet of customer ana\. The account granted has a balance of -1, and its entries add up to 0\. 1 more difference\.\n$/,
    ),
  })
})
