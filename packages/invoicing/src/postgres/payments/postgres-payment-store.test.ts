import { createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import { afterAll, beforeAll } from 'vitest'
import { describePaymentStore } from '../../testing/index.ts'
import { postgresPaymentStore } from '../index.ts'

let test: TestDatabase
beforeAll(async () => {
  test = await createTestDatabase()
})
afterAll(() => test.drop())

describePaymentStore(
  'PostgreSQL',
  async () => {
    await test.asOwner(
      `truncate invoicing.payment_locks, invoicing.payments, invoicing.allocation_entries, invoicing.payment_refunds, invoicing.refund_keys,
       invoicing.payment_events, invoicing.payment_customers`,
    )
    return postgresPaymentStore({ database: test.database })
  },
  { numRuns: 5 },
)
