import { createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import { Decimal, OPERATOR_SCOPE, randomIds, type SettableClock, settableClock, Temporal, tenantScope } from '@tollgate/kernel'
import { createQuotas, type Quotas } from '@tollgate/quotas'
import { postgresQuotaStore } from '@tollgate/quotas/postgres'
import { postgresRollupMaintenance, postgresUsageStore } from '@tollgate/usage/postgres'
import { usageEvent, type UsageEventFields } from '@tollgate/usage/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { AlertEvent } from './alert.ts'
import type { AlertKind } from './alert-kind.ts'
import { alertNotices } from '../features/alerts/alert-notices.ts'
import type { Alerts } from './alerts.ts'
import { createAlerts } from './create-alerts.ts'
import { postgresAlertStore } from './postgres/alert-store.ts'

const NOON = '2026-11-20T12:00:00Z'
const KINDS_FOR_TENANTS: AlertKind[] = ['QUOTA_EXCEEDED', 'LATENCY_P99', 'ERROR_RATE', 'COST_ANOMALY']

let test: TestDatabase
let clock: SettableClock
let quotas: Quotas
let alerts: Alerts
let measured: number

beforeAll(async () => {
  test = await createTestDatabase()
})
afterAll(() => test.drop())

beforeEach(async () => {
  await test.asOwner(
    `truncate alerts.events, alerts.alerts, alerts.streaks, alerts.quota_crossings, alerts.tenant_thresholds, quotas.alerts, usage.events, usage.event_keys,
       usage.dimension_sets, usage.rollups_hourly, usage.rollups_daily, usage.latencies_hourly, usage.latencies_daily`,
  )
  await test.asOwner(`update alerts.rules set evaluated_at = null, pending_since = null, enabled = (scope = 'TENANT' or kind = 'VERIFICATION_FAILED')`)
  await test.asOwner('update alerts.quota_cursor set last = null')
  clock = settableClock(NOON)
  quotas = createQuotas({
    store: postgresQuotaStore({ database: test.database }),
    clock,
    policies: [{ metric: 'requests', window: 'day', limit: '5', alertAt: ['80', '100'] }],
  })
  measured = 0
  alerts = alertsOver(test)
})

function alertsOver({ database }: Pick<TestDatabase, 'database'>, maintenance = postgresRollupMaintenance(database)): Alerts {
  const usage = postgresUsageStore({ database })
  return createAlerts({
    store: postgresAlertStore(database),
    measure: (scope, query) => {
      measured += 1
      return usage.measure(scope, query)
    },
    maintenance,
    quotas,
    clock,
    ids: randomIds(),
  })
}

/** Records calls of a tenant, so long ago. */
async function calls(count: number, { minutesAgo = 1, tenantId = 'acme', ...fields }: UsageEventFields & { minutesAgo?: number } = {}): Promise<void> {
  const occurredAt = clock.now().subtract({ minutes: minutesAgo })
  const store = postgresUsageStore({ database: test.database })
  await store.commit(Array.from({ length: count }, () => usageEvent({ tenantId, occurredAt, ...fields })))
}

const told = (events: readonly AlertEvent[]) => events.map(({ type, kind, tenantId, value }) => `${type} ${kind} ${tenantId ?? '*'} ${value?.toFixed() ?? '-'}`)

/** Evaluates once a minute, and tells what happened in each. */
async function minutes(count: number): Promise<string[]> {
  const happened: string[] = []
  for (let minute = 0; minute < count; minute++) {
    clock.advance({ minutes: 1 })
    happened.push(told(await alerts.evaluate()).join(', '))
  }
  return happened
}

const raised = async (scope = OPERATOR_SCOPE) =>
  (await alerts.alerts(scope, { state: 'RAISED', first: 100 })).alerts.map(({ kind, tenantId }) => `${kind} ${tenantId ?? '*'}`)

it('ships with the numbers of the requirements', async () => {
  const rules = await alerts.rules()
  expect(
    rules.filter(({ enabled }) => enabled).map(({ kind, scope, threshold, windowMinutes }) => `${kind} ${scope} ${threshold.toFixed()} ${windowMinutes}`),
  ).toEqual([
    'QUOTA_EXCEEDED TENANT 0 1440',
    'LATENCY_P99 TENANT 5000 15',
    'ERROR_RATE TENANT 0.05 15',
    'COST_ANOMALY TENANT 2 1440',
    'VERIFICATION_FAILED INSTALLATION 0 1440',
  ])
  expect(rules).toHaveLength(8)
})

describe('latency', () => {
  it('is raised after two evaluations, and recovers after three calm ones', async () => {
    await calls(98, { latencyMs: 100, minutesAgo: 0 })
    await calls(2, { latencyMs: 9_000, minutesAgo: 0 })
    const happened = await minutes(22)
    expect(happened.map(text => text.replace(/\d+$/, 'ms'))).toEqual([
      '',
      'RAISED LATENCY_P99 acme ms',
      ...Array(15).fill(''),
      'RECOVERED LATENCY_P99 acme -',
      '',
      '',
      '',
      '',
    ])
    const {
      alerts: [alert],
    } = await alerts.alerts(OPERATOR_SCOPE, { first: 1 })
    expect(alert).toMatchObject({ tenantId: 'acme', details: { calls: 100, p50Ms: 100 } })
    expect(alert?.value.gte(8_910)).toBe(true)
    expect(alert?.message).toMatch(/^Tenant acme: the 99th percentile of latency was (8|9)\d{3} ms in the last 15 minutes, above the threshold of 5000 ms\.$/)
    expect([alert?.raisedAt, alert?.recoveredAt].map(String)).toEqual(['2026-11-20T12:02:00Z', '2026-11-20T12:18:00Z'])
  })

  it('is not raised by slow calls that are one in two hundred', async () => {
    await calls(199, { latencyMs: 100, minutesAgo: 0 })
    await calls(1, { latencyMs: 60_000, minutesAgo: 0 })
    expect(await minutes(3)).toEqual(['', '', ''])
  })
})

describe('the error rate', () => {
  it('is raised above 5 %, of failures and of calls that were rate-limited', async () => {
    await calls(95)
    await calls(3, { status: 'failure' })
    await calls(2, { status: 'rate_limited' })
    expect(await minutes(1)).toEqual([''])
    await calls(1, { status: 'failure', minutesAgo: 0 })
    expect(await minutes(1)).toEqual(['RAISED ERROR_RATE acme 0.059406'])
    const {
      events: [event],
    } = await alerts.events(OPERATOR_SCOPE, { first: 10 })
    expect(event).toMatchObject({
      message: 'Tenant acme: 5.941 % of calls did not succeed in the last 15 minutes, above the threshold of 5 %.',
      details: { calls: 101, failures: 4, rateLimited: 2 },
    })
  })

  it('is not raised by three calls, nor by what is a quarter of an hour ago', async () => {
    await calls(19, { status: 'failure' })
    await calls(500, { status: 'failure', minutesAgo: 16 })
    expect(await minutes(3)).toEqual(['', '', ''])
  })

  it('does not flap while it swings around the threshold', async () => {
    const happened: string[] = []
    for (let minute = 0; minute < 20; minute++) {
      await calls(100, { minutesAgo: 0 })
      await calls(minute % 2 === 0 ? 12 : 0, { status: 'failure', minutesAgo: 0 })
      happened.push(...(await minutes(1)))
    }
    expect(happened.filter(text => text !== '')).toEqual(['RAISED ERROR_RATE acme 0.107143'])
  })
})

describe('cost', () => {
  const day = 24 * 60
  const week = async (perDay: string, tenantId = 'acme', days = 7) => {
    for (let back = days; back >= 1; back--) await calls(20, { minutesAgo: back * day + 30, cost: perDay, tenantId })
  }

  it('is raised at more than twice the average of the seven days before, and recovers', async () => {
    await week('0.01')
    await calls(20, { minutesAgo: 30, cost: '0.02' })
    expect(told(await alerts.evaluate())).toEqual([])
    clock.advance({ hours: 1 })
    await calls(20, { minutesAgo: 30, cost: '0.01' })
    expect(told(await alerts.evaluate())).toEqual(['RAISED COST_ANOMALY acme 3'])
    const {
      alerts: [alert],
    } = await alerts.alerts(OPERATOR_SCOPE, { first: 1 })
    expect(alert).toMatchObject({
      message: 'Tenant acme: the cost was 3 times the average of the seven windows before in the last 24 hours, above the threshold of 2 times.',
      details: { cost: '0.6', averageCost: '0.2', averagedWindows: 7, calls: 40, unpricedCalls: 0 },
    })
    for (let hour = 0; hour < 26; hour++) {
      clock.advance({ hours: 1 })
      const happened = told(await alerts.evaluate())
      expect(happened).toEqual(hour === 24 ? ['RECOVERED COST_ANOMALY acme -'] : [])
    }
  })

  it('is looked at once an hour', async () => {
    await week('0.01')
    await alerts.evaluate()
    await calls(20, { minutesAgo: 30, cost: '1' })
    expect(await minutes(59)).toEqual(Array(59).fill(''))
    expect(await minutes(1)).toEqual(['RAISED COST_ANOMALY acme 100'])
  })

  it('of a tenant that is new has no average to be held against, and after three days has', async () => {
    await week('0.01', 'globex', 2)
    await calls(20, { minutesAgo: 30, cost: '1', tenantId: 'globex' })
    await week('0.01', 'acme', 3)
    await calls(20, { minutesAgo: 30, cost: '0.04' })
    expect(told(await alerts.evaluate())).toEqual(['RAISED COST_ANOMALY acme 4'])
  })
})

describe('a quota', () => {
  const consume = (amount: number, tenantId = 'acme') => quotas.consume({ tenantId, requests: [{ metric: 'requests', amount: String(amount) }] })

  it('that is reached raises at once, and recovers when a day has passed without', async () => {
    await consume(4)
    expect(await minutes(1)).toEqual([''])
    await consume(1)
    expect(await minutes(1)).toEqual(['RAISED QUOTA_EXCEEDED acme 1'])
    const {
      alerts: [alert],
    } = await alerts.alerts(tenantScope('acme'), { first: 1 })
    expect(alert).toMatchObject({
      message: 'Tenant acme: 1 quota limit was reached in the last 24 hours, above the threshold of 0.',
      details: { reached: 1, last: { metric: 'requests', operation: null, window: 'day', used: '5', limit: '5' } },
    })
    clock.advance({ hours: 23 })
    expect(await minutes(1)).toEqual([''])
    clock.advance({ hours: 1 })
    expect(await minutes(1)).toEqual(['RECOVERED QUOTA_EXCEEDED acme -'])
  })

  it('that is reached anew on the next day keeps the alert raised', async () => {
    await consume(5, 'globex')
    expect(await minutes(1)).toEqual(['RAISED QUOTA_EXCEEDED globex 1'])
    clock.advance({ hours: 14 })
    await consume(5, 'globex')
    expect(await minutes(1)).toEqual([''])
    clock.advance({ hours: 12 })
    expect(await minutes(1)).toEqual([''])
    expect(await raised()).toEqual(['QUOTA_EXCEEDED globex'])
  })

  it('is found among more alerts than one page holds, each counted once, whoever follows them', async () => {
    await test.asOwner(
      `insert into quotas.alerts (cursor, tenant_id, counter_id, policy_id, metric, window_unit, window_from, window_to, scope, scope_value, threshold, used, quota_limit, occurred_at)
       select n, 'acme', gen_random_uuid(), 'p', 'requests', 'day', $1, $1, '[]', '[]', case when n % 2 = 0 then 100 else 80 end, 5, 5, $1 from generate_series(1, 2500) n`,
      [clock.now().toString()],
    )
    clock.advance({ minutes: 1 })
    const both = await Promise.all([alerts, alertsOver(test)].map(each => each.evaluate()))
    expect(told(both.flat())).toEqual(['RAISED QUOTA_EXCEEDED acme 1250'])
  })
})

describe('verification', () => {
  const broken = `update usage.rollups_hourly set calls = calls + 1 where tenant_id = 'acme'`

  it('that finds a rollup broken is raised with what differs, and recovers when it was rebuilt', async () => {
    await calls(3)
    expect(told(await alerts.verify())).toEqual([])
    await test.asOwner(broken)
    expect(told(await alerts.verify())).toEqual([])
    clock.advance({ hours: 1 })
    expect(told(await alerts.verify())).toEqual(['RAISED VERIFICATION_FAILED * 1'])
    const {
      alerts: [alert],
    } = await alerts.alerts(OPERATOR_SCOPE, { first: 1 })
    expect(alert?.details).toMatchObject({
      differences: 1,
      first: [{ table: 'rollups_hourly', tenantId: 'acme', measure: 'calls', expected: '3', actual: '4', bucketStart: '2026-11-20T11:00:00Z' }],
    })
    clock.advance({ hours: 1 })
    expect(told(await alerts.verify())).toEqual([])
    await postgresRollupMaintenance(test.database).rebuild({ from: Temporal.Instant.from('2026-11-20T00:00:00Z'), to: clock.now() })
    clock.advance({ hours: 1 })
    expect(told(await alerts.verify())).toEqual(['RECOVERED VERIFICATION_FAILED * 0'])
    expect(await raised()).toEqual([])
  })

  it('that fails is raised with the reason', async () => {
    const failing = alertsOver(test, {
      ...postgresRollupMaintenance(test.database),
      verify: () => Promise.reject(new Error('canceling statement due to statement timeout')),
    })
    const [event] = await failing.verify()
    expect(event?.message).toBe('The installation: the verification of rollups did not complete: canceling statement due to statement timeout.')
    clock.advance({ hours: 1 })
    expect(told(await alerts.verify())).toEqual(['RECOVERED VERIFICATION_FAILED * 0'])
  })

  it('that is told to stop raises nothing, and is due still', async () => {
    await calls(3)
    await test.asOwner(broken)
    await expect(alerts.verify(AbortSignal.abort(new Error('The server stops')))).rejects.toThrow('The server stops')
    expect(await raised()).toEqual([])
    expect(told(await alerts.verify())).toEqual(['RAISED VERIFICATION_FAILED * 1'])
  })

  it('that never ends is raised by the evaluations of the other kinds, once, and recovers when one ends', async () => {
    const hanging = alertsOver(test, { ...postgresRollupMaintenance(test.database), verify: () => new Promise(() => {}) })
    void hanging.verify()
    await expect.poll(() => test.asOwner('select pending_since from alerts.rules where pending_since is not null')).toHaveLength(1)
    clock.advance({ hours: 1 })
    void hanging.verify()
    expect(await minutes(2)).toEqual(['', ''])
    clock.advance({ hours: 1 })
    expect(await minutes(3)).toEqual(['RAISED VERIFICATION_FAILED * 1', '', ''])
    expect((await alerts.alerts(OPERATOR_SCOPE, { first: 1 })).alerts[0]?.message).toBe(
      'The installation: a verification of rollups that began at 2026-11-20T12:00:00Z did not complete.',
    )
    expect(told(await alerts.verify())).toEqual(['RECOVERED VERIFICATION_FAILED * 0'])
    expect(await minutes(2)).toEqual(['', ''])
  })
})

describe('an instant', () => {
  it('is evaluated once, however often and wherever it is asked for', async () => {
    await calls(100, { status: 'failure', latencyMs: 9_000 })
    const servers = [alerts, alertsOver(test), alertsOver(test)]
    const first = await Promise.all(servers.map(server => server.evaluate()))
    expect(told(first.flat())).toEqual(['RAISED ERROR_RATE acme 1'])
    clock.advance({ seconds: 59 })
    expect(await Promise.all(servers.map(server => server.evaluate()))).toEqual([[], [], []])
    clock.advance({ seconds: 1 })
    const second = await Promise.all(servers.map(server => server.evaluate()))
    expect(told(second.flat()).map(text => text.replace(/\d+$/, 'ms'))).toEqual(['RAISED LATENCY_P99 acme ms'])
  })

  it('before the last one is not evaluated any more', async () => {
    await alerts.evaluate()
    await calls(100, { status: 'failure' })
    clock.set('2026-11-20T11:59:30Z')
    expect(await alerts.evaluate()).toEqual([])
  })

  it('asks for the usage of all tenants in one question for each window', async () => {
    for (const tenantId of ['acme', 'globex', 'initech', 'umbrella']) await calls(30, { tenantId, status: 'failure' })
    const events = await alerts.evaluate()
    expect(new Set(events.map(({ tenantId }) => tenantId)).size).toBe(4)
    expect(measured).toBe(2) // The last quarter of an hour, and eight days.
  })

  it('that cannot be evaluated for one kind is for the others, and names the reason', async () => {
    await calls(100, { status: 'failure' })
    const failing = createAlerts({
      store: postgresAlertStore(test.database),
      measure: postgresUsageStore({ database: test.database }).measure,
      maintenance: postgresRollupMaintenance(test.database),
      quotas: { alerts: () => Promise.reject(new Error('no quotas')) },
      clock,
      ids: randomIds(),
    })
    await expect(failing.evaluate()).rejects.toThrow('Alert rules could not be evaluated: QUOTA_EXCEEDED (TENANT): no quotas')
    expect(await raised()).toEqual(['ERROR_RATE acme'])
  })
})

describe('an evaluation that fails', () => {
  it('leaves nothing behind, and is made up for', async () => {
    await calls(100, { status: 'failure', latencyMs: 9_000 })
    await test.asOwner('alter table alerts.events add constraint broken check (false) not valid')
    await expect(alerts.evaluate()).rejects.toThrow('ERROR_RATE (TENANT)')
    expect(await raised()).toEqual([])
    const errorRate = (await alerts.rules()).find(({ kind, scope }) => kind === 'ERROR_RATE' && scope === 'TENANT')
    expect(errorRate?.evaluatedAt).toBeNull()
    await test.asOwner('alter table alerts.events drop constraint broken')
    expect(told(await alerts.evaluate())).toEqual(['RAISED ERROR_RATE acme 1'])
  })
})

describe('the installation', () => {
  it('is judged by the calls of all tenants as one', async () => {
    for (const kind of ['LATENCY_P99', 'COST_ANOMALY'] as const) await alerts.setRule({ kind, scope: 'INSTALLATION' }, { enabled: true })
    for (let back = 7; back >= 1; back--) await calls(10, { minutesAgo: back * 24 * 60 + 30, cost: '0.01', tenantId: back % 2 === 0 ? 'acme' : 'globex' })
    for (const tenantId of ['acme', 'globex']) await calls(10, { minutesAgo: 5, cost: '0.05', latencyMs: 9_000, tenantId })
    // Ten calls of a tenant raise nothing; twenty of two do.
    expect(told(await alerts.evaluate())).toEqual(['RAISED COST_ANOMALY * 10'])
    expect((await minutes(1)).map(text => text.replace(/\d+$/, 'ms'))).toEqual(['RAISED LATENCY_P99 * ms'])
  })
})

describe('events', () => {
  it('go by turns for each tenant, in one row of cursors, as notices do', async () => {
    await alerts.setRule({ kind: 'ERROR_RATE', scope: 'TENANT' }, { recoverAfter: 1, windowMinutes: 2 })
    for (let round = 0; round < 5; round++) {
      await calls(20, { status: 'failure', minutesAgo: 0 })
      if (round % 2 === 0) await calls(20, { status: 'failure', minutesAgo: 0, tenantId: 'globex' })
      await Promise.all([alerts.evaluate(), alertsOver(test).evaluate()])
      await minutes(4)
    }
    const { events } = await alerts.events(OPERATOR_SCOPE, { first: 100 })
    const cursors = events.map(({ cursor }) => Number(cursor))
    expect(cursors).toEqual(cursors.map((_, at) => (cursors[0] ?? 0) + at))
    const of = (tenantId: string) => events.filter(event => event.tenantId === tenantId).map(({ type }) => type)
    expect(of('acme').join(' ')).toBe('RAISED RECOVERED '.repeat(5).trim())
    expect(of('globex').join(' ')).toBe('RAISED RECOVERED '.repeat(3).trim())

    const source = alertNotices(alerts)
    const some = await source.read({ first: 3 })
    const rest = await source.read({ after: some.at(-1)?.cursor, first: 100 })
    const notices = [...some, ...rest]
    expect(notices.map(({ cursor }) => cursor)).toEqual(events.map(({ cursor }) => cursor))
    expect(new Set(notices.map(({ id }) => id)).size).toBe(notices.length)
    expect(notices[0]).toMatchObject({ type: 'alert.raised', tenantId: 'acme', data: { kind: 'ERROR_RATE', value: '1', threshold: '0.05' } })
    expect(JSON.parse(JSON.stringify(notices[0]?.data))).toEqual(notices[0]?.data)
    await alerts.setRule({ kind: 'ERROR_RATE', scope: 'TENANT' }, { recoverAfter: 3, windowMinutes: 15 })
  })

  it('are told on the channel when they commit', async () => {
    const heard: string[] = []
    const { openNotificationListener } = await import('@tollgate/postgres')
    const listener = await openNotificationListener({ url: test.url })
    await listener.listen(alertNotices(alerts).channel, { notification: payload => void heard.push(payload), gap: () => {} })
    await calls(100, { status: 'failure' })
    const [event] = await alerts.evaluate()
    await expect.poll(() => heard).toEqual([event?.cursor])
    await listener.close()
  })
})

describe('a tenant', () => {
  it('sees its own alerts and events, and no one else’s, nor the installation’s', async () => {
    await alerts.setRule({ kind: 'ERROR_RATE', scope: 'INSTALLATION' }, { enabled: true })
    for (const tenantId of ['acme', 'globex']) await calls(100, { tenantId, status: 'failure' })
    await alerts.evaluate()
    expect((await raised()).toSorted()).toEqual(['ERROR_RATE *', 'ERROR_RATE acme', 'ERROR_RATE globex'])
    expect(await raised(tenantScope('acme'))).toEqual(['ERROR_RATE acme'])
    expect((await alerts.events(tenantScope('globex'), { first: 10 })).events.map(({ tenantId }) => tenantId)).toEqual(['globex'])
    const { alerts: all } = await alerts.alerts(OPERATOR_SCOPE, { first: 10 })
    expect(
      (
        await alerts.alertsByIds(
          tenantScope('acme'),
          all.map(({ id }) => id),
        )
      ).map(({ tenantId }) => tenantId),
    ).toEqual(['acme'])
    for (const table of ['alerts', 'events', 'rules', 'quota_cursor', 'event_cursor']) {
      const rows = await test.database.query<{ tenant_id?: string }>(tenantScope('acme'), `select * from alerts.${table}`)
      expect(rows.every(({ tenant_id }) => tenant_id === 'acme')).toBe(true)
      expect(rows.length > 0).toBe(table === 'alerts' || table === 'events')
    }
  })

  it('is judged by its own calls: one that fails does not raise another’s alert', async () => {
    await calls(100, { tenantId: 'acme' })
    await calls(100, { tenantId: 'globex', status: 'failure', latencyMs: 60_000, cost: '100' })
    await minutes(3)
    expect(new Set(await raised())).toEqual(new Set(['ERROR_RATE globex', 'LATENCY_P99 globex']))
  })
})

describe('a rule', () => {
  const errorRate = { kind: 'ERROR_RATE', scope: 'TENANT' } as const

  it('that is switched off lets its alerts recover, and raises none', async () => {
    await calls(100, { status: 'failure' })
    await alerts.evaluate()
    await alerts.setRule(errorRate, { enabled: false })
    const { events } = await alerts.events(OPERATOR_SCOPE, { first: 10 })
    expect(told(events)).toEqual(['RAISED ERROR_RATE acme 1', 'RECOVERED ERROR_RATE acme -'])
    expect(events[1]?.message).toBe('Tenant acme: recovered, because its rule was switched off.')
    expect(await minutes(2)).toEqual(['', ''])
    await alerts.setRule(errorRate, { enabled: true })
    expect(await minutes(1)).toEqual(['RAISED ERROR_RATE acme 1'])
  })

  it('has thresholds of single tenants', async () => {
    await alerts.setTenantThreshold({ kind: 'ERROR_RATE', tenantId: 'globex', threshold: new Decimal('0.5') })
    for (const tenantId of ['acme', 'globex']) {
      await calls(80, { tenantId })
      await calls(20, { tenantId, status: 'failure' })
    }
    expect(await minutes(1)).toEqual(['RAISED ERROR_RATE acme 0.2'])
    const rule = await alerts.setTenantThreshold({ kind: 'ERROR_RATE', tenantId: 'globex', threshold: null })
    expect(rule.tenantThresholds).toEqual([])
    expect(await minutes(1)).toEqual(['RAISED ERROR_RATE globex 0.2'])
  })

  it('that was changed after an evaluation looked is evaluated again, with what it says now', async () => {
    await calls(100, { status: 'failure' })
    const usage = postgresUsageStore({ database: test.database })
    const changing = createAlerts({
      store: postgresAlertStore(test.database),
      measure: async (scope, query) => {
        await alerts.setRule(errorRate, { recoverAfter: 3 })
        return usage.measure(scope, query)
      },
      maintenance: postgresRollupMaintenance(test.database),
      quotas,
      clock,
      ids: randomIds(),
    })
    expect(told(await changing.evaluate())).toEqual([])
    expect(told(await alerts.evaluate())).toEqual(['RAISED ERROR_RATE acme 1'])
  })

  it.each([
    [{ threshold: new Decimal('5') }, 'threshold: must be a part of the calls, from 0 to 1 (5 % is 0.05), not 5'],
    [{ threshold: new Decimal(-1), recoverRatio: new Decimal('1.1') }, 'threshold: must be 0 or more, not -1; recoverRatio: must be from 0 to 1, not 1.1'],
    [
      { windowMinutes: 0, minimumCalls: 0 },
      'windowMinutes: must be a whole number from 1 to 10080, not 0; minimumCalls: must be a whole number from 1 to 1000000, not 0',
    ],
    [
      { raiseAfter: 1.5, recoverAfter: 1_001 },
      'raiseAfter: must be a whole number from 1 to 1000, not 1.5; recoverAfter: must be a whole number from 1 to 1000, not 1001',
    ],
  ])('refuses %o', async (change, message) => {
    const before = await alerts.rules()
    await expect(alerts.setRule(errorRate, change)).rejects.toThrow(message)
    expect(await alerts.rules()).toEqual(before)
  })

  it('refuses what makes no sense for its kind', async () => {
    await expect(alerts.setRule({ kind: 'VERIFICATION_FAILED', scope: 'TENANT' }, {})).rejects.toThrow('scope: VERIFICATION_FAILED has no rule for TENANT')
    await expect(alerts.setRule({ kind: 'QUOTA_EXCEEDED', scope: 'TENANT' }, { minimumCalls: 5 })).rejects.toThrow('minimumCalls: is not for QUOTA_EXCEEDED')
    await expect(alerts.setRule({ kind: 'COST_ANOMALY', scope: 'TENANT' }, { windowMinutes: 90 })).rejects.toThrow('windowMinutes: must be whole hours')
  })

  it('is listed with the kinds that are raised counted', async () => {
    await calls(100, { status: 'failure' })
    await alerts.evaluate()
    expect(await alerts.raisedByKind()).toEqual(new Map([['ERROR_RATE', 1]]))
    expect((await alerts.rules()).filter(({ scope, evaluatedAt }) => scope === 'TENANT' && evaluatedAt !== null).map(({ kind }) => kind)).toEqual(
      KINDS_FOR_TENANTS,
    )
  })
})
