import { customerScope, OPERATOR_SCOPE, type Scope, tenantScope } from '@tollgate/kernel'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type GraphQLTestServer, startGraphQLTestServer } from '../graphql-test-server.ts'
import { addRow, type CatalogTable, catalogTables, functionCalls, hashOfTenant, waysAroundPolicies } from './catalog.ts'
import { seedTenant } from './seed-tenant.ts'
import {
  CUSTOMER_TABLES,
  INSTALLATION_TABLES,
  OLDER_KEYS,
  OLDER_NULLABLE,
  OPERATOR_READ_TABLES,
  ROWS_BY_SQL,
  SHARED_TABLES,
  UNGUARDED_TABLES,
} from './table-exceptions.ts'

const ACME = tenantScope('acme')
/** Characters that arrays, JSON and SQL escape. */
const ADA = `ada "\\\\ ' \u0001 {é}, NULL`
const BOB = 'bob'

let server: GraphQLTestServer
let tables: CatalogTable[]
let ofTenants: (CatalogTable & { readonly tenantColumn: string })[]

beforeAll(async () => {
  server = await startGraphQLTestServer()
  for (const [tenantId, marker] of [
    ['acme', 'Quagga'],
    ['globex', 'Zebra'],
  ] as const) {
    await seedTenant(server, { tenantId, marker, customers: [ADA, BOB], calls: 60 })
    server.clock.advance({ hours: 1 })
  }
  for (const tenantId of ['acme', 'globex']) {
    for (const statement of Object.values(ROWS_BY_SQL)) await server.test.database.query(OPERATOR_SCOPE, statement, [tenantId])
  }
  tables = await catalogTables(server.test)
  ofTenants = tables.flatMap(table =>
    table.tenantColumn === null || table.name in INSTALLATION_TABLES ? [] : [{ ...table, tenantColumn: table.tenantColumn }],
  )
  for (const { name, tenantColumn } of ofTenants) {
    for (const tenantId of ['acme', 'globex']) {
      const [row] = await server.test.asOwner(`select from ${name} where ${tenantColumn} = $1 limit 1`, [tenantId])
      if (row === undefined) await addRow(server.test, name, tenantId)
    }
  }
})
afterAll(() => server.stop())

/** Runs a statement in a transaction that is rolled back, and returns the number of its rows, or the code of its error. */
async function attempt(scope: Scope, statement: string): Promise<number | string> {
  const rolledBack = new Error('rolled back')
  let rows = 0
  try {
    await server.test.database.transaction(scope, async transaction => {
      rows = (await transaction.query(statement)).length
      throw rolledBack
    })
  } catch (error) {
    return error === rolledBack ? rows : String((error as { code?: string }).code)
  }
  return rows
}

/** Returns the result of a statement in a transaction that is rolled back, or the message of its error, as text. */
async function textOf(scope: Scope, statement: string): Promise<string> {
  let text = ''
  const done = server.test.database.transaction(scope, async transaction => {
    text = JSON.stringify(await transaction.query(statement))
    throw new Error('rolled back')
  })
  await done.catch((error: unknown) => (text += String(error)))
  return text
}

/** PostgreSQL's code for missing rights, and for rows that a policy refuses. */
const REFUSED = '42501'

const hashOfGlobex = () => hashOfTenant(server.test, 'globex')

/** Returns the numbers of visible rows by table, from one statement per table. */
async function visibleRows(scope: Scope, condition: (table: (typeof ofTenants)[number]) => string): Promise<Record<string, number>> {
  const rows = await server.test.database.transaction(scope, async transaction =>
    Promise.all(ofTenants.map(table => transaction.query<{ rows: number }>(`select count(*)::int as rows from ${table.name} where ${condition(table)}`))),
  )
  return Object.fromEntries(ofTenants.map(({ name }, i) => [name, rows[i]?.[0]?.rows ?? 0]))
}

const isNone = (rows: Record<string, number>) => Object.entries(rows).filter(([, count]) => count > 0)

describe('every table', () => {
  it('forces row-level security, and has a tenant unless it is listed with a reason', () => {
    const known = { ...INSTALLATION_TABLES, ...SHARED_TABLES, ...UNGUARDED_TABLES }
    const added = tables.filter(({ name, tenantColumn }) => tenantColumn === null && !(name in known)).map(({ name }) => name)
    expect(added, 'These tables have no tenant_id. Add the column, or list them with a reason in table-exceptions.ts').toEqual([])
    const open = tables.filter(({ name, guarded, canSelect }) => !guarded && canSelect && !(name in UNGUARDED_TABLES)).map(({ name }) => name)
    expect(open, 'These tables have no row-level security. Call isolateTenants in their migration').toEqual([])
    const gone = Object.keys({ ...known, ...CUSTOMER_TABLES }).filter(name => !tables.some(table => table.name === name))
    expect(gone, 'These tables are listed in table-exceptions.ts and no longer exist').toEqual([])
  })

  it('has the tenant first in its primary key, unique constraints and foreign keys, and never without a value', () => {
    const broken = Object.fromEntries(
      ofTenants.filter(({ keysWithoutTenant }) => keysWithoutTenant.length > 0).map(table => [table.name, table.keysWithoutTenant]),
    )
    expect(broken, 'Put tenant_id first in the keys of new tables; remove tables that were changed from OLDER_KEYS').toEqual(OLDER_KEYS)
    const nullable = ofTenants.filter(({ tenantNullable }) => tenantNullable).map(({ name }) => name)
    expect(nullable, 'Declare tenant_id "not null" in new tables; rows of operators have tables of their own').toEqual(OLDER_NULLABLE)
  })

  it('cannot be reached by a way around its policies', async () => {
    expect(await waysAroundPolicies(server.test)).toEqual([])
  })

  it('has rows of two tenants, so that the tests below have something to protect', async () => {
    const counts = await Promise.all(
      ofTenants.map(
        async ({ name, tenantColumn }) =>
          [name, await server.test.asOwner(`select distinct ${tenantColumn} as id from ${name} where ${tenantColumn} in ('acme', 'globex')`)] as const,
      ),
    )
    const missing = counts.filter(([, ids]) => ids.length < 2).map(([name]) => name)
    expect(missing).toEqual([])
  })
})

describe('row-level security alone', () => {
  it('shows a tenant its own rows, and none of another tenant', async () => {
    const own = await visibleRows(ACME, ({ tenantColumn }) => `${tenantColumn} = 'acme'`)
    expect(
      Object.entries(own)
        .filter(([, count]) => count === 0)
        .map(([name]) => name),
    ).toEqual(OPERATOR_READ_TABLES)
    expect(
      isNone(
        await visibleRows(ACME, ({ name, tenantColumn }) =>
          name === 'pricing.prices' ? `${tenantColumn} <> 'acme'` : `${tenantColumn} is distinct from 'acme'`,
        ),
      ),
    ).toEqual([])
  })

  it('shows nothing without a scope, and only counters without tenants', async () => {
    expect(isNone(await visibleRows(tenantScope(), () => 'true'))).toEqual([])
    const client = new Client({ connectionString: server.test.access.directUrl })
    await client.connect()
    try {
      for (const { name } of tables.filter(({ canSelect }) => canSelect)) {
        const { rows } = await client.query<{ found: boolean }>(`select exists (select from ${name}) as found`)
        expect([name, rows[0]?.found]).toEqual([name, name in UNGUARDED_TABLES])
      }
    } finally {
      await client.end()
    }
  })

  it('shows operators alone what belongs to the installation', async () => {
    for (const { name } of tables.filter(table => table.name in INSTALLATION_TABLES && table.canSelect)) {
      expect(await attempt(ACME, `select from ${name}`), name).toBe(0)
    }
  })

  it('lets a tenant insert, update and delete no row of another tenant', async () => {
    const before = await hashOfGlobex()
    for (const { name, tenantColumn, columns, updatable, canDelete } of ofTenants) {
      const foreign = `${tenantColumn} = 'globex'`
      const written = columns.map(column => (column === tenantColumn ? `'globex'` : `row.${column}`)).join(', ')
      const copy = `insert into ${name} (${columns.join(', ')}) overriding system value select ${written} from ${name} as row limit 1 returning 1`
      // What a tenant does not read itself it cannot copy.
      if (!OPERATOR_READ_TABLES.includes(name)) expect(await attempt(ACME, copy), copy).toBe(REFUSED)
      expect(await attempt(ACME, `update ${name} set ${updatable ?? tenantColumn} = ${updatable ?? tenantColumn} where ${foreign} returning 1`), name).toBe(
        updatable === null ? REFUSED : 0,
      )
      expect(await attempt(ACME, `delete from ${name} where ${foreign} returning 1`), name).toBe(canDelete ? 0 : REFUSED)
    }
    expect(await hashOfGlobex()).toBe(before)
  })

  it('lets a tenant write no row that all tenants or the installation share', async () => {
    for (const { name, columns, updatable } of tables.filter(({ tenantColumn, canSelect }) => tenantColumn === null && canSelect)) {
      // Raising a quota alert increments it.
      if (name === 'quotas.alert_cursor') continue
      const column = updatable ?? columns.at(-1) ?? ''
      expect([0, REFUSED], name).toContain(await attempt(ACME, `update ${name} set ${column} = ${column} returning 1`))
      expect([0, REFUSED], name).toContain(await attempt(ACME, `delete from ${name} returning 1`))
    }
  })

  it('holds in every function that the role may call', async () => {
    const before = await hashOfGlobex()
    const calls = await functionCalls(server.test)
    expect(calls.length).toBeGreaterThan(10)
    for (const call of calls) {
      for (const scope of [ACME, customerScope('acme', ADA), tenantScope()]) {
        expect(await textOf(scope, call), call).not.toMatch(/globex|Zebra/)
      }
    }
    expect(await hashOfGlobex()).toBe(before)
  })

  it.each([ADA, BOB])('shows the customer %j its own rows of the tables for customers, and no other row', async customer => {
    const visible = await visibleRows(customerScope('acme', customer), () => 'true')
    const own = await Promise.all(
      Object.entries(CUSTOMER_TABLES).map(async ([name, condition]) => {
        const [row] = await server.test.asOwner<{ rows: number }>(`select count(*)::int as rows from ${name} where ${condition}`, [customer])
        return [name, row?.rows ?? 0] as const
      }),
    )
    expect(Object.fromEntries(isNone(visible))).toEqual(Object.fromEntries(own.filter(([, rows]) => rows > 0)))
    if (customer === ADA) expect(own.filter(([, rows]) => rows === 0).map(([name]) => name)).toEqual([])
    for (const { name } of tables.filter(table => table.tenantColumn === null && table.canSelect && !(table.name in UNGUARDED_TABLES))) {
      expect(await attempt(customerScope('acme', customer), `select from ${name}`), name).toBe(0)
    }
  })

  it('lets a customer write nothing', async () => {
    const ada = customerScope('acme', ADA)
    for (const { name, tenantColumn, columns, updatable, canDelete } of ofTenants) {
      if (name in CUSTOMER_TABLES) {
        const copy = `insert into ${name} (${columns.join(', ')}) overriding system value select ${columns.join(', ')} from ${name} limit 1 returning 1`
        expect(await attempt(ada, copy), copy).toBe(REFUSED)
      }
      if (updatable !== null) expect(await attempt(ada, `update ${name} set ${updatable} = ${updatable} returning 1`), name).toBe(0)
      expect(await attempt(ada, `delete from ${name} where ${tenantColumn} is not null returning 1`), name).toBe(canDelete ? 0 : REFUSED)
    }
  })

  it('shows the customers of another tenant nothing of a customer with the same name', async () => {
    const rows = await server.test.database.query<{ tenant_id: string }>(customerScope('globex', ADA), 'select distinct tenant_id from usage.events')
    expect(rows).toEqual([{ tenant_id: 'globex' }])
    expect(await server.test.database.query(OPERATOR_SCOPE, 'select distinct tenant_id from usage.events')).toHaveLength(2)
  })
})
