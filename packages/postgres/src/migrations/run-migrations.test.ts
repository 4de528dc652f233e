import { Client } from 'pg'
import { afterEach, beforeEach, describe, expect, inject, it, vi } from 'vitest'
import { postgresMigrations } from './index.ts'
import { sqlMigration, type SqlMigration } from './sql-migration.ts'
import { isolateTenants } from './tenant-isolation.ts'
import { openOwner } from '../owner/open-owner.ts'
import { MigrationFailed } from './migration-failed.ts'
import { DatabaseIsNewer, type MigrationProgress, runMigrations as runOn } from './run-migrations.ts'

const ORDERS = sqlMigration('shop/0001-orders', ['create schema shop', 'create table shop.orders (id int primary key)'])
const ITEMS = sqlMigration('shop/0002-items', ['create table shop.items (id int primary key)'])
const SLOW = sqlMigration('shop/0003-slow', ['select pg_sleep(0.3)', 'create table shop.slow (id int)'])
const BROKEN = sqlMigration('shop/0004-broken', ['create table shop.half (id int)', 'create table shop.half (id int)'])
const TICKETS = sqlMigration('shop/0005-tickets', ['create schema shop', 'create table shop.tickets (tenant_id text)', ...isolateTenants('shop.tickets')])

let count = 0
let url: string
let client: Client

beforeEach(async () => {
  count += 1
  const name = `migrated_${process.pid}_${count}`
  const admin = new Client({ connectionString: inject('postgresUrl') })
  await admin.connect()
  await admin.query(`create database ${name}`)
  await admin.end()
  url = Object.assign(new URL(inject('postgresUrl')), { pathname: `/${name}` }).href
  client = new Client({ connectionString: url })
  await client.connect()
})
afterEach(() => client.end())

const tables = async () => {
  const { rows } = await client.query<{ name: string }>(`select tablename as name from pg_tables where schemaname = 'shop' order by 1`)
  return rows.map(({ name }) => name)
}
const recorded = async () => {
  const { rows } = await client.query<{ name: string }>(`select name from tollgate.migrations order by id`)
  return rows.map(({ name }) => name)
}

async function runMigrations({ url: ownerUrl, migrations, ...progress }: { url: string; migrations: readonly SqlMigration[] } & MigrationProgress) {
  await using owner = await openOwner({ url: ownerUrl })
  return await owner.migrate(migrations, progress)
}

describe('migrate', () => {
  it('runs the migrations that the database lacks, in order, and returns their names', async () => {
    expect(await runMigrations({ url, migrations: [...postgresMigrations, ORDERS] })).toEqual([
      'kernel/0001-tenant-scope',
      'kernel/0002-signed-scope',
      'kernel/0003-verify-scopes-once',
      'kernel/0004-encryption-keys',
      'kernel/0005-customer-scope',
      'shop/0001-orders',
    ])
    expect(await runMigrations({ url, migrations: [...postgresMigrations, ORDERS, ITEMS] })).toEqual(['shop/0002-items'])
    expect(await runMigrations({ url, migrations: [...postgresMigrations, ORDERS, ITEMS] })).toEqual([])
    expect(await tables()).toEqual(['items', 'orders'])
  })

  it('runs on the connection of the owner, and runs nothing if the database lacks none', async () => {
    await runMigrations({ url, migrations: [ORDERS] })
    expect(await runOn({ client, migrations: [ORDERS], role: 'nobody' })).toEqual([])
    expect(await runOn({ client, migrations: [ORDERS, ITEMS], role: 'nobody' })).toEqual(['shop/0002-items'])
  })

  it('reports each migration before it runs, and writes nothing to the console', async () => {
    const written = [vi.spyOn(console, 'log'), vi.spyOn(process.stdout, 'write')]
    const progress: string[] = []
    await runMigrations({ url, migrations: [ORDERS, ITEMS], onProgress: name => progress.push(name) })
    expect(progress).toEqual(['shop/0001-orders', 'shop/0002-items'])
    for (const spy of written) {
      expect(spy).not.toHaveBeenCalled()
      spy.mockRestore()
    }
  })

  it('runs each migration once when several processes start together', async () => {
    const migrations = [ORDERS, ITEMS, SLOW]
    const ran = await Promise.all(Array.from({ length: 4 }, () => runMigrations({ url, migrations })))
    expect(ran.flat()).toEqual(['shop/0001-orders', 'shop/0002-items', 'shop/0003-slow'])
    expect(ran.filter(names => names.length > 0)).toHaveLength(1)
    expect(await recorded()).toEqual(ran.flat())
  })

  it('rejects a database that a newer version migrated, and does not change it', async () => {
    await runMigrations({ url, migrations: [ORDERS, ITEMS] })
    const older = runMigrations({ url, migrations: [ORDERS, SLOW] })
    await expect(older).rejects.toThrow(DatabaseIsNewer)
    await expect(older).rejects.toMatchObject({ code: 'DATABASE_IS_NEWER', unknownMigrations: ['shop/0002-items'] })
    expect(await tables()).toEqual(['items', 'orders'])
  })

  it('rolls back a migration that fails, keeps those before it, and continues on the next run', async () => {
    const failing = runMigrations({ url, migrations: [ORDERS, BROKEN, ITEMS] })
    await expect(failing).rejects.toThrow(MigrationFailed)
    await expect(failing).rejects.toMatchObject({ migration: 'shop/0004-broken' })
    await expect(failing).rejects.toThrow(/"half" already exists/)
    expect(await tables()).toEqual(['orders'])
    expect(await recorded()).toEqual(['shop/0001-orders'])

    expect(await runMigrations({ url, migrations: [ORDERS, ITEMS] })).toEqual(['shop/0002-items'])
  })

  it('leaves the tables of another program of the same owner as they are', async () => {
    await client.query(`create table notes (tenant_id text, author text); alter table notes enable row level security`)
    await client.query(`create policy tenant_isolation on notes using (author = current_user)`)
    await runMigrations({ url, migrations: [...postgresMigrations, TICKETS] })
    const { rows } = await client.query<{ name: string }>(`
      select rel.oid::regclass::text as name, relforcerowsecurity as "isForced", attoptions is not null as "expectsLargeTenants"
      from pg_class as rel join pg_attribute on attrelid = rel.oid and attname = 'tenant_id' where relrowsecurity order by 1`)
    expect(rows).toEqual([
      { name: 'notes', isForced: false, expectsLargeTenants: false },
      { name: 'shop.tickets', isForced: true, expectsLargeTenants: true },
    ])
  })

  it('rejects two migrations with the same name', async () => {
    await expect(runMigrations({ url, migrations: [ORDERS, ORDERS] })).rejects.toThrow('Two migrations have the name shop/0001-orders')
  })

  it('reports why it cannot reach the database', async () => {
    await expect(runMigrations({ url: url.replace(/\/[^/]*$/, '/nowhere'), migrations: [ORDERS] })).rejects.toThrow(/nowhere/)
  })
})
