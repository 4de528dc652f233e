import { openDatabase } from '@tollgate/kernel/postgres'
import { createTestDatabase, type TestDatabase } from '@tollgate/kernel/testing'
import { afterAll, beforeAll, describe, it } from 'vitest'
import type { QuotaStore } from '../quota-store.ts'
import { describeQuotaStore } from '../testing/index.ts'
import { raceAtClockChange, raceAtLimit, raceAtLimitChange, raceAtWindowEnd, raceOverCounters, raceWhileSliding } from '../testing/races.ts'
import { postgresQuotaStore } from './postgres-quota-store.ts'

describeQuotaStore('PostgreSQL', async () => {
  const { database, drop } = await createTestDatabase()
  return { store: postgresQuotaStore({ database }), close: drop }
})

describe('64 callers over three processes, each with connections of its own', () => {
  let testDatabase: TestDatabase
  let stores: QuotaStore[] = []
  const closing: (() => Promise<void>)[] = []
  beforeAll(async () => {
    testDatabase = await createTestDatabase()
    const databases = await Promise.all([1, 2, 3].map(() => openDatabase({ url: testDatabase.url, poolSize: 4 })))
    stores = databases.map(database => postgresQuotaStore({ database }))
    closing.push(...databases.map(({ close }) => close))
  })
  afterAll(async () => {
    await Promise.all(closing.map(close => close()))
    await testDatabase.drop()
  })

  it('are admitted exactly up to the limit', () => raceAtLimit(stores))
  it('of whole sets of counters are admitted entirely or not at all', () => raceOverCounters(stores))
  it('across the end of a window are admitted exactly up to the limit of each', () => raceAtWindowEnd(stores))
  it('are held to days of 23, 24 and 25 hours', () => raceAtClockChange(stores))
  it('are admitted to a sliding window exactly as it lets go', () => raceWhileSliding(stores))
  it('are held to a limit that changes', () => raceAtLimitChange(stores))
})
