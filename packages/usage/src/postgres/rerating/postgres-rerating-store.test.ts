import { createTestDatabase } from '@tollgate/postgres/testing'
import { describeReratingStore } from '../../testing/index.ts'
import { postgresUsageStore } from '../postgres-usage-store.ts'
import { postgresReratingStore } from './postgres-rerating-store.ts'

describeReratingStore('postgresReratingStore', async () => {
  const test = await createTestDatabase()
  return { usage: postgresUsageStore({ database: test.database }), rerating: postgresReratingStore(test.database), close: () => test.drop() }
})
