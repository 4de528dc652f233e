import { type AlertEvent, type Alerts, createAlerts } from '@tollgate/alerts'
import { postgresAlertStore } from '@tollgate/alerts/postgres'
import { Decimal, OPERATOR_SCOPE, randomIds, type SettableClock, settableClock, Temporal } from '@tollgate/kernel'
import { createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import { createQuotas, type Quotas } from '@tollgate/quotas'
import { postgresQuotaStore } from '@tollgate/quotas/postgres'
import { postgresRollupMaintenance, postgresUsageStore } from '@tollgate/usage/postgres'
import { usageEvent, type UsageEventFields } from '@tollgate/usage/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { alertNotifications } from './alert-notifications.ts'
import { quotaWatch } from './quota-watch.ts'
import { rollupVerifier } from './rollup-verifier.ts'
import { usageMeter } from './usage-meter.ts'

const DAY_MINUTES = 24 * 60

let test: TestDatabase
let clock: SettableClock
let quotas: Quotas
let alerts: Alerts
let reads: number

beforeAll(async () => {
  test = await createTestDatabase()
})
afterAll(() => test.drop())

beforeEach(async () => {
  await test.asOwner(
    `truncate alerts.events, alerts.alerts, alerts.streaks, alerts.quota_crossings, alerts.tenant_thresholds, quotas.alerts, usage.events, usage.event_keys,
       usage.dimension_sets, usage.rollups_hourly, usage.rollups_daily, usage.latencies_hourly, usage.latencies_daily,
       usage.rollup_details_hourly, usage.rollup_details_daily`,
  )
  await test.asOwner(`update alerts.rules set evaluated_at = null, pending_since = null, enabled = (scope = 'TENANT' or kind = 'VERIFICATION_FAILED')`)
  await test.asOwner('update alerts.quota_cursor set last = null')
  clock = settableClock('2026-11-20T12:00:00Z')
  quotas = createQuotas({
    store: postgresQuotaStore({ database: test.database }),
    clock,
    policies: [{ metric: 'requests', window: 'day', limit: '5', alertAt: ['80', '100'] }],
  })
  reads = 0
  alerts = startServer()
})

/** Creates alerts over the real usage, quotas and rollups of the database. */
function startServer(): Alerts {
  const store = postgresUsageStore({ database: test.database })
  return createAlerts({
    store: postgresAlertStore(test.database),
    usage: usageMeter({
      measure: (scope, query) => {
        reads += 1
        return store.measure(scope, query)
      },
    }),
    quotas: quotaWatch(quotas),
    rollups: rollupVerifier(postgresRollupMaintenance(test.database)),
    clock,
    ids: randomIds(),
  })
}

/** Records calls of a tenant at a time before now. */
async function record(count: number, { minutesAgo = 1, tenantId = 'acme', ...fields }: UsageEventFields & { minutesAgo?: number } = {}): Promise<void> {
  const occurredAt = clock.now().subtract({ minutes: minutesAgo })
  const store = postgresUsageStore({ database: test.database })
  await store.commit(Array.from({ length: count }, () => usageEvent({ tenantId, occurredAt, ...fields })))
}

const summarize = (events: readonly AlertEvent[]) =>
  events.map(({ type, kind, tenantId, value }) => `${type} ${kind} ${tenantId ?? '*'} ${value?.toFixed() ?? '-'}`)
/** Percentiles of the sketch are within 1 %: replaces the value. */
const withoutValue = (text: string) => text.replace(/\d+$/, 'ms')

/** Evaluates once a minute, and returns what happened in each. */
async function minutes(count: number): Promise<string[]> {
  const happened: string[] = []
  for (let minute = 0; minute < count; minute++) {
    clock.advance({ minutes: 1 })
    happened.push(summarize(await alerts.evaluate()).join(', '))
  }
  return happened
}

const raised = async () =>
  (await alerts.alerts(OPERATOR_SCOPE, { state: 'RAISED', first: 100 })).items.map(({ kind, tenantId }) => `${kind} ${tenantId ?? '*'}`)
const newestAlert = async () => (await alerts.alerts(OPERATOR_SCOPE, { first: 1 })).items[0]

describe('latency of recorded usage', () => {
  it('raises an alert after two evaluations, which recovers after three without data', async () => {
    await record(98, { latencyMs: 100, minutesAgo: 0 })
    await record(2, { latencyMs: 9_000, minutesAgo: 0 })
    expect((await minutes(22)).map(withoutValue)).toEqual([
      '',
      'RAISED LATENCY_P99 acme ms',
      ...Array(15).fill(''),
      'RECOVERED LATENCY_P99 acme -',
      ...Array(4).fill(''),
    ])
    const alert = await newestAlert()
    expect(alert).toMatchObject({ tenantId: 'acme', details: { calls: 100, p50Ms: 100 } })
    expect(alert?.value.gte(8_910)).toBe(true)
    expect(alert?.message).toMatch(/^Tenant acme: p99 latency was (8|9)\d{3} ms in the last 15 minutes, above the threshold of 5000 ms\.$/)
    expect([alert?.raisedAt, alert?.recoveredAt].map(String)).toEqual(['2026-11-20T12:02:00Z', '2026-11-20T12:18:00Z'])
  })

  it('raises nothing when one call in two hundred is slow', async () => {
    await record(199, { latencyMs: 100, minutesAgo: 0 })
    await record(1, { latencyMs: 60_000, minutesAgo: 0 })
    expect(await minutes(3)).toEqual(['', '', ''])
  })
})

describe('errors of recorded usage', () => {
  it('raise an alert above 5 % of calls, counting failures and rate-limited calls', async () => {
    await record(95)
    await record(3, { status: 'failure' })
    await record(2, { status: 'rate_limited' })
    expect(await minutes(1)).toEqual([''])
    await record(1, { status: 'failure', minutesAgo: 0 })
    expect(await minutes(1)).toEqual(['RAISED ERROR_RATE acme 0.059406'])
    expect((await alerts.events(OPERATOR_SCOPE, { first: 10 })).items[0]).toMatchObject({
      message: 'Tenant acme: 5.941 % of calls failed or were rate-limited in the last 15 minutes, above the threshold of 5 %.',
      details: { calls: 101, failures: 4, rateLimited: 2 },
    })
  })

  it('are read with one query for each window, however many tenants there are', async () => {
    for (const tenantId of ['acme', 'globex', 'initech', 'umbrella']) await record(30, { tenantId, status: 'failure' })
    const events = await alerts.evaluate()
    expect(new Set(events.map(({ tenantId }) => tenantId)).size).toBe(4)
    expect(reads).toBe(2) // The last 15 minutes, and eight days of cost.
  })

  it('of one tenant do not raise an alert of another', async () => {
    await record(100, { tenantId: 'acme' })
    await record(100, { tenantId: 'globex', status: 'failure', latencyMs: 60_000, cost: '100' })
    await minutes(3)
    expect(new Set(await raised())).toEqual(new Set(['ERROR_RATE globex', 'LATENCY_P99 globex']))
  })
})

describe('cost of recorded usage', () => {
  const recordDays = async (costPerCall: string, days = 7) => {
    for (let back = days; back >= 1; back--) await record(20, { minutesAgo: back * DAY_MINUTES + 30, cost: costPerCall })
  }

  it('raises an alert above twice the average of the seven days before, which recovers', async () => {
    await recordDays('0.01')
    await record(20, { minutesAgo: 30, cost: '0.02' })
    expect(summarize(await alerts.evaluate())).toEqual([])
    clock.advance({ hours: 1 })
    await record(20, { minutesAgo: 30, cost: '0.01' })
    expect(summarize(await alerts.evaluate())).toEqual(['RAISED COST_ANOMALY acme 3'])
    expect(await newestAlert()).toMatchObject({
      message: 'Tenant acme: cost in the last 24 hours was 3 times the average of the 7 windows before, above the threshold of 2 times.',
      details: { cost: '0.6', averageCost: '0.2', averagedWindows: 7, calls: 40, unpricedCalls: 0 },
    })
    for (let hour = 0; hour < 26; hour++) {
      clock.advance({ hours: 1 })
      const happened = summarize(await alerts.evaluate())
      expect(happened).toEqual(hour === 24 ? ['RECOVERED COST_ANOMALY acme -'] : [])
    }
  })

  it('and latency of all tenants together raise alerts of the installation', async () => {
    for (const kind of ['LATENCY_P99', 'COST_ANOMALY'] as const) await alerts.setRule({ kind, scope: 'INSTALLATION' }, { enabled: true })
    for (let back = 7; back >= 1; back--) await record(10, { minutesAgo: back * DAY_MINUTES + 30, cost: '0.01', tenantId: back % 2 === 0 ? 'acme' : 'globex' })
    for (const tenantId of ['acme', 'globex']) await record(10, { minutesAgo: 5, cost: '0.05', latencyMs: 9_000, tenantId })
    // Each tenant has 10 calls, below the minimum of 20.
    expect(summarize(await alerts.evaluate())).toEqual(['RAISED COST_ANOMALY * 10'])
    expect((await minutes(1)).map(withoutValue)).toEqual(['RAISED LATENCY_P99 * ms'])
  })
})

describe('a quota', () => {
  const consume = (amount: number, tenantId = 'acme') => quotas.consume({ tenantId, requests: [{ metric: 'requests', amount: String(amount) }] })

  it('raises an alert at once when its limit is reached, which recovers after a day without', async () => {
    await consume(4)
    expect(await minutes(1)).toEqual([''])
    await consume(1)
    expect(await minutes(1)).toEqual(['RAISED QUOTA_EXCEEDED acme 1'])
    expect(await newestAlert()).toMatchObject({
      message: 'Tenant acme: 1 quota limit was reached in the last 24 hours, above the threshold of 0.',
      details: { reached: 1, last: { metric: 'requests', operation: null, window: 'day', used: '5', limit: '5' } },
    })
    clock.advance({ hours: 23 })
    expect(await minutes(1)).toEqual([''])
    clock.advance({ hours: 1 })
    expect(await minutes(1)).toEqual(['RECOVERED QUOTA_EXCEEDED acme -'])
  })

  it('that is reached again on the next day keeps the alert raised', async () => {
    await consume(5, 'globex')
    expect(await minutes(1)).toEqual(['RAISED QUOTA_EXCEEDED globex 1'])
    clock.advance({ hours: 14 })
    await consume(5, 'globex')
    expect(await minutes(1)).toEqual([''])
    clock.advance({ hours: 12 })
    expect(await minutes(1)).toEqual([''])
    expect(await raised()).toEqual(['QUOTA_EXCEEDED globex'])
  })

  it('is counted once among more crossings than a page holds, also by two servers at the same time', async () => {
    await test.asOwner(
      `insert into quotas.alerts (cursor, tenant_id, counter_id, policy_id, metric, window_unit, window_from, window_to, scope, scope_value, threshold, used, quota_limit, occurred_at)
       select n, 'acme', gen_random_uuid(), 'p', 'requests', 'day', $1, $1, '[]', '[]', case when n % 2 = 0 then 100 else 80 end, 5, 5, $1 from generate_series(1, 2500) n`,
      [clock.now().toString()],
    )
    clock.advance({ minutes: 1 })
    const both = await Promise.all([alerts, startServer()].map(each => each.evaluate()))
    expect(summarize(both.flat())).toEqual(['RAISED QUOTA_EXCEEDED acme 1250'])
  })
})

describe('a rollup that does not match its events', () => {
  const corrupt = () => test.asOwner(`update usage.rollups_hourly set calls = calls + 1 where tenant_id = 'acme'`)

  it('raises an alert with the difference, which recovers after a rebuild', async () => {
    await record(3)
    expect(await alerts.verify()).toEqual([])
    await corrupt()
    expect(await alerts.verify()).toEqual([])
    clock.advance({ hours: 1 })
    expect(summarize(await alerts.verify())).toEqual(['RAISED VERIFICATION_FAILED * 1'])
    expect((await newestAlert())?.details).toMatchObject({
      differences: 1,
      first: [{ table: 'rollups_hourly', tenantId: 'acme', measure: 'calls', expected: '3', actual: '4', bucketStart: '2026-11-20T11:00:00Z' }],
    })
    clock.advance({ hours: 1 })
    expect(await alerts.verify()).toEqual([])
    await postgresRollupMaintenance(test.database).rebuild({ from: Temporal.Instant.from('2026-11-20T00:00:00Z'), to: clock.now() })
    clock.advance({ hours: 1 })
    expect(summarize(await alerts.verify())).toEqual(['RECOVERED VERIFICATION_FAILED * 0'])
    expect(await raised()).toEqual([])
  })

  it('is found by the next verification if one is aborted', async () => {
    await record(3)
    await corrupt()
    await expect(alerts.verify(AbortSignal.abort(new Error('The server stops')))).rejects.toThrow('The server stops')
    expect(await raised()).toEqual([])
    expect(summarize(await alerts.verify())).toEqual(['RAISED VERIFICATION_FAILED * 1'])
  })
})

describe('an evaluation', () => {
  it('happens once for each instant, however many servers evaluate', async () => {
    await record(100, { status: 'failure', latencyMs: 9_000 })
    const servers = [alerts, startServer(), startServer()]
    const first = await Promise.all(servers.map(server => server.evaluate()))
    expect(summarize(first.flat())).toEqual(['RAISED ERROR_RATE acme 1'])
    clock.advance({ seconds: 59 })
    expect(await Promise.all(servers.map(server => server.evaluate()))).toEqual([[], [], []])
    clock.advance({ seconds: 1 })
    const second = await Promise.all(servers.map(server => server.evaluate()))
    expect(summarize(second.flat()).map(withoutValue)).toEqual(['RAISED LATENCY_P99 acme ms'])
  })

  it('that fails while it writes changes nothing, and is repeated', async () => {
    await record(100, { status: 'failure', latencyMs: 9_000 })
    await test.asOwner('alter table alerts.events add constraint broken check (false) not valid')
    await expect(alerts.evaluate()).rejects.toThrow('ERROR_RATE (TENANT)')
    expect(await raised()).toEqual([])
    const errorRate = (await alerts.rules()).find(({ kind, scope }) => kind === 'ERROR_RATE' && scope === 'TENANT')
    expect(errorRate?.evaluatedAt).toBeNull()
    await test.asOwner('alter table alerts.events drop constraint broken')
    expect(summarize(await alerts.evaluate())).toEqual(['RAISED ERROR_RATE acme 1'])
  })
})

describe('notifications of alerts', () => {
  it('are raises and recoveries in order, page by page', async () => {
    await alerts.setRule({ kind: 'ERROR_RATE', scope: 'TENANT' }, { recoverAfter: 1, windowMinutes: 2 })
    for (let round = 0; round < 2; round++) {
      await record(20, { status: 'failure', minutesAgo: 0 })
      await minutes(4)
    }
    const { items: events } = await alerts.events(OPERATOR_SCOPE, { first: 100 })
    expect(events.map(({ type }) => type)).toEqual(['RAISED', 'RECOVERED', 'RAISED', 'RECOVERED'])
    const source = alertNotifications(alerts)
    const some = await source.read({ first: 3 })
    const all = [...some, ...(await source.read({ after: some.at(-1)?.cursor, first: 100 }))]
    expect(all.map(({ cursor }) => cursor)).toEqual(events.map(({ cursor }) => cursor))
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
    expect(all[0]).toMatchObject({ type: 'alert.raised', tenantId: 'acme', data: { kind: 'ERROR_RATE', value: '1', threshold: '0.05' } })
    expect(JSON.parse(JSON.stringify(all[0]?.data))).toEqual(all[0]?.data)
    await alerts.setRule({ kind: 'ERROR_RATE', scope: 'TENANT' }, { threshold: new Decimal('0.05'), recoverAfter: 3, windowMinutes: 15 })
  })
})
