import { OPERATOR_SCOPE, tenantScope } from '@tollgate/kernel'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from './testing/index.ts'
import { type EntityDatabase, openEntityDatabase } from './mikro-orm/index.ts'
import { grantToApplication, isolateTenants } from './migrations/tenant-isolation.ts'

let test: TestDatabase<EntityDatabase>

beforeAll(async () => {
  test = await createTestDatabase({ entities: [] })
  await test.asOwner(`create table tollgate.notes (tenant_id text not null, body text not null)`)
  for (const statement of isolateTenants('tollgate.notes')) await test.asOwner(statement)
  await test.asOwner(grantToApplication('tollgate.notes', 'select, insert'))
  await test.asOwner(`insert into tollgate.notes values ('acme', 'a'), ('globex', 'g')`)
})
afterAll(() => test.drop())

describe('scope', () => {
  const visible = async (scope: Parameters<TestDatabase['database']['query']>[0]) =>
    (await test.database.query<{ tenant_id: string }>(scope, 'select tenant_id from tollgate.notes order by 1')).map(row => row.tenant_id)

  it('shows a tenant its own rows only', async () => {
    expect(await visible(tenantScope('acme'))).toEqual(['acme'])
  })
  it('shows several tenants when the scope names them', async () => {
    expect(await visible(tenantScope('acme', 'globex'))).toEqual(['acme', 'globex'])
  })
  it('shows an operator every row', async () => {
    expect(await visible(OPERATOR_SCOPE)).toEqual(['acme', 'globex'])
  })
  it('shows nothing to a scope without tenants, also on a connection that an operator used before', async () => {
    await visible(OPERATOR_SCOPE)
    expect(await visible(tenantScope())).toEqual([])
  })
  it('rejects a row of another tenant', async () => {
    const write = test.database.query(tenantScope('acme'), `insert into tollgate.notes values ('globex', 'forged')`)
    await expect(write).rejects.toThrow(/row-level security/)
  })
  it('limits entities too', async () => {
    const rows = await test.database.entities(tenantScope('globex'), em => em.execute('select tenant_id from tollgate.notes'))
    expect(rows).toEqual([{ tenant_id: 'globex' }])
  })
  it.each(['*', 'acme,globex', '{acme,globex}', '"acme"', `acme","globex`, 'acme\\', '', 'NULL', `'`, '${acme}', '☃'])(
    'reads the tenant id %j as one id',
    async id => {
      await test.asOwner('insert into tollgate.notes values ($1, $2)', [id, 'odd'])
      expect(await visible(tenantScope(id))).toEqual([id])
      const rows = await test.database.entities(tenantScope(id), em => em.execute('select tenant_id from tollgate.notes'))
      expect(rows).toEqual([{ tenant_id: id }])
      await test.asOwner('delete from tollgate.notes where tenant_id = $1', [id])
    },
  )
  it('rejects a tenant id that contains a NUL character', async () => {
    await expect(visible(tenantScope('acme\0'))).rejects.toThrow(/NUL/)
    expect(await visible(tenantScope('acme'))).toEqual(['acme'])
  })
  it('never runs a tenant id as SQL', async () => {
    expect(await visible(tenantScope(`x'; drop table tollgate.notes; --`))).toEqual([])
    expect(await visible(tenantScope('acme'))).toEqual(['acme'])
  })
})

describe('transaction', () => {
  it('rolls back when the work throws', async () => {
    const work = test.database.transaction(tenantScope('acme'), async transaction => {
      await transaction.query(`insert into tollgate.notes values ('acme', 'gone')`)
      throw new Error('stop')
    })
    await expect(work).rejects.toThrow('stop')
    expect(await test.database.query(tenantScope('acme'), `select 1 from tollgate.notes where body = 'gone'`)).toEqual([])
  })
  it('fails when a statement failed and the work caught the error', async () => {
    const work = test.database.transaction(tenantScope('acme'), async transaction => {
      await transaction.query(`insert into tollgate.notes values ('acme', 'lost')`)
      await transaction.query('select 1/0').catch(() => {})
    })
    await expect(work).rejects.toThrow(/rolled back/)
    expect(await test.database.query(tenantScope('acme'), `select 1 from tollgate.notes where body = 'lost'`)).toEqual([])
  })
  it('fails for entities too when a statement failed and the work caught the error', async () => {
    const work = test.database.entities(tenantScope('acme'), async em => {
      await em.execute(`insert into tollgate.notes values ('acme', 'lost')`)
      await em.execute('select 1/0').catch(() => {})
    })
    await expect(work).rejects.toThrow(/current transaction is aborted/)
    expect(await test.database.query(tenantScope('acme'), `select 1 from tollgate.notes where body = 'lost'`)).toEqual([])
  })
  it('fails at commit when a deferred constraint is violated', async () => {
    await test.asOwner(`create table tollgate.slots (slot int unique deferrable initially deferred)`)
    await test.asOwner(grantToApplication('tollgate.slots', 'select, insert'))
    const twice = test.database.transaction(OPERATOR_SCOPE, transaction => transaction.query('insert into tollgate.slots values (1), (1)'))
    await expect(twice).rejects.toThrow(/duplicate key/)
    await expect(test.database.query(OPERATOR_SCOPE, 'insert into tollgate.slots values (1), (1)')).rejects.toThrow(/duplicate key/)
    expect(await test.database.query(OPERATOR_SCOPE, 'select * from tollgate.slots')).toEqual([])
  })
  it('runs as a role that owns nothing', async () => {
    expect(await test.database.query(OPERATOR_SCOPE, 'select current_user as role, session_user as login')).toEqual([
      { role: 'tollgate_template_of_tests', login: 'tollgate_template_of_tests' },
    ])
    await expect(test.database.query(OPERATOR_SCOPE, 'drop table tollgate.notes')).rejects.toThrow(/must be owner/)
  })
  it('returns numbers and times as text, so that no digit is lost', async () => {
    const [row] = await test.database.query(
      OPERATOR_SCOPE,
      `select 0.10::numeric as numeric, '2026-01-01T00:00:00.000001+05:30'::timestamptz as time, 2::int as int, 9007199254740993::bigint as bigint`,
    )
    expect(row).toEqual({ numeric: '0.10', time: '2025-12-31 18:30:00.000001+00', int: 2, bigint: '9007199254740993' })
  })
  it.each([`'; drop table tollgate.notes; --`, `\\'; select 1; --`, `E'\\''`, '$1', '?', '??', `a\\`, `"`, `\u{1F600}'\\`])(
    'reads %j from entities as one value, although MikroORM writes values into the text of statements',
    async text => {
      const rows = await test.database.entities(tenantScope('acme'), em => em.execute('select ?::text as text where ?::text = ?::text', [text, text, text]))
      expect(rows).toEqual([{ text }])
    },
  )
  it('returns a usable connection to the pool after a value cannot be sent', async () => {
    const value = {
      toPostgres() {
        throw new Error('no value')
      },
    }
    for (let i = 0; i < 20; i++) await expect(test.database.query(tenantScope('acme'), 'select $1::text', [value])).rejects.toThrow(/no value/)
    expect(await test.database.query(tenantScope('acme'), 'select $1::text as value', ['sent'])).toEqual([{ value: 'sent' }])
  })
  it('returns a usable connection to the pool after a statement fails', async () => {
    for (let i = 0; i < 20; i++) {
      await expect(test.database.query(tenantScope('acme'), 'select 1/0')).rejects.toThrow(/division by zero/)
    }
    expect(await test.database.query(tenantScope('acme'), 'select 1 as one')).toEqual([{ one: 1 }])
  })
})

describe('prepared statement', () => {
  const ADD = { name: 'add', text: 'select $1::int + $2::int as sum' }
  const known = () => test.database.query(OPERATOR_SCOPE, `select name from pg_prepared_statements where name <> 'set-scope'`)

  it('is parsed once per connection', async () => {
    const sums = await test.database.transaction(OPERATOR_SCOPE, async transaction => {
      const together = await Promise.all([1, 2, 3].map(i => transaction.query(ADD, [i, 1])))
      return [...together.flat(), ...(await transaction.query(`select name from pg_prepared_statements where name <> 'set-scope'`))]
    })
    expect(sums).toEqual([{ sum: 2 }, { sum: 3 }, { sum: 4 }, { name: 'add' }])
  })
  it.each([
    { options: { preparedStatements: false }, names: [] },
    { options: { directUrl: 'postgres://elsewhere:5432/tollgate' }, names: [] },
    { options: { directUrl: 'postgres://elsewhere:5432/tollgate', preparedStatements: true }, names: ['add', 'set-scope'] },
    { options: {}, names: ['add', 'set-scope'] },
  ])('has the names $names on the server with $options', async ({ options, names }) => {
    const database = await openEntityDatabase({ ...test.access, entities: [], poolSize: 1, ...options })
    expect(await database.query(OPERATOR_SCOPE, ADD, [1, 2])).toEqual([{ sum: 3 }])
    const prepared = await database.query<{ name: string }>(OPERATOR_SCOPE, `select name from pg_prepared_statements where name <> '' order by 1`)
    expect(prepared.map(({ name }) => name)).toEqual(names)
    await database.close()
  })
  it('stays usable after it fails, or a statement before it fails', async () => {
    for (let i = 0; i < 20; i++) {
      const late = { name: `late-${i}`, text: 'select 1 / $1::int as one' }
      await expect(
        test.database.transaction(OPERATOR_SCOPE, transaction => Promise.all([transaction.query('select 1/0'), transaction.query(late, [1])])),
      ).rejects.toThrow(/division by zero/)
      await expect(test.database.query(OPERATOR_SCOPE, late, [0])).rejects.toThrow(/division by zero/)
      expect(await test.database.query(OPERATOR_SCOPE, late, [1])).toEqual([{ one: 1 }])
    }
    expect((await known()).length).toBeGreaterThan(0)
  })
  it('cannot have the name of another one, and leaves a usable connection when it has', async () => {
    const database = await openEntityDatabase({ ...test.access, entities: [], poolSize: 1 })
    expect(await database.query(OPERATOR_SCOPE, ADD, [1, 2])).toEqual([{ sum: 3 }])
    await expect(database.query(OPERATOR_SCOPE, { ...ADD, text: 'select 1' })).rejects.toThrow(/must be unique/)
    expect(await database.query(OPERATOR_SCOPE, ADD, [2, 2])).toEqual([{ sum: 4 }])
    await database.close()
  })
})

describe('connections', () => {
  const pid = (database: EntityDatabase) => database.query<{ pid: number }>(OPERATOR_SCOPE, 'select pg_backend_pid() as pid').then(([row]) => row?.pid)
  let single: EntityDatabase

  beforeEach(async () => {
    single = await openEntityDatabase({ ...test.access, entities: [], poolSize: 1 })
  })
  afterEach(() => single.close())

  it('stay in the pool when the work throws', async () => {
    const before = await pid(single)
    const work = single.transaction(OPERATOR_SCOPE, async transaction => {
      await transaction.query('select 1')
      throw new Error('over quota')
    })
    await expect(work).rejects.toThrow('over quota')
    expect(await pid(single)).toBe(before)
  })

  it.each<[string, (killed: Promise<unknown>) => Promise<unknown>]>([
    ['query', killed => Promise.all([single.query(OPERATOR_SCOPE, 'select pg_sleep(30)'), killed])],
    ['transaction', killed => single.transaction(OPERATOR_SCOPE, transaction => Promise.all([transaction.query('select pg_sleep(30)'), killed]))],
    ['entities', killed => single.entities(OPERATOR_SCOPE, em => Promise.all([em.execute('select pg_sleep(30)'), killed]))],
  ])('that the server kills fail the %s that used them, and the next call succeeds', async (_, call) => {
    const victim = await pid(single)
    const killed = until(() => sleeping(victim)).then(() => test.asOwner('select pg_terminate_backend($1)', [victim]))
    await expect(call(killed)).rejects.toThrow(/terminat/i)
    expect(await pid(single)).not.toBe(victim)
    expect(single.connections()).toMatchObject({ open: 1, waiting: 0 })
  })

  it('that the server kills between two statements fail the transaction, and the next call succeeds', async () => {
    const victim = await pid(single)
    const work = single.transaction(OPERATOR_SCOPE, async transaction => {
      await transaction.query('select 1')
      await test.asOwner('select pg_terminate_backend($1)', [victim])
      await until(() => gone(victim))
      return 'not durable'
    })
    await expect(work).rejects.toThrow(/terminat|connection error/i)
    expect(await pid(single)).not.toBe(victim)
  })

  it('that the server kills while they are idle are replaced', async () => {
    const victim = await pid(single)
    await test.asOwner('select pg_terminate_backend($1)', [victim])
    await until(async () => single.connections().open === 0)
    expect(await pid(single)).not.toBe(victim)
  })

  it('serve calls in order when there are more calls than connections', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, (_, i) => single.query<{ i: number }>(OPERATOR_SCOPE, 'select $1::int as i', [i])))
    expect(answers.map(([row]) => row?.i)).toEqual(Array.from({ length: 50 }, (_, i) => i))
    expect(single.connections().open).toBe(1)
  })

  it('answer a ping while the database is reachable', async () => {
    expect(await single.ping()).toBe(true)
    const unreachable = await openEntityDatabase({ ...test.access, entities: [], url: test.access.url.replace(/\/[^/]*$/, '/nowhere') })
    expect(await unreachable.ping()).toBe(false)
    await unreachable.close()
  })
})

const sleeping = async (pid: number | undefined) =>
  (await test.asOwner(`select 1 from pg_stat_activity where pid = $1 and query like '%pg_sleep%' and state = 'active'`, [pid])).length > 0
const gone = async (pid: number | undefined) => (await test.asOwner('select 1 from pg_stat_activity where pid = $1', [pid])).length === 0

/** Polls until the condition holds. It depends on PostgreSQL, so no clock of ours can advance it. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise(setImmediate)
}

describe('close', () => {
  it.each([
    ['nothing', () => Promise.resolve()],
    ['a statement', (database: EntityDatabase) => database.query(tenantScope(), 'select 1')],
    ['a use of entities', (database: EntityDatabase) => database.entities(tenantScope(), em => em.execute('select 1'))],
  ])('leaves no connection open after %s', async (_, use) => {
    const database = await openEntityDatabase({ ...test.access, entities: [] })
    await use(database)
    await database.close()
    expect(database.connections()).toEqual({ open: 0, idle: 0, waiting: 0 })
    await expect(database.query(tenantScope(), 'select 1')).rejects.toThrow(/after calling end/)
  })
})
