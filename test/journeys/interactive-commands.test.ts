import { createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import { runAnsweredCommand } from '../kit/command.ts'
import { eventually } from '../kit/eventually.ts'
import { spawnProgram } from '../kit/server-process.ts'
import { type TemporaryDirectory, temporaryDirectory } from '../kit/temporary-directory.ts'
import { runInTerminal } from '../kit/terminal.ts'

// A busy machine takes seconds to start a process.
vi.setConfig({ testTimeout: 90_000 })

let directory: TemporaryDirectory
let database: TestDatabase
let prices: string

beforeAll(async () => {
  directory = await temporaryDirectory()
  database = await createTestDatabase()
  prices = join(directory.path, 'prices.csv')
  const rows = Array.from({ length: 500 }, (_, i) => `inhouse,model-${i},2026-01-01,${i + 1}`)
  await writeFile(prices, ['provider,model,from,input', ...rows].join('\n'))
})
afterEach(() => database.asOwner('truncate pricing.charge_rules, pricing.price_rates, pricing.prices cascade'))
afterAll(async () => {
  await database?.drop()
  await directory[Symbol.asyncDispose]()
})

const environment = () => ({ DATABASE_URL: database.url })
const count = async (table: string) => Number((await database.asOwner<{ count: string }>(`select count(*) from pricing.${table}`))[0]?.count)

const PUBLISH = ['charges', 'publish-markup', 'standard', '--percent', '20']
const QUESTION = 'Publish this markup? (y/N)'

it.each([
  { typed: 'y', published: 1 },
  { typed: 'Yes', published: 1 },
  { typed: 'n', published: 0 },
  { typed: '', published: 0 },
  { typed: 'yesterday', published: 0 },
])('asks before it publishes, and publishes after y or yes only: "$typed"', async ({ typed, published }) => {
  const answer = async () => {
    expect(await count('charge_rules')).toBe(0)
    return typed
  }
  const { exitCode, stderr } = await runAnsweredCommand(PUBLISH, { environment: environment(), question: QUESTION, answer })
  expect({ exitCode, published: await count('charge_rules'), stderr }).toMatchObject({
    exitCode: 0,
    published,
    stderr: expect.stringContaining('a cost of 100'),
  })
})

it.each([
  { typed: 'Ctrl-D', keys: '\x04', exitCode: 0 },
  { typed: 'Ctrl-C', keys: '\x03', exitCode: 130 },
])('publishes nothing after $typed in a terminal', async ({ keys, exitCode }) => {
  const session = runInTerminal(PUBLISH, environment())
  await session.sees(QUESTION)
  expect(await count('charge_rules')).toBe(0)
  session.type(keys)
  expect({ exitCode: await session.ended(), published: await count('charge_rules'), screen: session.screen() }).toMatchObject({
    exitCode,
    published: 0,
    screen: expect.stringContaining('a cost of 100'),
  })
})

it('shows the changes of a file, and publishes them after a yes', async () => {
  const session = runInTerminal(['prices', 'import', prices], environment())
  await session.sees('Publish 500 prices? (y/N)')
  session.type('y\r')
  expect(await session.ended()).toBe(0)
  expect(await count('prices')).toBe(500)
})

it('publishes all or nothing when it is interrupted during a write', async () => {
  await using gate = await holdInserts('pricing.price_rates')
  const command = spawnProgram('cli/main.ts', { args: ['prices', 'import', prices, '--yes'], environment: environment() })
  await gate.reached()
  command.signal('SIGINT')
  expect(await command.ended()).toBe(130)
  await gate.open()
  // When the connection of the command is gone, its transaction is either committed or rolled back.
  await eventually('the connection of the command is gone', async () => (await gate.waiting()) === 0)
  expect([await count('prices'), await count('price_rates')]).toEqual([0, 0])
})

/** Blocks inserts into a table until it is opened. */
async function holdInserts(table: string) {
  const client = new Client({ connectionString: database.url })
  await client.connect()
  await client.query(`begin; lock table ${table} in share mode`)
  const waiting = async () =>
    (await database.asOwner(`select from pg_stat_activity where datname = current_database() and application_name like 'tollgate command%'`)).length
  const blocked = async () => (await database.asOwner(`select from pg_locks where relation = '${table}'::regclass and not granted`)).length > 0
  const open = () => client.query('rollback')
  return { reached: () => eventually('an insert is blocked', blocked), waiting, open, [Symbol.asyncDispose]: () => client.end() }
}
