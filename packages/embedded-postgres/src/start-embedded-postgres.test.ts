import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { claimDataDirectory, isLastUser } from './data-directory-use.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from './start-embedded-postgres.ts'

const settings = { fsync: 'off' }
let parent: string
let directory: string
let postgres: EmbeddedPostgres

beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'embedded-postgres-'))
  await chmod(parent, 0o755)
  directory = join(parent, 'postgres')
  postgres = await startEmbeddedPostgres({ directory, settings })
})
afterAll(async () => {
  await postgres?.stop()
  await rm(parent, { recursive: true, force: true })
})

async function connect(applicationName?: string): Promise<Client> {
  const client = new Client({ connectionString: postgres.url, application_name: applicationName })
  client.on('error', () => {}) // A killed PostgreSQL breaks its connections.
  await client.connect()
  return client
}

async function query(statement: string): Promise<unknown[]> {
  const client = await connect()
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows.flatMap(row => Object.values(row))
  } finally {
    await client.end()
  }
}

async function postmasterPid(): Promise<number> {
  return Number.parseInt(await readFile(join(directory, 'data', 'postmaster.pid'), 'utf8'), 10)
}

it('starts PostgreSQL with the given settings and sorts text by code point', async () => {
  expect(postgres.started).toBe(true)
  expect(await query('show fsync')).toEqual(['off'])
  expect(await query(`select x from unnest(array['b', 'a', 'B']) x order by x`)).toEqual(['B', 'a', 'b'])
})

it('listens on the loopback interface only and requires the password', async () => {
  expect(await query('show listen_addresses')).toEqual(['127.0.0.1'])
  const wrong = new URL(postgres.url)
  wrong.password = 'wrong'
  await expect(new Client({ connectionString: wrong.href }).connect()).rejects.toMatchObject({ code: '28P01' })
})

it('rotates its log while it runs, and goes on writing to it', async () => {
  const maxLogBytes = 20_000
  const joined = await startEmbeddedPostgres({ directory, settings, maxLogBytes })
  const log = join(directory, 'postgres.log')
  const sizes = async () => Promise.all([log, `${log}.1`].map(async file => stat(file).then(({ size }) => size, () => 0))) // prettier-ignore
  await joined.rotateLog()
  expect(await sizes()).toEqual([expect.any(Number), 0])
  for (let round = 1; round <= 3; round++) {
    await query(`do $$ begin for i in 1..300 loop raise log 'round ${round}, line % %', i, repeat('x', 100); end loop; end $$`)
    expect((await sizes())[0]).toBeGreaterThan(maxLogBytes)
    await joined.rotateLog()
    const [current, old] = await sizes()
    expect(current).toBe(0)
    expect(old).toBeGreaterThan(maxLogBytes)
    expect(await readFile(`${log}.1`, 'utf8')).toContain(`round ${round}, line 300`)
  }
  await query(`do $$ begin raise log 'after the rotation'; end $$`)
  expect(await readFile(log, 'utf8')).toMatch(/^[^\0]*after the rotation/)
})

it('returns the PostgreSQL that already runs in the directory', async () => {
  const again = await startEmbeddedPostgres({ directory, settings })
  expect([again.started, again.url]).toEqual([false, postgres.url])
})

it('keeps data when it is stopped and started again', async () => {
  await query('create table kept as select 42 as value')
  await postgres.stop()
  await postgres.stop()
  postgres = await startEmbeddedPostgres({ directory, settings })
  expect(postgres.started).toBe(true)
  expect(await query('select value from kept')).toEqual([42])
})

it('starts again on the same port after it was killed, despite its lock file', async () => {
  const pid = await postmasterPid()
  process.kill(pid, 'SIGKILL')
  await expect
    .poll(() =>
      connect().then(
        client => client.end(),
        (error: unknown) => error,
      ),
    )
    .toMatchObject({ code: 'ECONNREFUSED' })
  // A killed process closes its port before it is gone. Until then, there is nothing to start.
  await expect
    .poll(async () => {
      await postgres.revive()
      return query('select value from kept').catch((error: unknown) => error)
    })
    .toEqual([42])
  expect(await postmasterPid()).not.toBe(pid)
  await postgres.revive()
})

it('fails with the reason if the directory cannot be used', async () => {
  const file = join(parent, 'file')
  await writeFile(file, '')
  await expect(startEmbeddedPostgres({ directory: file })).rejects.toMatchObject({
    code: 'EMBEDDED_POSTGRES_FAILED',
    message: expect.stringContaining(`PostgreSQL could not be set up in ${file}: `),
  })
})

describe('a data directory', () => {
  it('is used by one server and any number of commands, and released when a connection ends', async () => {
    const [server, second, command] = await Promise.all([connect('the first server'), connect(), connect()])
    await claimDataDirectory(server, { as: 'server', directory })
    await claimDataDirectory(command, { as: 'command', directory })
    await expect(claimDataDirectory(second, { as: 'server', directory })).rejects.toMatchObject({
      code: 'ALREADY_SERVED',
      message: expect.stringContaining(`Another server already uses the data directory ${directory} (the first server).`),
    })
    await second.end()
    expect(await isLastUser(server)).toBe(false)
    await server.end()
    const third = await connect()
    await claimDataDirectory(third, { as: 'server', directory })
    await third.end()
    await expect.poll(() => isLastUser(command)).toBe(true)
    await command.end()
  })
})
