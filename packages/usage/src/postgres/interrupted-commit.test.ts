import { createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import { openDatabase, type PostgresTransaction } from '@tollgate/postgres'
import { type Transaction, tenantScope } from '@tollgate/kernel'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { Overloaded, StoreUnavailable } from '../model/errors.ts'
import { usageEvent } from '../testing/builders/usage-event.ts'
import type { CommitHook, UsageStore } from '../usage-store.ts'
import { postgresRollupMaintenance } from './rollup-maintenance.ts'
import { postgresUsageStore } from './usage-store.ts'

const EVENTS = [1, 2, 3].map(latencyMs => usageEvent({ latencyMs }))
const TABLES = ['events', 'event_keys', 'dimension_sets', 'rollups_hourly', 'rollups_daily', 'latencies_hourly', 'latencies_daily']

let test: TestDatabase
let store: UsageStore

beforeAll(async () => {
  test = await createTestDatabase()
})
afterAll(() => test.drop())
beforeEach(async () => {
  await test.asOwner(`truncate ${TABLES.map(table => `usage.${table}`).join(', ')}`)
  store = postgresUsageStore({ database: test.database })
})

async function rows(): Promise<Record<string, number>> {
  const counts = TABLES.map(table => `(select count(*)::integer from usage.${table}) as ${table}`)
  const [row] = await test.asOwner<Record<string, number>>(`select ${counts.join(', ')}`)
  return row ?? {}
}

const NOTHING = Object.fromEntries(TABLES.map(table => [table, 0]))

/** Commit hooks get the transaction of this adapter. */
const query = (transaction: Transaction, text: string) => (transaction as PostgresTransaction).query<Record<string, number>>(text)

/** Runs when everything is written and nothing is committed. */
const killBackend: CommitHook = async transaction => {
  const [backend] = await query(transaction, 'select pg_backend_pid() as pid')
  await test.asOwner('select pg_terminate_backend($1)', [backend?.pid])
}

async function expectExactTotals(): Promise<void> {
  const range = await postgresRollupMaintenance(test.database).extent()
  if (range === undefined) throw new Error('Nothing was recorded.')
  expect(await postgresRollupMaintenance(test.database).verify(range)).toEqual([])
  const [total] = await store.measure(tenantScope('acme'), { buckets: [range] })
  expect(total?.measures.calls).toBe(EVENTS.length)
}

describe('a commit whose connection is lost', () => {
  it('rejects, writes nothing, and gives exact totals when it is retried', async () => {
    await expect(store.commit(EVENTS, [killBackend])).rejects.toThrow(StoreUnavailable)
    expect(await rows()).toEqual(NOTHING)
    expect((await store.commit(EVENTS)).map(result => result.outcome)).toEqual(['accepted', 'accepted', 'accepted'])
    await expectExactTotals()
  })

  it('gives exact totals when it is retried after it was recorded and only the response was lost', async () => {
    await store.commit(EVENTS)
    expect((await store.commit(EVENTS)).map(result => result.outcome)).toEqual(['duplicate', 'duplicate', 'duplicate'])
    const more = usageEvent({ tenantId: 'globex' })
    expect((await store.commit([...EVENTS, more])).map(result => result.outcome)).toEqual(['duplicate', 'duplicate', 'duplicate', 'accepted'])
    await expectExactTotals()
  })
})

describe('a commit for which the database has no room', () => {
  it('is rejected as overloaded, not as an outage, and records nothing', async () => {
    const database = await openDatabase({ ...test.access, poolSize: 1, connectTimeoutMs: 2_000 })
    const { promise: released, resolve: release } = Promise.withResolvers<void>()
    const holder = database.transaction(tenantScope('globex'), () => released)
    await expect(postgresUsageStore({ database }).commit(EVENTS)).rejects.toThrow(Overloaded)
    release()
    await holder
    await database.close()
    expect(await rows()).toEqual(NOTHING)
  })

  it('is rejected as overloaded when it waits too long for a lock', async () => {
    const timeouts = { statementMs: 60_000, lockMs: 50, idleMs: 60_000, useMs: 60_000 }
    const database = await openDatabase({ ...test.access, timeouts })
    const { promise: released, resolve: release } = Promise.withResolvers<void>()
    const { promise: written, resolve: isWritten } = Promise.withResolvers<void>()
    const holder = store.commit(EVENTS, [
      async () => {
        isWritten()
        await released
      },
    ])
    await written
    await expect(postgresUsageStore({ database }).commit(EVENTS)).rejects.toThrow(Overloaded)
    release()
    await holder
    await database.close()
    await expectExactTotals()
  })
})

describe('a commit that PostgreSQL rolls back', () => {
  const giveUp = (sqlState: string, times: number): CommitHook => {
    let left = times
    return async transaction => {
      if (left-- > 0) await query(transaction, `do $$ begin raise sqlstate '${sqlState}'; end $$`)
    }
  }

  it.each(['40P01', '40001'])('is retried after %s', async sqlState => {
    expect((await store.commit(EVENTS, [giveUp(sqlState, 2)])).map(result => result.outcome)).toEqual(['accepted', 'accepted', 'accepted'])
    await expectExactTotals()
  })

  it('is not retried forever', async () => {
    await expect(store.commit(EVENTS, [giveUp('40P01', Infinity)])).rejects.toMatchObject({ code: '40P01' })
    expect(await rows()).toEqual(NOTHING)
  })

  it('is not retried if the batch caused the failure', async () => {
    await expect(store.commit(EVENTS, [giveUp('22012', 1)])).rejects.toMatchObject({ code: '22012' })
    expect(await rows()).toEqual(NOTHING)
  })
})

describe('dimension sets', () => {
  it('are written again after a failed commit, because only committed sets are cached', async () => {
    await expect(store.commit(EVENTS, [() => Promise.reject(new Error('stop'))])).rejects.toThrow('stop')
    await store.commit(EVENTS)
    await expectExactTotals()
    expect(await rows()).toMatchObject({ dimension_sets: 1 })
  })

  it('are written once and never looked up', async () => {
    await store.commit([usageEvent()])
    const before = await test.asOwner(`select xmin::text from usage.dimension_sets`)
    await store.commit([usageEvent()])
    await postgresUsageStore({ database: test.database }).commit([usageEvent()])
    expect(await test.asOwner(`select xmin::text from usage.dimension_sets`)).toEqual(before)
  })
})

describe('a month whose partition was dropped by retention', () => {
  it('gets a new partition when an event of the month arrives', async () => {
    const event = () => usageEvent({ occurredAt: '2018-05-10T00:00:00Z' })
    await store.commit([event()])
    await test.asOwner('drop table usage.events_2018_05')
    expect(await store.commit([event()])).toMatchObject([{ outcome: 'accepted' }])
    expect(await test.asOwner('select count(*)::integer as events from usage.events_2018_05')).toEqual([{ events: 1 }])
  })
})

describe('claiming keys', () => {
  it('is right whether duplicates are expected or not, in any order', async () => {
    const one = usageEvent()
    const outcomes = async (...events: Parameters<UsageStore['commit']>[0]) => (await store.commit(events)).map(result => result.outcome).join(' ')
    expect(await outcomes(one)).toBe('accepted')
    expect(await outcomes(usageEvent(), one, one)).toBe('accepted duplicate duplicate') // Not expected, and met.
    expect(await outcomes(one, usageEvent())).toBe('duplicate accepted') // Expected, and met.
    for (let commit = 0; commit < 60; commit++) expect(await outcomes(usageEvent())).toBe('accepted') // Until they are not.
    expect(await outcomes(one, usageEvent())).toBe('duplicate accepted')
  })
})
