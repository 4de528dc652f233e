import { tenantScope } from '@tollgate/kernel'
import { createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import fc from 'fast-check'
import { afterAll, beforeAll, it } from 'vitest'
import type { CreditStoreSetup } from '../testing/builders/credit-store-setup.ts'
import { describeCreditStore } from '../testing/index.ts'
import { compareWithMemory } from '../testing/reference/compare-ledgers.ts'
import { ledgerStep } from '../testing/reference/ledger-step.ts'
import { postgresCreditStore } from './index.ts'

let test: TestDatabase
beforeAll(async () => {
  test = await createTestDatabase()
})
afterAll(() => test.drop())

const setup: CreditStoreSetup = {
  make: async ids => {
    await test.asOwner(
      'truncate credits.wallets, credits.grants, credits.allowances, credits.reservations, credits.entries, credits.keys, credits.debit_rules, credits.alert_heads, credits.alerts, credits.costs',
    )
    return postgresCreditStore({ database: test.database, ids })
  },
  transaction: (tenantId, work) => test.database.transaction(tenantScope(tenantId), work),
}

describeCreditStore('PostgreSQL', setup)

it('any sequence of commands stores in PostgreSQL what it stores in memory, as the reference says', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(ledgerStep, { maxLength: 30, minLength: 20, size: 'max' }), steps => compareWithMemory(setup, steps)),
    { numRuns: 5, endOnFailure: true },
  )
})
