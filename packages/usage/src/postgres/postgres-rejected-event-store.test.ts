import { createTestDatabase } from '@tollgate/postgres/testing'
import { describeRejectedEventStore } from '../testing/index.ts'
import { postgresRejectedEventStore } from './postgres-rejected-event-store.ts'

describeRejectedEventStore('PostgreSQL', async () => {
  const { database, drop } = await createTestDatabase()
  return { store: postgresRejectedEventStore(database), close: drop }
})
