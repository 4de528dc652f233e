import { createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import { afterAll, beforeAll } from 'vitest'
import { describeCollectionStore } from '../../testing/index.ts'
import { postgresCollectionStore } from '../index.ts'

let test: TestDatabase
beforeAll(async () => {
  test = await createTestDatabase()
})
afterAll(() => test.drop())

describeCollectionStore('PostgreSQL', async () => {
  await test.asOwner(
    'truncate invoicing.payment_locks, invoicing.collection_defaults, invoicing.collection_policies, invoicing.collection_holds, invoicing.collection_steps',
  )
  return postgresCollectionStore({ database: test.database })
})
