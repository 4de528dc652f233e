import { createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import { afterAll, beforeAll } from 'vitest'
import { describeInvoiceStore } from '../testing/index.ts'
import { postgresBillingSettings, postgresExchangeRates, postgresInvoiceStore } from './index.ts'

let test: TestDatabase
beforeAll(async () => {
  test = await createTestDatabase()
})
afterAll(() => test.drop())

describeInvoiceStore('PostgreSQL', async () => {
  await test.asOwner(`truncate invoicing.invoices, invoicing.invoice_lines, invoicing.draft_invoices, invoicing.billing_periods, invoicing.billing_accounts,
    invoicing.billing_profiles, invoicing.billing_settings, invoicing.exchange_rates`)
  const { database } = test
  return { store: postgresInvoiceStore(database), settings: postgresBillingSettings(database), rates: postgresExchangeRates(database) }
})
