import { postgresChargeRuleStore } from './index.ts'
import { describeChargeRuleStore, makeChargeRule } from '../testing/index.ts'
import { createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import { openDatabase, type PostgresDatabase } from '@tollgate/postgres'
import { countingIds, OPERATOR_SCOPE, settableClock, Temporal, tenantScope } from '@tollgate/kernel'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createChargeRules } from '../create-charge-rules.ts'

let test: TestDatabase

beforeAll(async () => {
  test = await createTestDatabase()
})
afterAll(() => test.drop())

const empty = () => test.asOwner('truncate pricing.charge_rules')

describeChargeRuleStore('PostgreSQL', async () => {
  await empty()
  return postgresChargeRuleStore({ database: test.database })
})

describe('the table of charge rules', () => {
  const insert = `insert into pricing.charge_rules (id, kind, name, tenant_id, effective_from, terms, published_at)
    values ('01900000-0000-7000-8000-00000000aaaa', 'markup', 'forged', 'acme', now(), '{ "kind": "markup", "percent": 0 }', now())`

  it('rejects rows of tenants by row-level security', async () => {
    await expect(test.database.query(tenantScope('acme'), insert)).rejects.toThrow(/row-level security/)
  })
  it.each(['update pricing.charge_rules set name = name', 'delete from pricing.charge_rules', 'update pricing.charge_rules_version set version = 0'])(
    'rejects %s, even from an operator',
    async statement => {
      await expect(test.database.query(OPERATOR_SCOPE, statement)).rejects.toThrow(/permission denied/)
    },
  )
  it('hides rules from tenants, even their own', async () => {
    await empty()
    await postgresChargeRuleStore({ database: test.database }).add(OPERATOR_SCOPE, makeChargeRule({ tenantId: 'acme' }))
    expect(await test.database.query(tenantScope('acme'), 'select * from pricing.charge_rules')).toEqual([])
    expect(await test.database.query(OPERATOR_SCOPE, 'select * from pricing.charge_rules')).toHaveLength(1)
  })
  it('rejects terms whose kind differs from the row', async () => {
    await expect(test.database.query(OPERATOR_SCOPE, insert.replace("'markup', 'forged'", "'discount', 'forged'"))).rejects.toThrow(/check constraint/)
  })
})

describe('two processes', () => {
  it('see each other’s publications at the next lookup', async () => {
    await empty()
    const other = await openDatabase(test.access)
    try {
      const clock = settableClock('2026-11-20T12:00:00Z')
      const serve = (database: PostgresDatabase) => createChargeRules({ store: postgresChargeRuleStore({ database }), clock, ids: countingIds() })
      const [here, there] = [serve(test.database), serve(other)]
      const lookup = { at: Temporal.Instant.from('2026-11-20T12:00:00Z'), tenantId: 'acme', plan: null }
      expect((await here.inEffect(lookup)).versions).toEqual([])
      await there.publish(OPERATOR_SCOPE, { name: 'standard', terms: { kind: 'markup', percent: 20 } })
      expect((await here.inEffect(lookup)).versions.map(({ name }) => name)).toEqual(['standard'])
    } finally {
      await other.close()
    }
  })
})
