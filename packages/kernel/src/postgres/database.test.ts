import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { OPERATOR_SCOPE, tenantScope } from '../scope.ts'
import { createTestDatabase, type TestDatabase } from '../testing/index.ts'
import { grantToApplication, isolateTenants } from './tenant-isolation.ts'

let test: TestDatabase

beforeAll(async () => {
  test = await createTestDatabase()
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
  it('shows nothing to a scope of no tenants, and leaves nothing behind on the connection', async () => {
    await visible(OPERATOR_SCOPE)
    expect(await visible(tenantScope())).toEqual([])
  })
  it('refuses a row of another tenant', async () => {
    const write = test.database.query(tenantScope('acme'), `insert into tollgate.notes values ('globex', 'forged')`)
    await expect(write).rejects.toThrow(/row-level security/)
  })
  it('holds for entities too', async () => {
    const rows = await test.database.entities(tenantScope('globex'), em => em.execute('select tenant_id from tollgate.notes'))
    expect(rows).toEqual([{ tenant_id: 'globex' }])
  })
  it('takes a tenant id with quotes as a name, not as SQL', async () => {
    expect(await visible(tenantScope(`x'; drop table tollgate.notes; --`))).toEqual([])
    expect(await visible(tenantScope('acme'))).toEqual(['acme'])
  })
})

describe('transaction', () => {
  it('rolls back what the work did when it throws', async () => {
    const work = test.database.transaction(tenantScope('acme'), async transaction => {
      await transaction.query(`insert into tollgate.notes values ('acme', 'gone')`)
      throw new Error('stop')
    })
    await expect(work).rejects.toThrow('stop')
    expect(await test.database.query(tenantScope('acme'), `select 1 from tollgate.notes where body = 'gone'`)).toEqual([])
  })
  it('gives the connection back usable after a statement fails', async () => {
    for (let i = 0; i < 20; i++) {
      await expect(test.database.query(tenantScope('acme'), 'select 1/0')).rejects.toThrow(/division by zero/)
    }
    expect(await test.database.query(tenantScope('acme'), 'select 1 as one')).toEqual([{ one: 1 }])
  })
})
