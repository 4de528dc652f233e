import { customerScope, OPERATOR_SCOPE, tenantScope } from '@tollgate/kernel'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isolateTenants, grantToApplication, showToCustomers, TENANTS_SETTING } from '../migrations/tenant-isolation.ts'
import { scopeSigner } from '../scope-signer.ts'
import type { EntityDatabase } from '../mikro-orm/index.ts'
import { createTestDatabase, type TestDatabase } from '../testing/index.ts'
import { operatorConnection } from './operator-connection.ts'

const ACME = tenantScope('acme')

let test: TestDatabase<EntityDatabase>
beforeAll(async () => {
  test = await createTestDatabase({ entities: [] })
  await test.asOwner('create table tollgate.notes (tenant_id text not null, body text not null)')
  for (const statement of isolateTenants('tollgate.notes')) await test.asOwner(statement)
  await test.asOwner(grantToApplication('tollgate.notes', 'select, insert'))
  await test.asOwner(`insert into tollgate.notes values ('acme', 'ours'), ('globex', 'theirs'), ('*', 'a star')`)
})
afterAll(() => test.drop())

/** Runs statements in one transaction of a tenant, as an injected text would, and returns the notes that the last one sees. */
async function inject(...statements: readonly string[]): Promise<unknown> {
  return test.database.transaction(ACME, async transaction => {
    for (const statement of statements) await transaction.query(statement)
    return (await transaction.query<{ body: string }>('select body from tollgate.notes')).map(({ body }) => body)
  })
}

describe('a statement that is injected into a transaction of a tenant', () => {
  it.each(['set role none', 'reset role', 'reset session authorization'])('stays in the role of the server with "%s"', async statement => {
    const [row] = await test.database.transaction(ACME, async transaction => {
      await transaction.query(statement)
      return transaction.query('select current_user as role, session_user as login')
    })
    expect(row).toEqual({ role: test.access.role, login: test.access.role })
  })

  it.each([
    'set role owner_of_tests',
    'set role tollgate',
    'set session authorization owner_of_tests',
    'alter role current_user superuser',
    `copy (select 1) to program 'id'`,
    `copy tollgate.notes from program 'id'`,
    `copy tollgate.notes from '/etc/passwd'`,
    `select pg_read_file('/etc/passwd')`,
    'select * from tollgate.installation',
    'select tollgate.operator_scope()',
    `create or replace function tollgate.verified_scope() returns text language sql return '*'`,
    'alter table tollgate.notes disable row level security',
    'drop policy tenant_isolation on tollgate.notes',
    'create function public.spy() returns text language sql return current_user',
    'create schema pg_shadowing',
  ])('is refused "%s"', async statement => {
    await expect(inject(statement)).rejects.toThrow(/permission denied|must be owner/)
  })

  it.each(['*', '{globex}', '{"acme","globex"}', '', ':*', `${'0'.repeat(64)}:*`, `${'0'.repeat(64)}:{globex}`])(
    'sees nothing when it sets the scope to %j itself',
    async scope => {
      expect(await inject(`select set_config('${TENANTS_SETTING}', '${scope}', true)`)).toEqual([])
      expect(await inject(`set local ${TENANTS_SETTING} = '${scope}'`)).toEqual([])
    },
  )

  it('sees nothing when it puts another scope behind its own signature', async () => {
    expect(await inject(`select set_config('${TENANTS_SETTING}', left(current_setting('${TENANTS_SETTING}'), 65) || '*', true)`)).toEqual([])
    expect(await inject(`select set_config('${TENANTS_SETTING}', left(current_setting('${TENANTS_SETTING}'), 65) || '{globex}', true)`)).toEqual([])
  })

  it('sees its own tenant, and no other, when it repeats its own scope', async () => {
    expect(await inject(`select set_config('${TENANTS_SETTING}', current_setting('${TENANTS_SETTING}'), false)`)).toEqual(['ours'])
    // Not even an operator who uses the connection next is affected.
    expect(await test.database.query(OPERATOR_SCOPE, 'select count(*)::int as notes from tollgate.notes')).toEqual([{ notes: 3 }])
  })

  it('cannot read the scopes of other sessions in their statements', async () => {
    const { promise: read, resolve: isRead } = Promise.withResolvers<void>()
    const { promise: began, resolve: hasBegun } = Promise.withResolvers<void>()
    const operators = [
      test.database.transaction(OPERATOR_SCOPE, async () => {
        hasBegun()
        await read
      }),
      test.database.entities(OPERATOR_SCOPE, () => read),
    ]
    await began
    const texts = await test.database.query<{ query: string }>(ACME, 'select query from pg_stat_activity where usename = current_user')
    isRead()
    await Promise.all(operators)
    expect(texts.length).toBeGreaterThan(1)
    expect(texts.map(({ query }) => query).join('\n')).not.toMatch(/[\da-f]{64}/)
  })
})

describe('the owner, when it is no superuser', () => {
  it('sees no row without a scope, because tables force row-level security', async () => {
    await test.asOwner('alter table tollgate.notes force row level security')
    await test.asOwner('alter table tollgate.notes owner to owner_of_tests')
    const owner = new Client({ connectionString: test.url })
    await owner.connect()
    const bodies = async () => (await owner.query<{ body: string }>('select body from tollgate.notes order by body')).rows.map(({ body }) => body)
    expect(await bodies()).toEqual([])
    await owner.query(`select set_config('${TENANTS_SETTING}', tollgate.operator_scope(), false)`)
    expect(await bodies()).toEqual(['a star', 'ours', 'theirs'])
    await owner.end()
  })

  it('is subject to row-level security in every table that has it', async () => {
    const unforced = await test.asOwner(
      `select oid::regclass::text as name from pg_class where relrowsecurity and not relforcerowsecurity and relnamespace <> 'graphile_worker'::regnamespace`,
    )
    expect(unforced).toEqual([])
  })

  it('has set that plans for any tenant expect a large one, in every table of tenants', async () => {
    const others = await test.asOwner(
      `select attrelid::regclass::text as name from pg_attribute join pg_policy on polrelid = attrelid
        where attname = 'tenant_id' and polname = 'tenant_isolation' and attrelid <> 'tollgate.notes'::regclass and not coalesce(attoptions::text ~ 'n_distinct=\\d+', false)`,
    )
    expect(others).toEqual([])
  })
})

describe('a scope', () => {
  it.each(['acme', '*', 'a,b', 'a"b\\c', 'ünïcode ✓', `x'; drop table notes; --`])('of the tenant %j is verified by PostgreSQL', async tenantId => {
    const [row] = await test.database.query(tenantScope(tenantId), 'select tollgate.visible_tenants() as tenants, tollgate.sees_every_tenant() as every')
    expect(row).toEqual({ tenants: [tenantId], every: false })
  })

  it.each(['ada', '*', 'a,b', 'a"b\\c', 'NULL', '{acme}', 'ünïcode ✓'])(
    'of the customer %j is verified by PostgreSQL, and is no scope of tenants',
    async customerId => {
      const read =
        'select tollgate.customer_tenant() as tenant, tollgate.customer() as customer, tollgate.visible_tenants() as tenants, tollgate.sees_every_tenant() or tollgate.sees_any_tenant() as more'
      const [row] = await test.database.query(customerScope('acme', customerId), read)
      expect(row).toEqual({ tenant: 'acme', customer: customerId, tenants: [], more: false })
      expect(await test.database.query(ACME, read)).toEqual([{ tenant: null, customer: null, tenants: ['acme'], more: true }])
    },
  )

  it('of a customer sees nothing in a table without a policy for customers, and its own rows in one with it, which it cannot change', async () => {
    await test.asOwner('create table tollgate.orders (tenant_id text not null, customer text)')
    for (const statement of isolateTenants('tollgate.orders')) await test.asOwner(statement)
    await test.asOwner(grantToApplication('tollgate.orders', 'select, insert, update, delete'))
    await test.asOwner(`insert into tollgate.orders values ('acme', 'ada'), ('acme', 'bob'), ('acme', null), ('globex', 'ada')`)
    const ada = customerScope('acme', 'ada')
    const orders = () => test.database.query(ada, 'select * from tollgate.orders')
    expect(await orders()).toEqual([])
    await test.asOwner(showToCustomers('tollgate.orders', 'tollgate.sees_customer(tenant_id, customer)'))
    expect(await orders()).toEqual([{ tenant_id: 'acme', customer: 'ada' }])
    for (const statement of [`update tollgate.orders set customer = 'x' returning 1`, 'delete from tollgate.orders returning 1']) {
      expect(await test.database.query(ada, statement), statement).toEqual([])
    }
    await expect(test.database.query(ada, `insert into tollgate.orders values ('acme', 'ada')`)).rejects.toThrow(/violates row-level security/)
  })

  it.each([tenantScope(), tenantScope('acme', 'globex')])('of a customer has one tenant, not those of %j', scope => {
    expect(() => scopeSigner('00')(Object.assign({}, scope, { customerId: 'ada' }))).toThrow('The scope of a customer has one tenant')
  })

  it('of a tenant is no scope of a customer with the signature of the tenant, nor the other way round', async () => {
    const behind = async (scope: typeof ACME, forged: string) =>
      test.database.transaction(scope, async transaction => {
        await transaction.query(`select set_config('${TENANTS_SETTING}', left(current_setting('${TENANTS_SETTING}'), 65) || $1, true)`, [forged])
        return transaction.query('select tollgate.customer() as customer, tollgate.visible_tenants() as tenants')
      })
    expect(await behind(ACME, 'c{"acme","ada"}')).toEqual([{ customer: null, tenants: [] }])
    for (const forged of ['c{"acme","bob"}', '{"acme"}']) expect(await behind(customerScope('acme', 'ada'), forged)).toEqual([{ customer: null, tenants: [] }])
  })

  it('is worth nothing when another key signed it', async () => {
    const forged = scopeSigner('00'.repeat(32))(OPERATOR_SCOPE)
    expect(await inject(`select set_config('${TENANTS_SETTING}', '${forged}', true)`)).toEqual([])
  })

  it('of an operator stays on a connection that was given it', async () => {
    const client = new Client({ connectionString: test.access.directUrl })
    await client.connect()
    await operatorConnection(test.access)(client)
    const count = async () => (await client.query<{ count: number }>('select count(*)::int as count from tollgate.notes')).rows[0]?.count
    expect([await count(), await count()]).toEqual([3, 3])
    await client.end()
  })

  it('is checked once for a statement, not for each row', async () => {
    const [plan] = await test.database.query<{ 'QUERY PLAN': unknown }>(ACME, 'explain (format json, verbose) select body from tollgate.notes')
    const text = JSON.stringify(plan)
    expect(text.match(/"Parent Relationship":"InitPlan"/g)).toHaveLength(2)
    expect(text).not.toMatch(/"Filter": "[^"]*verified_scope/)
  })
})
