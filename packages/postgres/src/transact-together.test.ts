import { OPERATOR_SCOPE, tenantScope } from '@tollgate/kernel'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { PostgresDatabase } from './database.ts'
import { isDatabaseUnavailable, sqlState } from './database-failure.ts'
import { grantToApplication, isolateTenants } from './migrations/tenant-isolation.ts'
import { retryOnConflict } from './retry-on-conflict.ts'
import { createTestDatabase, type TestDatabase } from './testing/index.ts'
import { transactTogether } from './transact-together.ts'

let test: TestDatabase
let database: PostgresDatabase
beforeAll(async () => {
  test = await createTestDatabase()
  database = test.database
  await test.asOwner('create table tollgate.marks (tenant_id text not null, id int not null, primary key (tenant_id, id))')
  for (const statement of isolateTenants('tollgate.marks')) await test.asOwner(statement)
  await test.asOwner(grantToApplication('tollgate.marks', 'select, insert'))
})
beforeEach(() => test.asOwner('delete from tollgate.marks'))
afterAll(() => test.drop())

const INSERT = 'insert into tollgate.marks values ($1, $2)'
const marks = () => test.asOwner<{ tenant_id: string; id: number }>('select * from tollgate.marks order by tenant_id, id')
const transactions = () => test.asOwner('select distinct xmin from tollgate.marks')
const addMark = (tenantId: string, id: number) => (joined: PostgresDatabase) => joined.query(tenantScope(tenantId), INSERT, [tenantId, id])

it('commits the work of a store and what follows it in one transaction', async () => {
  await transactTogether(database, {
    scope: tenantScope('globex'),
    work: async joined => {
      await joined.transaction(tenantScope('acme'), transaction => transaction.query(INSERT, ['acme', 1]))
      await addMark('acme', 2)(joined)
      return 3
    },
    beforeCommit: async (transaction, id) => void (await transaction.query(INSERT, ['globex', id])),
  })
  expect(await marks()).toEqual([
    { tenant_id: 'acme', id: 1 },
    { tenant_id: 'acme', id: 2 },
    { tenant_id: 'globex', id: 3 },
  ])
  expect(await transactions()).toHaveLength(1)
})

it('keeps each call in its own scope, also if they alternate', async () => {
  await transactTogether(database, {
    scope: OPERATOR_SCOPE,
    work: async joined => {
      await addMark('acme', 1)(joined)
      await addMark('globex', 1)(joined)
      const seen = (...tenants: string[]) => joined.query(tenantScope(...tenants), 'select tenant_id from tollgate.marks')
      expect(await seen('acme')).toEqual([{ tenant_id: 'acme' }])
      expect(await seen('globex')).toEqual([{ tenant_id: 'globex' }])
    },
    beforeCommit: async transaction => expect(await transaction.query('select from tollgate.marks')).toHaveLength(2),
  })
  const foreign = transactTogether(database, {
    scope: OPERATOR_SCOPE,
    work: joined => joined.query(tenantScope('acme'), INSERT, ['globex', 2]),
    beforeCommit: async () => {},
  })
  await expect(foreign).rejects.toThrow(/row-level security/)
})

it('commits nothing if what follows fails', async () => {
  const failed = transactTogether(database, { scope: OPERATOR_SCOPE, work: addMark('acme', 1), beforeCommit: () => Promise.reject(new Error('no room')) })
  await expect(failed).rejects.toThrow('no room')
  expect(await marks()).toEqual([])
})

it('commits nothing if the connection is lost before the commit', async () => {
  const failed = transactTogether(database, {
    scope: OPERATOR_SCOPE,
    work: addMark('acme', 1),
    async beforeCommit(transaction) {
      await transaction.query(INSERT, ['acme', 2])
      const [backend] = await transaction.query<{ pid: number }>('select pg_backend_pid() as pid')
      await test.asOwner('select pg_terminate_backend($1)', [backend?.pid])
      while ((await test.asOwner('select from pg_stat_activity where pid = $1', [backend?.pid])).length > 0) await new Promise(setImmediate)
    },
  })
  expect(isDatabaseUnavailable(await failed.catch((error: unknown) => error))).toBe(true)
  expect(await marks()).toEqual([])
})

it.each<[string, (joined: PostgresDatabase) => Promise<unknown>]>([
  ['a statement', addMark('acme', 1)],
  ['a transaction', joined => joined.transaction(OPERATOR_SCOPE, () => Promise.reject(new Error('another version')))],
])('returns the result of work that handles the failure of %s, rolls it back and adds nothing', async (_, fail) => {
  await test.asOwner(INSERT, ['acme', 1])
  const added = await transactTogether(database, {
    scope: OPERATOR_SCOPE,
    async work(joined) {
      await addMark('acme', 9)(joined)
      return fail(joined).then(
        () => true,
        () => false,
      )
    },
    beforeCommit: () => expect.fail('Something followed.'),
  })
  expect(added).toBe(false)
  expect(await marks()).toEqual([{ tenant_id: 'acme', id: 1 }])
})

it('reports the first error to work that tries again, so that its caller can repeat everything', async () => {
  const errors: unknown[] = []
  let attempts = 0
  await retryOnConflict(() =>
    transactTogether(database, {
      scope: OPERATOR_SCOPE,
      async work(joined) {
        const conflict = attempts++ === 0 ? `do $$ begin raise exception using errcode = '40P01'; end $$` : 'select 1'
        for (const _ of [1, 2]) await joined.query(OPERATOR_SCOPE, conflict).catch((error: unknown) => errors.push(sqlState(error)))
        if (attempts === 1) await joined.query(OPERATOR_SCOPE, 'select 1')
      },
      beforeCommit: async transaction => void (await transaction.query(INSERT, ['acme', attempts])),
    }),
  )
  expect(errors).toEqual(['40P01', '40P01'])
  expect(await marks()).toEqual([{ tenant_id: 'acme', id: 2 }])
})
