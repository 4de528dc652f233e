import { createTestDatabase } from '@tollgate/postgres/testing'
import { describeReratingStore } from '../testing/describe-rerating-store.ts'
import { postgresReratingStore } from './rerating-store.ts'
import { postgresUsageStore } from './usage-store.ts'

describeReratingStore('postgresReratingStore', async () => {
  const test = await createTestDatabase()
  return { usage: postgresUsageStore({ database: test.database }), rerating: postgresReratingStore(test.database), close: () => test.drop() }
})
