import type { AlertKind } from '@tollgate/alerts'
import { createQuotas } from '@tollgate/quotas'
import { memoryQuotaStore } from '@tollgate/quotas/memory'
import { expect, it } from 'vitest'
import { createMetrics } from './metrics.ts'
import { observedQuotas } from '../observed-quotas.ts'

const watched = (raisedByKind: () => Promise<ReadonlyMap<AlertKind, number>>) => {
  const metrics = createMetrics()
  metrics.watch({
    usage: { queue: () => ({ waiting: 3, limit: 50_000 }) },
    database: { connections: () => ({ open: 1, idle: 1, waiting: 0 }) },
    alerts: { raisedByKind },
  })
  return metrics
}

it('tells how many alerts of each kind are raised, also none', async () => {
  const text = await watched(async () => new Map([['ERROR_RATE', 2]])).text()
  expect(text).toContain('tollgate_alerts_raised{kind="ERROR_RATE"} 2\n')
  expect(text).toContain('tollgate_alerts_raised{kind="LATENCY_P99"} 0\n')
})

it('tells everything else where the database does not answer, and what was raised before no more', async () => {
  let answers = true
  const metrics = watched(async () => {
    if (answers) return new Map([['ERROR_RATE', 2]])
    throw new Error('no database')
  })
  await metrics.text()
  answers = false
  const text = await metrics.text()
  expect(text).toContain('tollgate_queue_events 3\n')
  expect(text).not.toContain('tollgate_alerts_raised{')
})

it('tells decisions of quotas by what they came to', async () => {
  const metrics = createMetrics()
  const store = memoryQuotaStore()
  const quotas = observedQuotas(createQuotas({ store, policies: [{ metric: 'tokens', window: 'day', limit: '10', storeFailure: 'allow' }] }), metrics)
  const question = { tenantId: 't', requests: [{ metric: 'tokens', amount: '6' }] } as const
  await quotas.reserve(question)
  await quotas.enforce(question)
  await quotas.enforce(question)
  const text = await metrics.text()
  expect(text).toContain('tollgate_quota_decisions_total{outcome="allowed",degraded="false"} 1\n')
  expect(text).toContain('tollgate_quota_decisions_total{outcome="refused",degraded="false"} 2\n')
})
