import type { AlertKind } from '@tollgate/alerts'
import { randomIds, settableClock, systemClock, Temporal } from '@tollgate/kernel'
import type { FeedStatus } from '@tollgate/pricing'
import { createQuotas } from '@tollgate/quotas'
import { memoryQuotaStore } from '@tollgate/quotas/memory'
import { createUsage, type Rater } from '@tollgate/usage'
import { memoryRejectedEventStore, memoryUsageStore } from '@tollgate/usage/memory'
import { expect, it } from 'vitest'
import { createMetrics } from './metrics.ts'

const CHECKED_TODAY = {
  configured: true,
  accepted: null,
  lastCheck: null,
  pending: [],
  listDate: Temporal.Instant.from('2026-11-26T00:00:00Z'),
  listAgeDays: 0,
  listIsOld: false,
}
const watched = (
  raisedByKind: () => Promise<ReadonlyMap<AlertKind, number>>,
  priceFeedStatus: () => Promise<FeedStatus> = async () => CHECKED_TODAY,
  differingWallets: () => Promise<number> = async () => 0,
) => {
  const metrics = createMetrics()
  metrics.watch({
    usage: { queue: () => ({ waiting: 3, limit: 50_000 }) },
    alerts: { raisedByKind },
    credits: { differingWallets },
    priceFeed: { status: priceFeedStatus },
    clock: settableClock('2026-11-26T01:00:00Z'),
  })
  return metrics
}

it('reports the number of wallets that differ from their ledger, and NaN if it cannot be read', async () => {
  const textOf = (differing: () => Promise<number>) => watched(async () => new Map(), undefined, differing).text()
  expect(await textOf(async () => 2)).toContain('tollgate_credit_wallets_differing 2\n')
  expect(await textOf(() => Promise.reject(new Error('no database')))).toContain('tollgate_credit_wallets_differing Nan\n')
})

it('reports the number of raised alerts of each kind, including 0', async () => {
  const text = await watched(async () => new Map([['ERROR_RATE', 2]])).text()
  expect(text).toContain('tollgate_alerts_raised{kind="ERROR_RATE"} 2\n')
  expect(text).toContain('tollgate_alerts_raised{kind="LATENCY_P99"} 0\n')
})

it('reports the age of the list prices, which is not a number while it is unknown', async () => {
  const noAlerts = async () => new Map()
  expect(await watched(noAlerts).text()).toContain('tollgate_price_list_age_seconds 3600\n')
  const down = () => Promise.reject(new Error('no database'))
  expect(await watched(noAlerts, down).text()).toMatch(/^tollgate_price_list_age_seconds nan$/im)
})

it('omits raised alerts while the database is down, and reports everything else', async () => {
  let isUp = true
  const metrics = watched(async () => {
    if (isUp) return new Map([['ERROR_RATE', 2]])
    throw new Error('no database')
  })
  await metrics.text()
  isUp = false
  const text = await metrics.text()
  expect(text).toContain('tollgate_queue_events 3\n')
  expect(text).not.toContain('tollgate_alerts_raised{')
})

it('reports the connections of each pool, and the calls that wait for their turn', async () => {
  const metrics = createMetrics()
  const pool = (open: number) => ({ connections: () => ({ open, idle: 1, waiting: 0 }) })
  const admission = (waiting: number) => ({ counts: () => ({ running: 2, waiting, refused: 7 }) })
  metrics.watchPools({ byName: { writes: pool(3), reads: pool(8) }, readAdmission: admission(5), changeAdmission: admission(0) })
  const text = await metrics.text()
  expect(text).toContain('tollgate_database_connections{pool="writes"} 3\n')
  expect(text).toContain('tollgate_database_connections{pool="reads"} 8\n')
  expect(text).toContain('tollgate_requests_waiting{kind="read"} 5\n')
  expect(text).toContain('tollgate_requests_refused{kind="change"} 7\n')
})

it('counts quota decisions by outcome', async () => {
  const metrics = createMetrics()
  const store = memoryQuotaStore()
  const quotas = createQuotas({
    store,
    policies: [{ metric: 'tokens', window: 'day', limit: '10', storeFailure: 'allow' }],
    observer: metrics.observer,
  })
  const question = { tenantId: 't', requests: [{ metric: 'tokens', amount: '6' }] } as const
  await quotas.reserve(question)
  await quotas.enforce(question)
  await quotas.enforce(question)
  const text = await metrics.text()
  expect(text).toContain('tollgate_quota_decisions_total{outcome="allowed",degraded="false"} 1\n')
  expect(text).toContain('tollgate_quota_decisions_total{outcome="refused",degraded="false"} 2\n')
})

it('counts events by outcome, unpriced and overloaded ones, and measures transactions', async () => {
  const metrics = createMetrics()
  const rater: Rater = { rate: async events => events.map(() => ({ state: 'unpriced', cost: null, priceId: null })) }
  const store = memoryUsageStore()
  metrics.observer.rejectedEventsDiscarded(3)
  const dependencies = { store, rejected: memoryRejectedEventStore(), rater, clock: systemClock, ids: randomIds(), observer: metrics.observer }
  const usage = createUsage({ ...dependencies, limits: { queuedEvents: 1_000 } })
  const event = { operation: 'chat', idempotencyKey: 'a' }
  await usage.track({ tenantId: 't', events: [event, event, { operation: '' }] })
  const batch = { tenantId: 't', events: Array.from({ length: 1_000 }, () => ({ operation: 'chat' })) }
  const burst = await Promise.allSettled([usage.track(batch), usage.track({ tenantId: 't', events: [event] })])
  expect(burst.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
  const failing = createUsage({ ...dependencies, store: { ...store, commit: () => Promise.reject(new Error('disk full')) } })
  await expect(failing.track({ tenantId: 't', events: [event] })).rejects.toThrow('disk full')

  const lines = (await metrics.text()).split('\n')
  expect(lines).toEqual(
    expect.arrayContaining([
      'tollgate_events_total{outcome="accepted"} 1001',
      'tollgate_events_total{outcome="duplicate"} 1',
      'tollgate_events_total{outcome="rejected"} 1',
      'tollgate_events_unpriced_total 1001',
      'tollgate_rejected_events_discarded_total 3',
      'tollgate_track_overloaded_total 1',
      'tollgate_commit_events_sum 1002',
      'tollgate_commit_duration_seconds_count{result="committed"} 2',
      'tollgate_commit_duration_seconds_count{result="failed"} 1',
    ]),
  )
})

it('reports the offset of the clock, and its jumps', async () => {
  const metrics = createMetrics()
  metrics.watchClock({ machineOffsetMs: () => -3_600_000, jumps: () => 2 })
  await metrics.text()
  expect(await metrics.text()).toContain('tollgate_clock_offset_seconds -3600\n')
  expect(await metrics.text()).toContain('tollgate_clock_jumps_total 2\n')
})
