import { createTestDatabase } from '@tollgate/kernel/testing'
import { describeUsageStore } from '../testing/index.ts'
import { postgresUsageStore } from './postgres-usage-store.ts'

describeUsageStore('PostgreSQL', async () => {
  const { database, drop } = await createTestDatabase()
  return { store: postgresUsageStore({ database }), close: drop }
})
