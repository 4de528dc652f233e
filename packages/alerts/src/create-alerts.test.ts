import { Decimal, OPERATOR_SCOPE, randomIds, type SettableClock, settableClock, Temporal, tenantScope } from '@tollgate/kernel'
import { beforeEach, describe, expect, it } from 'vitest'
import type { AlertStore } from './alert-store.ts'
import type { Alerts } from './alerts.ts'
import { createAlerts } from './create-alerts.ts'
import { type MemoryUsageMeter, memoryAlertStore, memoryUsageMeter, type MeteredCall } from './memory/index.ts'
import type { AlertEvent } from './model/alert.ts'
import type { AlertKind } from './model/alert-kind.ts'
import type { QuotaCrossing } from './model/exceeded-quota.ts'
import type { RollupDifference } from './model/rollup-difference.ts'
import type { RollupVerifier } from './rollup-verifier.ts'
import type { QuotaWatch } from './quota-watch.ts'
import type { UsageMeter } from './usage-meter.ts'

const TENANT_KINDS: AlertKind[] = ['QUOTA_EXCEEDED', 'LATENCY_P99', 'ERROR_RATE', 'COST_ANOMALY']
const ERROR_RATE = { kind: 'ERROR_RATE', scope: 'TENANT' } as const
const DAY_MINUTES = 24 * 60

let clock: SettableClock
let store: AlertStore
let usage: MemoryUsageMeter
let crossings: QuotaCrossing[]
let differences: RollupDifference[]
let alerts: Alerts

beforeEach(() => {
  clock = settableClock('2026-11-20T12:00:00Z')
  store = memoryAlertStore()
  usage = memoryUsageMeter()
  crossings = []
  differences = []
  alerts = startServer()
})

/** Creates alerts over the same store as every other server of the test. */
function startServer(ports: { usage?: UsageMeter; quotas?: QuotaWatch; rollups?: RollupVerifier } = {}): Alerts {
  const quotas: QuotaWatch = {
    crossings: async ({ after = '0', first }) => crossings.filter(({ cursor }) => Number(cursor) > Number(after)).slice(0, first),
  }
  const rollups: RollupVerifier = {
    async verify(_range, signal) {
      signal?.throwIfAborted()
      return differences
    },
  }
  return createAlerts({ store, usage, quotas, rollups, clock, ids: randomIds(), ...ports })
}

/** Records calls of a tenant at a time before now. */
function record(count: number, { minutesAgo = 1, tenantId = 'acme', ...call }: Partial<Omit<MeteredCall, 'at'>> & { minutesAgo?: number } = {}): void {
  const at = clock.now().subtract({ minutes: minutesAgo })
  usage.record(...Array.from({ length: count }, () => ({ tenantId, at, ...call })))
}

function cross(threshold: string, tenantId = 'acme', count = 1): void {
  for (let n = 0; n < count; n++) {
    crossings.push({
      cursor: String(crossings.length + 1),
      tenantId,
      occurredAt: clock.now(),
      threshold: new Decimal(threshold),
      policyId: 'p1',
      metric: 'requests',
      operation: null,
      window: 'day',
      scopeValue: [],
      used: new Decimal(5),
      limit: new Decimal(5),
    })
  }
}

const summarize = (events: readonly AlertEvent[]) =>
  events.map(({ type, kind, tenantId, value }) => `${type} ${kind} ${tenantId ?? '*'} ${value?.toFixed() ?? '-'}`)

/** Evaluates once a minute, and returns what happened in each. */
async function minutes(count: number): Promise<string[]> {
  const happened: string[] = []
  for (let minute = 0; minute < count; minute++) {
    clock.advance({ minutes: 1 })
    happened.push(summarize(await alerts.evaluate()).join(', '))
  }
  return happened
}

const raised = async (scope = OPERATOR_SCOPE) =>
  (await alerts.alerts(scope, { state: 'RAISED', first: 100 })).items.map(({ kind, tenantId }) => `${kind} ${tenantId ?? '*'}`)
const newestAlert = async () => (await alerts.alerts(OPERATOR_SCOPE, { first: 1 })).items[0]

it('starts with eight rules, of which five are enabled', async () => {
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

describe('the latency rule', () => {
  it('raises when the 99th percentile is above the threshold twice in a row', async () => {
    record(98, { latencyMs: 100, minutesAgo: 0 })
    record(2, { latencyMs: 9_000, minutesAgo: 0 })
    expect(await minutes(2)).toEqual(['', 'RAISED LATENCY_P99 acme 9000'])
    expect(await newestAlert()).toMatchObject({
      message: 'Tenant acme: p99 latency was 9000 ms in the last 15 minutes, above the threshold of 5000 ms.',
      details: { calls: 100, p50Ms: 100, p95Ms: 100, p99Ms: 9_000 },
    })
  })

  it('ignores calls without a latency', async () => {
    record(100)
    expect(await minutes(2)).toEqual(['', ''])
  })
})

describe('the error rate rule', () => {
  it('does not raise for fewer calls than the minimum, nor for calls before its window', async () => {
    record(19, { status: 'failure' })
    record(500, { status: 'failure', minutesAgo: 16 })
    expect(await minutes(3)).toEqual(['', '', ''])
  })

  it('raises once while the rate oscillates around the threshold', async () => {
    const happened: string[] = []
    for (let minute = 0; minute < 20; minute++) {
      record(100, { minutesAgo: 0 })
      record(minute % 2 === 0 ? 12 : 0, { status: 'failure', minutesAgo: 0 })
      happened.push(...(await minutes(1)))
    }
    expect(happened.filter(text => text !== '')).toEqual(['RAISED ERROR_RATE acme 0.107143'])
  })

  it('says why an alert recovered', async () => {
    record(100, { status: 'failure', minutesAgo: 0 })
    await minutes(1)
    record(10_000, { minutesAgo: 0 })
    await minutes(3)
    record(100, { tenantId: 'globex', status: 'failure', minutesAgo: 0 })
    await minutes(20)
    const { items } = await alerts.events(OPERATOR_SCOPE, { first: 10 })
    expect(items.filter(({ type }) => type === 'RECOVERED').map(({ message }) => message)).toEqual([
      'Tenant acme: recovered; 0.9901 % of calls failed or were rate-limited in the last 15 minutes, within the threshold of 5 %.',
      'Tenant globex: recovered; there were no calls in the last 15 minutes.',
    ])
  })
})

describe('the cost rule', () => {
  const recordDays = (costPerCall: string, tenantId = 'acme', days = 7) => {
    for (let back = days; back >= 1; back--) record(20, { minutesAgo: back * DAY_MINUTES + 30, cost: costPerCall, tenantId })
  }

  it('is evaluated once an hour', async () => {
    recordDays('0.01')
    await alerts.evaluate()
    record(20, { minutesAgo: 30, cost: '1' })
    expect(await minutes(59)).toEqual(Array(59).fill(''))
    expect(await minutes(1)).toEqual(['RAISED COST_ANOMALY acme 100'])
    expect(await newestAlert()).toMatchObject({
      message: 'Tenant acme: cost in the last 24 hours was 100 times the average of the 7 windows before, above the threshold of 2 times.',
      details: { cost: '20', averageCost: '0.2', averagedWindows: 7, calls: 20, unpricedCalls: 0 },
    })
  })

  it('does not apply to a tenant until there are three days to average', async () => {
    recordDays('0.01', 'globex', 2)
    record(20, { minutesAgo: 30, cost: '1', tenantId: 'globex' })
    recordDays('0.01', 'acme', 3)
    record(20, { minutesAgo: 30, cost: '0.04' })
    expect(summarize(await alerts.evaluate())).toEqual(['RAISED COST_ANOMALY acme 4'])
  })

  it('does not apply to a tenant whose average cost is 0', async () => {
    recordDays('0')
    record(20, { minutesAgo: 30, cost: '1' })
    expect(await alerts.evaluate()).toEqual([])
  })
})

describe('the quota rule', () => {
  it('raises at once when a limit is reached, and recovers after a window without one', async () => {
    cross('80')
    expect(await minutes(1)).toEqual([''])
    cross('100')
    expect(await minutes(1)).toEqual(['RAISED QUOTA_EXCEEDED acme 1'])
    expect(await newestAlert()).toMatchObject({
      message: 'Tenant acme: 1 quota limit was reached in the last 24 hours, above the threshold of 0.',
      details: {
        reached: 1,
        last: { policyId: 'p1', metric: 'requests', operation: null, window: 'day', scopeValue: [], used: '5', limit: '5', occurredAt: '2026-11-20T12:01:00Z' },
      },
    })
    clock.advance({ hours: 23 })
    expect(await minutes(1)).toEqual([''])
    clock.advance({ hours: 1 })
    expect(await minutes(1)).toEqual(['RECOVERED QUOTA_EXCEEDED acme -'])
    expect((await alerts.events(OPERATOR_SCOPE, { first: 10 })).items.at(-1)?.message).toBe(
      'Tenant acme: recovered; no quota limit was reached in the last 24 hours.',
    )
  })

  it('counts crossings of more than one page once, also when two servers read them at the same time', async () => {
    for (let n = 0; n < 1_250; n++) {
      cross('80')
      cross('100')
    }
    clock.advance({ minutes: 1 })
    const both = await Promise.all([alerts, startServer()].map(each => each.evaluate()))
    expect(summarize(both.flat())).toEqual(['RAISED QUOTA_EXCEEDED acme 1250'])
  })
})

describe('the verification rule', () => {
  const difference: RollupDifference = {
    table: 'rollups_hourly',
    bucketStart: Temporal.Instant.from('2026-11-20T11:00:00Z'),
    tenantId: 'acme',
    dimensionSetId: 'd1',
    measure: 'calls',
    expected: '3',
    actual: '4',
  }

  it('raises with the first ten differences, and recovers when there are none', async () => {
    differences = Array.from({ length: 12 }, () => difference)
    expect(summarize(await alerts.verify())).toEqual(['RAISED VERIFICATION_FAILED * 12'])
    const alert = await newestAlert()
    expect(alert?.message).toBe('The installation: verification of the last 24 hours found 12 wrong sums in rollups, above the threshold of 0.')
    expect(alert?.details).toEqual({ differences: 12, first: Array.from({ length: 10 }, () => ({ ...difference, bucketStart: '2026-11-20T11:00:00Z' })) })
    differences = []
    expect(await alerts.verify()).toEqual([])
    clock.advance({ hours: 1 })
    expect(summarize(await alerts.verify())).toEqual(['RECOVERED VERIFICATION_FAILED * 0'])
  })

  it('raises when verification fails, and says why', async () => {
    const failing = startServer({ rollups: { verify: () => Promise.reject(new Error('canceling statement due to statement timeout')) } })
    const [event] = await failing.verify()
    expect(event?.message).toBe('The installation: verification of rollups did not complete: canceling statement due to statement timeout.')
    clock.advance({ hours: 1 })
    expect(summarize(await alerts.verify())).toEqual(['RECOVERED VERIFICATION_FAILED * 0'])
  })

  it('raises nothing and stays due when verification is aborted', async () => {
    differences = [difference]
    await expect(alerts.verify(AbortSignal.abort(new Error('The server stops')))).rejects.toThrow('The server stops')
    expect(await raised()).toEqual([])
    expect(summarize(await alerts.verify())).toEqual(['RAISED VERIFICATION_FAILED * 1'])
  })

  it('raises once when a verification does not end within two hours, and recovers when one completes', async () => {
    const hanging = startServer({ rollups: { verify: () => new Promise(() => {}) } })
    void hanging.verify()
    await expect.poll(async () => (await store.rules()).some(({ pendingSince }) => pendingSince !== null)).toBe(true)
    clock.advance({ hours: 1 })
    void hanging.verify()
    expect(await minutes(2)).toEqual(['', ''])
    clock.advance({ hours: 1 })
    expect(await minutes(3)).toEqual(['RAISED VERIFICATION_FAILED * 1', '', ''])
    expect((await newestAlert())?.message).toBe('The installation: verification of rollups started at 2026-11-20T12:00:00Z and did not complete.')
    expect(summarize(await alerts.verify())).toEqual(['RECOVERED VERIFICATION_FAILED * 0'])
    expect(await minutes(2)).toEqual(['', ''])
  })
})

describe('an evaluation', () => {
  it('happens once for each instant, however many servers evaluate', async () => {
    record(100, { status: 'failure', latencyMs: 9_000 })
    const servers = [alerts, startServer(), startServer()]
    const first = await Promise.all(servers.map(server => server.evaluate()))
    expect(summarize(first.flat())).toEqual(['RAISED ERROR_RATE acme 1'])
    clock.advance({ seconds: 59 })
    expect(await Promise.all(servers.map(server => server.evaluate()))).toEqual([[], [], []])
    clock.advance({ seconds: 1 })
    const second = await Promise.all(servers.map(server => server.evaluate()))
    expect(summarize(second.flat())).toEqual(['RAISED LATENCY_P99 acme 9000'])
  })

  it('does not happen for an instant before the last one', async () => {
    await alerts.evaluate()
    record(100, { status: 'failure' })
    clock.set('2026-11-20T11:59:30Z')
    expect(await alerts.evaluate()).toEqual([])
  })

  it('evaluates the other rules if one fails, and names the reason', async () => {
    record(100, { status: 'failure' })
    const failing = startServer({ quotas: { crossings: () => Promise.reject(new Error('no quotas')) } })
    await expect(failing.evaluate()).rejects.toThrow('Alert rules could not be evaluated: QUOTA_EXCEEDED (TENANT): no quotas')
    expect(await raised()).toEqual(['ERROR_RATE acme'])
  })

  it('reads usage once for each window, however many tenants there are', async () => {
    for (const tenantId of ['acme', 'globex', 'initech', 'umbrella']) record(30, { tenantId, status: 'failure' })
    let reads = 0
    const counting: UsageMeter = {
      measure: request => {
        reads += 1
        return usage.measure(request)
      },
    }
    expect(await startServer({ usage: counting }).evaluate()).toHaveLength(4)
    expect(reads).toBe(2) // The last 15 minutes, and eight days of cost.
  })

  it('of the whole installation adds up the calls of all tenants', async () => {
    for (const kind of ['LATENCY_P99', 'COST_ANOMALY'] as const) await alerts.setRule({ kind, scope: 'INSTALLATION' }, { enabled: true })
    for (let back = 7; back >= 1; back--) record(10, { minutesAgo: back * DAY_MINUTES + 30, cost: '0.01', tenantId: back % 2 === 0 ? 'acme' : 'globex' })
    for (const tenantId of ['acme', 'globex']) record(10, { minutesAgo: 5, cost: '0.05', latencyMs: 9_000, tenantId })
    // Each tenant has 10 calls, below the minimum of 20.
    expect(summarize(await alerts.evaluate())).toEqual(['RAISED COST_ANOMALY * 10'])
    expect(await minutes(1)).toEqual(['RAISED LATENCY_P99 * 9000'])
  })

  it('compares each tenant with its own calls', async () => {
    record(100, { tenantId: 'acme' })
    record(100, { tenantId: 'globex', status: 'failure', latencyMs: 60_000, cost: '100' })
    await minutes(3)
    expect(new Set(await raised())).toEqual(new Set(['ERROR_RATE globex', 'LATENCY_P99 globex']))
  })
})

describe('events', () => {
  it('alternate between raise and recovery for each tenant, in one sequence of cursors', async () => {
    await alerts.setRule(ERROR_RATE, { recoverAfter: 1, windowMinutes: 2 })
    for (let round = 0; round < 5; round++) {
      record(20, { status: 'failure', minutesAgo: 0 })
      if (round % 2 === 0) record(20, { status: 'failure', minutesAgo: 0, tenantId: 'globex' })
      await Promise.all([alerts.evaluate(), startServer().evaluate()])
      await minutes(4)
    }
    const { items } = await alerts.events(OPERATOR_SCOPE, { first: 100 })
    const cursors = items.map(({ cursor }) => Number(cursor))
    expect(cursors).toEqual(cursors.map((_, index) => (cursors[0] ?? 0) + index))
    const typesOf = (tenantId: string) => items.filter(event => event.tenantId === tenantId).map(({ type }) => type)
    expect(typesOf('acme').join(' ')).toBe('RAISED RECOVERED '.repeat(5).trim())
    expect(typesOf('globex').join(' ')).toBe('RAISED RECOVERED '.repeat(3).trim())
  })

  it('come in pages that continue after a cursor', async () => {
    for (const tenantId of ['acme', 'globex', 'initech']) record(30, { tenantId, status: 'failure' })
    await alerts.evaluate()
    const first = await alerts.events(OPERATOR_SCOPE, { first: 2 })
    expect([first.items.length, first.hasMore]).toEqual([2, true])
    const rest = await alerts.events(OPERATOR_SCOPE, { after: first.items.at(-1)?.cursor, first: 2 })
    expect([rest.items.length, rest.hasMore]).toEqual([1, false])
    expect(await alerts.lastEvent()).toBe(rest.items[0]?.cursor)
  })

  it.each([
    [{ first: 0 }, 'first: must be from 1 to 1000, not 0'],
    [{ first: 1_001 }, 'first: must be from 1 to 1000, not 1001'],
    [{ first: 1.5 }, 'first: must be from 1 to 1000, not 1.5'],
    [{ first: 1, after: '-1' }, 'after: must be the cursor of an event'],
    [{ first: 1, after: '9'.repeat(19) }, 'after: must be the cursor of an event'],
  ])('reject the page %o', async (page, message) => {
    await expect(alerts.events(OPERATOR_SCOPE, page)).rejects.toThrow(message)
  })
})

describe('a tenant', () => {
  it('sees its own alerts and events, and not those of other tenants or of the installation', async () => {
    await alerts.setRule({ kind: 'ERROR_RATE', scope: 'INSTALLATION' }, { enabled: true })
    for (const tenantId of ['acme', 'globex']) record(100, { tenantId, status: 'failure' })
    await alerts.evaluate()
    expect((await raised()).toSorted()).toEqual(['ERROR_RATE *', 'ERROR_RATE acme', 'ERROR_RATE globex'])
    expect(await raised(tenantScope('acme'))).toEqual(['ERROR_RATE acme'])
    expect((await alerts.events(tenantScope('globex'), { first: 10 })).items.map(({ tenantId }) => tenantId)).toEqual(['globex'])
    const ids = (await alerts.alerts(OPERATOR_SCOPE, { first: 10 })).items.map(({ id }) => id)
    expect((await alerts.alertsByIds(tenantScope('acme'), ids)).map(({ tenantId }) => tenantId)).toEqual(['acme'])
  })
})

describe('a rule', () => {
  it('recovers its alerts when it is disabled, and raises none until it is enabled', async () => {
    record(100, { status: 'failure' })
    await alerts.evaluate()
    await alerts.setRule(ERROR_RATE, { enabled: false })
    const { items } = await alerts.events(OPERATOR_SCOPE, { first: 10 })
    expect(summarize(items)).toEqual(['RAISED ERROR_RATE acme 1', 'RECOVERED ERROR_RATE acme -'])
    expect(items[1]?.message).toBe('Tenant acme: recovered; its rule was disabled.')
    expect(await minutes(2)).toEqual(['', ''])
    await alerts.setRule(ERROR_RATE, { enabled: true })
    expect(await minutes(1)).toEqual(['RAISED ERROR_RATE acme 1'])
  })

  it('uses the threshold of a tenant that has its own', async () => {
    await alerts.setTenantThreshold({ kind: 'ERROR_RATE', tenantId: 'globex', threshold: new Decimal('0.5') })
    for (const tenantId of ['acme', 'globex']) {
      record(80, { tenantId })
      record(20, { tenantId, status: 'failure' })
    }
    expect(await minutes(1)).toEqual(['RAISED ERROR_RATE acme 0.2'])
    const rule = await alerts.setTenantThreshold({ kind: 'ERROR_RATE', tenantId: 'globex', threshold: null })
    expect(rule.tenantThresholds).toEqual([])
    expect(await minutes(1)).toEqual(['RAISED ERROR_RATE globex 0.2'])
  })

  it('is evaluated again if it changes while an evaluation reads usage', async () => {
    record(100, { status: 'failure' })
    const changing: UsageMeter = {
      measure: async request => {
        await alerts.setRule(ERROR_RATE, { recoverAfter: 3 })
        return usage.measure(request)
      },
    }
    expect(summarize(await startServer({ usage: changing }).evaluate())).toEqual([])
    expect(summarize(await alerts.evaluate())).toEqual(['RAISED ERROR_RATE acme 1'])
  })

  it.each([
    [{ threshold: new Decimal('5') }, 'threshold: must be a fraction of calls from 0 to 1, such as 0.05 for 5 %, not 5'],
    [{ threshold: new Decimal(-1), recoverRatio: new Decimal('1.1') }, 'threshold: must be 0 or more, not -1; recoverRatio: must be from 0 to 1, not 1.1'],
    [
      { windowMinutes: 0, minimumCalls: 0 },
      'windowMinutes: must be a whole number from 1 to 10080, not 0; minimumCalls: must be a whole number from 1 to 1000000, not 0',
    ],
    [
      { raiseAfter: 1.5, recoverAfter: 1_001 },
      'raiseAfter: must be a whole number from 1 to 1000, not 1.5; recoverAfter: must be a whole number from 1 to 1000, not 1001',
    ],
  ])('rejects the change %o and stays as it is', async (change, message) => {
    const before = await alerts.rules()
    await expect(alerts.setRule(ERROR_RATE, change)).rejects.toThrow(message)
    expect(await alerts.rules()).toEqual(before)
  })

  it('rejects settings that its kind does not have', async () => {
    await expect(alerts.setRule({ kind: 'VERIFICATION_FAILED', scope: 'TENANT' }, {})).rejects.toThrow('scope: VERIFICATION_FAILED has no rule for TENANT')
    await expect(alerts.setRule({ kind: 'QUOTA_EXCEEDED', scope: 'TENANT' }, { minimumCalls: 5 })).rejects.toThrow(
      'minimumCalls: cannot be set for QUOTA_EXCEEDED, which does not measure calls',
    )
    await expect(alerts.setRule({ kind: 'COST_ANOMALY', scope: 'TENANT' }, { windowMinutes: 90 })).rejects.toThrow('windowMinutes: must be whole hours')
  })

  it('has its own threshold for at most 1,000 tenants', async () => {
    const set = (tenantId: string) => alerts.setTenantThreshold({ kind: 'ERROR_RATE', tenantId, threshold: new Decimal('0.1') })
    for (let n = 0; n < 1_000; n++) await set(`tenant-${n}`)
    await set('tenant-7')
    await expect(set('one-more')).rejects.toThrow('tenantId: cannot be added: 1000 tenants, the maximum, already have their own threshold')
  })

  it('says when it was evaluated, and raised alerts are counted by kind', async () => {
    record(100, { status: 'failure' })
    await alerts.evaluate()
    expect(await alerts.raisedByKind()).toEqual(new Map([['ERROR_RATE', 1]]))
    expect((await alerts.rules()).filter(({ scope, evaluatedAt }) => scope === 'TENANT' && evaluatedAt !== null).map(({ kind }) => kind)).toEqual(TENANT_KINDS)
  })
})
