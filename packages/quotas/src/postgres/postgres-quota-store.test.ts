import { createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import type { Transaction } from '@tollgate/kernel'
import { openDatabase, openNotificationListener, postgresTransaction } from '@tollgate/postgres'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { QuotaStore } from '../quota-store.ts'
import { quotasOver } from '../testing/builders/quotas-over.ts'
import { describeDecisionCounts, describeQuotaStore } from '../testing/index.ts'
import {
  raceAtClockChange,
  raceAtLimit,
  raceAtLimitChange,
  raceAtWindowEnd,
  raceOfRepeats,
  raceOverCounters,
  raceWhileSliding,
  raceWithLeases,
} from '../testing/contracts/races.ts'
import { postgresQuotaStore } from './postgres-quota-store.ts'

describeQuotaStore('PostgreSQL', async () => {
  const { database, url, drop } = await createTestDatabase()
  const listener = await openNotificationListener({ url })
  const close = async () => {
    await listener.close()
    await drop()
  }
  return { store: postgresQuotaStore({ database, listener }), close }
})

describeDecisionCounts('PostgreSQL', async counter => {
  const { database, drop } = await createTestDatabase()
  return { store: postgresQuotaStore({ database, counter }), close: drop }
})

it('makes no decision that cannot be counted', async () => {
  const { database, drop } = await createTestDatabase()
  const countIn = async (transaction: Transaction) => void (await postgresTransaction(transaction).query('select 1 / 0'))
  const quotas = quotasOver(postgresQuotaStore({ database, counter: { countIn } }), { metric: 'requests', window: 'day', limit: '10' })
  const request = { tenantId: quotas.tenantId, requests: [{ metric: 'requests' as const, amount: '1' }] }
  await expect(quotas.quotas.reserve(request)).rejects.toThrow('division by zero')
  expect((await quotas.quotas.status({ tenantId: quotas.tenantId })).quotas[0]?.reserved.toFixed()).toBe('0')
  await drop()
})

describe('64 concurrent callers of three processes with connections of their own', () => {
  let testDatabase: TestDatabase
  let stores: QuotaStore[] = []
  const closing: (() => Promise<void>)[] = []
  beforeAll(async () => {
    testDatabase = await createTestDatabase()
    const databases = await Promise.all([1, 2, 3].map(() => openDatabase({ ...testDatabase.access, poolSize: 4 })))
    const listeners = await Promise.all(databases.map(() => openNotificationListener({ url: testDatabase.url })))
    stores = databases.map((database, i) => postgresQuotaStore({ database, listener: listeners[i] }))
    closing.push(...listeners.map(({ close }) => close), ...databases.map(({ close }) => close))
  })
  afterAll(async () => {
    await Promise.all(closing.map(close => close()))
    await testDatabase.drop()
  })

  it('are admitted exactly up to the limit', () => raceAtLimit(stores))
  it('are admitted by all of their counters or none', () => raceOverCounters(stores))
  it('are admitted exactly up to the limit of each window when one ends', () => raceAtWindowEnd(stores))
  it('count once for each idempotency key when a window ends', () => raceOfRepeats(stores))
  it('get one limit per day, when the clocks change too', () => raceAtClockChange(stores))
  it('are admitted to a sliding window exactly as usage expires', () => raceWhileSliding(stores))
  it('are admitted exactly up to a limit that changes', () => raceAtLimitChange(stores))

  it('with leases are admitted exactly up to the limit', () => raceWithLeases(stores))
  it('with leases and reservations are admitted exactly up to a limit that is near', () => raceAtLimit(stores, { lease: true }))
  it('with leases are admitted by all of their counters or none', () => raceOverCounters(stores, { lease: true }))
  it('with leases are admitted exactly up to the limit of each window when one ends', () => raceAtWindowEnd(stores, { lease: true }))
  it('with leases are admitted exactly up to a limit that changes', () => raceAtLimitChange(stores, { lease: true }))
})
