import { createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import { openDatabase, type PostgresDatabase } from '@tollgate/postgres'
import { OPERATOR_SCOPE, Temporal } from '@tollgate/kernel'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RatedEvent } from '../model/event.ts'
import { usageEvent } from '../testing/builders/usage-event.ts'
import { postgresRollupMaintenance } from './rollup-maintenance.ts'
import { postgresUsageStore } from './usage-store.ts'

const WRITERS = 9
const BATCHES = 8
const BATCH_EVENTS = 60
const KEYS = 1_000
const DAYS = { from: Temporal.Instant.from('2026-03-09T00:00:00Z'), to: Temporal.Instant.from('2026-03-12T00:00:00Z') }

let test: TestDatabase
/** Simulates this many server processes. */
let databases: PostgresDatabase[]

beforeAll(async () => {
  test = await createTestDatabase()
  databases = await Promise.all(Array.from({ length: WRITERS }, () => openDatabase({ ...test.access, poolSize: 2 })))
})
afterAll(async () => {
  await Promise.all(databases.map(database => database.close()))
  await test.drop()
})

/** Returns the same event for the same number in every writer, so that writers compete for keys, dimension sets and rollup rows. */
function eventOfKey(key: number): RatedEvent {
  return usageEvent({
    tenantId: `tenant-${key % 3}`,
    idempotencyKey: `key-${key}`,
    occurredAt: DAYS.from.add({ minutes: (key * 37) % (3 * 24 * 60) }),
    metadata: { customerId: `customer-${key % 11}` },
    tokens: { input: key },
    cost: `0.00000${key}`,
    latencyMs: key,
  })
}

/** Writers step through the keys with different strides, so that their batches overlap in different orders. */
function batchOf(writer: number, batch: number): RatedEvent[] {
  return Array.from({ length: BATCH_EVENTS }, (_, i) => eventOfKey(((batch * BATCH_EVENTS + i) * (writer * 2 + 7) + writer * 100) % KEYS))
}

describe('writers on separate connections', () => {
  it('record each key once without deadlocks, and rollups match events to the last bin', async () => {
    const written = new Map<string, number>()
    let accepted = 0
    await Promise.all(
      databases.map(async (database, writer) => {
        const store = postgresUsageStore({ database })
        for (let batch = 0; batch < BATCHES; batch++) {
          const events = batchOf(writer, batch)
          const results = await store.commit(events)
          accepted += results.filter(result => result.outcome === 'accepted').length
          expect(results.map(result => result.outcome)).not.toContain('conflict')
          for (const event of events) written.set(event.idempotencyKey, event.tokens?.input ?? 0)
        }
      }),
    )

    expect(accepted).toBe(written.size)
    expect(await test.asOwner(`select deadlocks::integer from pg_stat_database where datname = current_database()`)).toEqual([{ deadlocks: 0 }])
    expect(await postgresRollupMaintenance(test.database).verify(DAYS)).toEqual([])
    const [total] = await postgresUsageStore({ database: test.database }).measure(OPERATOR_SCOPE, { buckets: [DAYS], latency: true })
    expect(total?.measures).toMatchObject({
      calls: written.size,
      customers: 33,
      tokens: { input: BigInt([...written.values()].reduce((sum, input) => sum + input, 0)) },
    })
  })

  it('create the partition of a month once', async () => {
    const month = Temporal.Instant.from('2019-07-10T00:00:00Z')
    const results = await Promise.all(databases.map(database => postgresUsageStore({ database }).commit([usageEvent({ occurredAt: month })])))
    expect(results.flat().map(result => result.outcome)).toEqual(databases.map(() => 'accepted'))
    expect(await test.asOwner(`select count(*)::integer as events from usage.events_2019_07`)).toEqual([{ events: WRITERS }])
  })
})
