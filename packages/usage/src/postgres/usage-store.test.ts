import { createTestDatabase } from '@tollgate/postgres/testing'
import { randomIds, Temporal, tenantScope } from '@tollgate/kernel'
import { expect, it } from 'vitest'
import { usageEvent } from '../testing/builders/usage-event.ts'
import { describeUsageStore } from '../testing/describe-usage-store.ts'
import { postgresUsageStore } from './usage-store.ts'

describeUsageStore('PostgreSQL', async () => {
  const { database, drop } = await createTestDatabase()
  return { store: postgresUsageStore({ database }), close: drop }
})

it('measures in a given transaction, which alone sees its changes before it commits', async () => {
  const { database, drop } = await createTestDatabase()
  const store = postgresUsageStore({ database })
  const tenantId = `t-${randomIds().uuidV7(0)}`
  const query = { buckets: [{ from: Temporal.Instant.from('2026-03-01T00:00:00Z'), to: Temporal.Instant.from('2026-04-01T00:00:00Z') }] }
  const seen: (number | undefined)[] = []
  await store.commit(
    [usageEvent({ tenantId })],
    [
      async transaction => {
        for (const through of [transaction, undefined]) seen.push((await store.measure(tenantScope(tenantId), query, through))[0]?.measures.calls)
      },
    ],
  )
  await drop()
  expect(seen).toEqual([1, undefined])
})
