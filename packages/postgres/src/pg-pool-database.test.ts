import { OPERATOR_SCOPE, tenantScope } from '@tollgate/kernel'
import { MikroORM } from '@mikro-orm/postgresql'
import { Client, Pool } from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest'
import {
  APPLICATION_ROLE,
  grantToApplication,
  isolateTenants,
  migratePool,
  migrationFiles,
  openDatabase,
  openOwner,
  pgPoolDatabase,
  PoolNotPrepared,
  postgresMigrations,
  type PostgresDatabase,
  sqlMigration,
} from './index.ts'
import { ormDatabase } from './mikro-orm/index.ts'

const NOTES = sqlMigration('notes/0001-notes', [
  'create schema notes',
  `grant usage on schema notes to ${APPLICATION_ROLE}`,
  'create table notes.notes (tenant_id text not null, id bigint, price numeric, at timestamptz)',
  ...isolateTenants('notes.notes'),
  grantToApplication('notes.notes', 'select, insert'),
])
const MIGRATIONS = [...postgresMigrations, NOTES]
const ACME = tenantScope('acme')
const ADD = `insert into notes.notes values ('acme', 9007199254740993, 0.10, '2026-11-20T09:30:00.123456+05:30')`

const admin = new Client({ connectionString: inject('postgresUrl') })
const closing: (() => Promise<void>)[] = []
beforeAll(() => admin.connect())
afterAll(() => admin.end())
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close()
})

let databases = 0

/** Creates an empty database, and returns its URL for a superuser, or for a user who owns only the database. */
async function createDatabase({ owner }: { owner?: string } = {}): Promise<string> {
  databases += 1
  const name = `pool_${process.pid}_${databases}`
  if (owner !== undefined) await admin.query(`create role ${owner} login createrole password 'secret'`)
  await admin.query(`create database ${name} ${owner === undefined ? '' : `owner ${owner}`}`)
  const url = Object.assign(new URL(inject('postgresUrl')), { pathname: `/${name}` })
  if (owner !== undefined) Object.assign(url, { username: owner, password: 'secret' })
  return url.href
}

/** Opens a pool as an application does, whose types are its own business. */
function openPool(url: string, options: { pipeline?: boolean; max?: number } = {}): Pool {
  const pool = new Pool({ connectionString: url, types: { getTypeParser: () => () => 'read by the application' }, ...options })
  closing.push(() => pool.end())
  return pool
}

async function expectIsolated(database: PostgresDatabase): Promise<void> {
  await database.query(ACME, ADD)
  const read = 'select id, price, at, 1 as one, true as yes from notes.notes'
  const row = { id: '9007199254740993', price: '0.10', at: '2026-11-20 04:00:00.123456+00', one: 1, yes: true }
  expect(await database.query(ACME, read)).toEqual([row])
  expect(await database.transaction(OPERATOR_SCOPE, transaction => transaction.query(read))).toEqual([row])
  expect(await database.query(tenantScope('globex'), read)).toEqual([])
  await expect(database.query(tenantScope('globex'), ADD)).rejects.toThrow('row-level security')
  expect(await database.query(ACME, { name: 'count-notes', text: 'select count(*) from notes.notes' })).toEqual([{ count: '1' }])
}

describe('a pool of your own', () => {
  it.each([{ pipeline: true }, { pipeline: false, max: 1 }])('of a superuser keeps tenants apart, with %j', async options => {
    const pool = openPool(await createDatabase(), options)
    expect(await migratePool(pool, MIGRATIONS)).toEqual(MIGRATIONS.map(({ name }) => name))
    await expectIsolated(pgPoolDatabase(pool))
    await pgPoolDatabase(pool).close()
    // Others who use the pool keep their role.
    const { rows } = await pool.query({ text: `select current_user::text like 'tollgate_pool%' as changed`, types: { getTypeParser: () => String } })
    expect(rows).toEqual([{ changed: 'f' }])
  })

  it('of an owner without other rights keeps tenants apart', async () => {
    const pool = openPool(await createDatabase({ owner: 'pool_owner' }))
    await migratePool(pool, MIGRATIONS)
    await expectIsolated(pgPoolDatabase(pool))
  })

  it('serves concurrent calls in different scopes', async () => {
    const pool = openPool(await createDatabase(), { max: 3 })
    await migratePool(pool, MIGRATIONS)
    const database = pgPoolDatabase(pool)
    const tenants = Array.from({ length: 20 }, (_, index) => `tenant_${index}`)
    await Promise.all(tenants.map(tenantId => database.query(tenantScope(tenantId), 'insert into notes.notes (tenant_id) values ($1)', [tenantId])))
    const seen = await Promise.all(tenants.map(tenantId => database.query(tenantScope(tenantId), 'select tenant_id from notes.notes')))
    expect(seen).toEqual(tenants.map(tenantId => [{ tenant_id: tenantId }]))
  })

  it('is refused without the tables, and with a login that may not read them', async () => {
    const url = await createDatabase()
    await expect(pgPoolDatabase(openPool(url)).query(ACME, 'select 1')).rejects.toThrow(PoolNotPrepared)
    await migratePool(openPool(url), MIGRATIONS)
    await admin.query(`do $$ begin create role pool_stranger login password 'secret'; exception when duplicate_object then null; end $$`)
    const stranger = Object.assign(new URL(url), { username: 'pool_stranger', password: 'secret' }).href
    await expect(pgPoolDatabase(openPool(stranger)).query(ACME, 'select 1')).rejects.toThrow('Log in as the role that ran the migrations, or pass scopeKey')
  })

  it('logs in as the role of the server if it is given the key, and as no other', async () => {
    const url = await createDatabase()
    await using owner = await openOwner({ url })
    await owner.migrate(MIGRATIONS)
    const { scopeKey } = owner.access
    await expectIsolated(pgPoolDatabase(openPool(owner.access.url), { scopeKey }))
    await expect(pgPoolDatabase(openPool(url), { scopeKey }).query(ACME, 'select 1')).rejects.toThrow('it is a superuser')
  })

  it('can belong to a MikroORM of your own', async () => {
    const url = await createDatabase()
    await migratePool(openPool(url), MIGRATIONS)
    const orm = await MikroORM.init({ clientUrl: url, entities: [], discovery: { warnWhenNoEntities: false } })
    closing.push(() => orm.close(true))
    const database = await ormDatabase(orm)
    await expectIsolated(database)
    const roles = await database.entities(ACME, entities => entities.execute('select current_user as role, tollgate.visible_tenants() as tenants'))
    expect(roles).toEqual([{ role: new URL(url).pathname.replace('/', 'tollgate_'), tenants: ['acme'] }])
  })
})

describe('the migrations as files', () => {
  it('run with any tool, and leave a database that the owner continues', async () => {
    const url = await createDatabase()
    const tool = new Client({ connectionString: url })
    await tool.connect()
    for (const { sql } of migrationFiles(MIGRATIONS)) await tool.query(sql)
    await tool.end()
    const pool = openPool(url)
    expect(await migratePool(pool, MIGRATIONS)).toEqual([])
    await expectIsolated(pgPoolDatabase(pool))
    await using owner = await openOwner({ url })
    expect(await owner.migrate(MIGRATIONS)).toEqual([])
    const database = await openDatabase(owner.access)
    closing.push(() => database.close())
    expect(await database.query(ACME, 'select count(*)::int as notes from notes.notes')).toEqual([{ notes: 1 }])
  })

  it('run once, also if several programs start together', async () => {
    const url = await createDatabase()
    const ran = await Promise.all([openPool(url), openPool(url), openPool(url)].map(pool => migratePool(pool, MIGRATIONS)))
    expect(ran.flat().toSorted()).toEqual(MIGRATIONS.map(({ name }) => name).toSorted())
  })
})
