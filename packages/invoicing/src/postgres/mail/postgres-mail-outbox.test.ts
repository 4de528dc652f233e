import { createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import { afterAll, beforeAll } from 'vitest'
import { describeMailOutbox } from '../../testing/index.ts'
import { postgresMailOutbox } from '../index.ts'

let test: TestDatabase
beforeAll(async () => {
  test = await createTestDatabase()
})
afterAll(() => test.drop())

describeMailOutbox('PostgreSQL', async scheduler => {
  await test.asOwner('truncate invoicing.mails, invoicing.operator_mails, invoicing.mail_unsubscribes, invoicing.operator_mail_unsubscribes')
  return postgresMailOutbox({ database: test.database, scheduler })
})
