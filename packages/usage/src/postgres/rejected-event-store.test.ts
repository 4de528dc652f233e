import { createTestDatabase } from '@tollgate/postgres/testing'
import { describeRejectedEventStore } from '../testing/describe-rejected-event-store.ts'
import { postgresRejectedEventStore } from './rejected-event-store.ts'

describeRejectedEventStore('PostgreSQL', async options => {
  const { database, drop } = await createTestDatabase()
  return { store: postgresRejectedEventStore(database, options), close: drop }
})
