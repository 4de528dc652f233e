import { tenantScope } from '@tollgate/kernel'
import { createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import { afterAll, beforeAll } from 'vitest'
import { describeCreditStore } from '../testing/index.ts'
import { postgresCreditStore } from './index.ts'

let test: TestDatabase
beforeAll(async () => {
  test = await createTestDatabase()
})
afterAll(() => test.drop())

describeCreditStore('PostgreSQL', {
  make: async ids => {
    await test.asOwner(
      'truncate credits.wallets, credits.grants, credits.allowances, credits.reservations, credits.entries, credits.keys, credits.debit_rules, credits.alert_heads, credits.alerts, credits.costs',
    )
    return postgresCreditStore({ database: test.database, ids })
  },
  transaction: (tenantId, work) => test.database.transaction(tenantScope(tenantId), work),
})
