import { type AddressInfo, connect, createServer } from 'node:net'
import { OPERATOR_SCOPE } from '@tollgate/kernel'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type EntityDatabase, type EntityDatabaseOptions, openEntityDatabase } from './mikro-orm/index.ts'
import { asDatabaseBusy, CommitOutcomeUnknown, isDatabaseUnavailable } from './database-failure.ts'
import { grantToApplication } from './migrations/tenant-isolation.ts'
import { createTestDatabase, type TestDatabase } from './testing/index.ts'

const PATIENT = { statementMs: 60_000, lockMs: 60_000, idleMs: 60_000, useMs: 60_000 }

let test: TestDatabase
beforeAll(async () => {
  test = await createTestDatabase()
  await test.asOwner('create table tollgate.counts (id int primary key, count int)')
  await test.asOwner(grantToApplication('tollgate.counts', 'select, insert, update'))
  await test.asOwner('insert into tollgate.counts values (1, 0)')
})
afterAll(() => test.drop())

/** Runs a test on a database with one connection. */
async function withDatabase(options: Partial<EntityDatabaseOptions>, run: (database: EntityDatabase) => Promise<void>): Promise<void> {
  const database = await openEntityDatabase({ ...test.access, entities: [], poolSize: 1, ...options })
  try {
    await run(database)
  } finally {
    await database.close()
  }
}

const select = (database: EntityDatabase, text: string) => database.query<Record<string, unknown>>(OPERATOR_SCOPE, text)
const pidOf = async (database: EntityDatabase) => Number((await select(database, 'select pg_backend_pid() as pid'))[0]?.['pid'])
const failureOf = (work: Promise<unknown>) => work.then(() => expect.fail('It succeeded.')).catch((error: unknown) => error)

/** Resolves when a connection runs a statement that contains the text. */
async function running(text: string): Promise<void> {
  const find = () => test.asOwner(`select from pg_stat_activity where query like $1 and state = 'active' and pid <> pg_backend_pid()`, [`%${text}%`])
  while ((await find()).length === 0) await new Promise(setImmediate)
}

/** Stops the process behind a connection, as a machine that hangs would, until the returned function is called. */
function stop(pid: number): () => void {
  process.kill(pid, 'SIGSTOP')
  return () => process.kill(pid, 'SIGCONT')
}

describe('a statement that takes too long', () => {
  it.each<[string, (database: EntityDatabase) => Promise<unknown>]>([
    ['query', database => select(database, 'select pg_sleep(60)')],
    ['transaction', database => database.transaction(OPERATOR_SCOPE, transaction => transaction.query('select pg_sleep(60)'))],
    ['use of entities', database => database.entities(OPERATOR_SCOPE, entities => entities.execute('select pg_sleep(60)'))],
  ])('of a %s is stopped, counts as busy, and leaves a usable connection', async (_, sleep) => {
    await withDatabase({ timeouts: { ...PATIENT, statementMs: 500 } }, async database => {
      const pid = await pidOf(database)
      const error = await failureOf(sleep(database))
      expect(asDatabaseBusy(error)?.message).toMatch(/took too long/)
      expect(isDatabaseUnavailable(error)).toBe(false)
      expect(await pidOf(database)).toBe(pid)
    })
  })

  it('is stopped while it waits for a lock', async () => {
    await withDatabase({ timeouts: { ...PATIENT, lockMs: 200 } }, async database => {
      await test.asOwner('begin')
      await test.asOwner('update tollgate.counts set count = count + 1')
      const error = await failureOf(select(database, 'update tollgate.counts set count = count + 1'))
      await test.asOwner('rollback')
      expect(error).toMatchObject({ code: '55P03' })
      expect(asDatabaseBusy(error)).toBeDefined()
    })
  })
})

describe('a pool whose connections are all in use', () => {
  it('counts as busy, not as an outage', async () => {
    await withDatabase({ connectTimeoutMs: 2_000 }, async database => {
      const { promise: released, resolve: release } = Promise.withResolvers<void>()
      const holder = database.transaction(OPERATOR_SCOPE, () => released)
      const calls = [select(database, 'select 1'), database.entities(OPERATOR_SCOPE, entities => entities.execute('select 1'))]
      for (const error of await Promise.all(calls.map(failureOf))) {
        expect([asDatabaseBusy(error)?.code, isDatabaseUnavailable(error)]).toEqual(['OVERLOADED', false])
      }
      release()
      await holder
    })
  })
})

describe('a connection on which PostgreSQL stops answering', () => {
  it.each<[string, (database: EntityDatabase) => Promise<unknown>]>([
    ['query', database => select(database, 'select 1')],
    ['transaction', database => database.transaction(OPERATOR_SCOPE, transaction => transaction.query('select 1'))],
    ['use of entities', database => database.entities(OPERATOR_SCOPE, entities => entities.execute('select 1'))],
  ])('is destroyed after a while, and its %s fails as in an outage', async (_, call) => {
    await withDatabase({ timeouts: { ...PATIENT, useMs: 500 } }, async database => {
      const hung = await pidOf(database)
      const resume = stop(hung)
      const error = await failureOf(call(database))
      resume()
      expect(isDatabaseUnavailable(error)).toBe(true)
      expect(await pidOf(database)).not.toBe(hung)
    })
  })

  it('reports a commit on it as one of unknown outcome', async () => {
    await withDatabase({}, async database => {
      let resume = () => {}
      const committing = database.transaction(OPERATOR_SCOPE, async transaction => {
        const [backend] = await transaction.query<{ pid: number }>('update tollgate.counts set count = 7 returning pg_backend_pid() as pid')
        resume = stop(backend?.pid ?? 0)
        setImmediate(() => database.disconnect()) // After the commit was sent.
      })
      expect(await failureOf(committing)).toBeInstanceOf(CommitOutcomeUnknown)
      resume()
      // This time PostgreSQL carried it out: the caller could not have known.
      const count = () => test.asOwner<{ count: number }>('select count from tollgate.counts')
      while ((await count())[0]?.count !== 7) await new Promise(setImmediate)
    })
  })

  it('does not delay the end of the program', async () => {
    const database = await openEntityDatabase({ ...test.access, entities: [], poolSize: 1 })
    const resume = stop(await pidOf(database))
    const failed = failureOf(select(database, 'select 1'))
    await new Promise(setImmediate) // The statement was sent.
    await database.close()
    resume()
    expect(isDatabaseUnavailable(await failed)).toBe(true)
  })
})

describe('a connection that is accepted and then not answered', () => {
  it('fails the call that waits for it in time, as in an outage', async () => {
    const target = new URL(test.access.url)
    const isQuery = (data: Buffer) => data[0] === 0x51 || data[0] === 0x50
    const proxy = createServer(near => {
      const far = connect(Number(target.port), target.hostname)
      far.on('error', () => {}).pipe(near)
      near.on('data', (data: Buffer) => isQuery(data) || far.write(data))
      near.on('error', () => {}).on('close', () => far.destroy())
    })
    await new Promise<void>(listening => proxy.listen(0, '127.0.0.1', listening))
    const url = new URL(test.access.url)
    url.host = `127.0.0.1:${(proxy.address() as AddressInfo).port}`
    await withDatabase({ url: url.href, connectTimeoutMs: 500 }, async database => {
      expect(isDatabaseUnavailable(await failureOf(select(database, 'select 1')))).toBe(true)
      expect(database.connections().open).toBe(0)
    })
    await new Promise(ended => proxy.close(ended))
  })
})

describe('a database that is disconnected', () => {
  it('fails calls in progress, and connects again for the next', async () => {
    await withDatabase({}, async database => {
      const sleeping = failureOf(select(database, 'select pg_sleep(61)'))
      await running('pg_sleep(61)')
      database.disconnect()
      expect(isDatabaseUnavailable(await sleeping)).toBe(true)
      expect(await select(database, 'select 1 as one')).toEqual([{ one: 1 }])
    })
  })
})

describe('a database that is known to be down', () => {
  it('fails calls at once, without a connection', async () => {
    let isDown = true
    await withDatabase({ isDown: () => isDown }, async database => {
      for (const call of [select(database, 'select 1'), database.entities(OPERATOR_SCOPE, entities => entities.execute('select 1'))]) {
        expect(isDatabaseUnavailable(await failureOf(call))).toBe(true)
      }
      expect(database.connections().open).toBe(0)
      isDown = false
      expect(await select(database, 'select 1 as one')).toEqual([{ one: 1 }])
    })
  })
})
