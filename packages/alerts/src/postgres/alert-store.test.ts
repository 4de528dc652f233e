import { openNotificationListener } from '@tollgate/postgres'
import { countReads, createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import { countingIds, Decimal, OPERATOR_SCOPE, Temporal, tenantScope } from '@tollgate/kernel'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { AlertStore } from '../alert-store.ts'
import type { AlertEvent } from '../model/alert.ts'
import { describeAlertStore } from '../testing/index.ts'
import { ALERT_EVENTS_CHANNEL, postgresAlertStore } from './index.ts'

let test: TestDatabase
const ids = countingIds()

beforeAll(async () => {
  test = await createTestDatabase()
  await test.asOwner('create table public.default_rules as select * from alerts.rules')
})
afterAll(() => test.drop())

async function emptyStore(): Promise<AlertStore> {
  await test.asOwner('truncate alerts.events, alerts.alerts, alerts.streaks, alerts.quota_crossings, alerts.tenant_thresholds')
  await test.asOwner('update alerts.event_cursor set last = 0')
  await test.asOwner('update alerts.quota_cursor set last = null')
  await test.asOwner('delete from alerts.rules')
  await test.asOwner('insert into alerts.rules select * from public.default_rules')
  return postgresAlertStore(test.database)
}

describeAlertStore('PostgreSQL', emptyStore)

it('a page of a large tenant reads only itself', async () => {
  await emptyStore()
  const id = `('0190' || lpad(to_hex(n), 28, '0'))::uuid`
  // The older half of the rows belongs to one tenant, and each newer one to another.
  const tenant = `case when n <= 1500 then 'large' else 'small-' || n end`
  await test.asOwner(`
    insert into alerts.alerts (id, kind, scope, tenant_id, raised_at, recovered_at, value, threshold, message, details)
    select ${id}, 'ERROR_RATE', 'TENANT', ${tenant}, '2026-11-20', '2026-11-20', 1, 0.5, '', '{}' from generate_series(1, 3000) as n`)
  await test.asOwner(`
    insert into alerts.events (cursor, alert_id, type, kind, scope, tenant_id, occurred_at, value, threshold, message, details)
    select 3001 - n, ${id}, 'RAISED', 'ERROR_RATE', 'TENANT', ${tenant}, '2026-11-20', 1, 0.5, '', '{}' from generate_series(1, 3000) as n`)
  await test.asOwner('vacuum analyze alerts.alerts, alerts.events')
  const { database, reads } = countReads(test.database, { schema: 'alerts', plansFor: 'these values' })
  const counted = postgresAlertStore(database)
  for (const scope of [tenantScope('large'), OPERATOR_SCOPE]) {
    const alerts = await counted.alerts(scope, { first: 5 })
    expect(await counted.alerts(scope, { first: 5, after: alerts.at(-1)?.id })).toHaveLength(5)
    const events = await counted.events(scope, { first: 5 })
    expect(await counted.events(scope, { first: 5, after: events.at(-1)?.cursor })).toHaveLength(5)
  }
  expect(reads.filter(({ rows }) => rows > 10)).toEqual([])
})

describe('the tables of alerts', () => {
  let store: AlertStore
  beforeEach(async () => {
    store = await emptyStore()
  })

  async function raise(...tenants: string[]): Promise<readonly AlertEvent[]> {
    const rule = (await store.rules()).find(({ kind, scope }) => kind === 'ERROR_RATE' && scope === 'TENANT')
    if (rule === undefined) throw new Error('There is no rule')
    const at = Temporal.Instant.from('2026-11-20T12:00:00Z')
    const observations = tenants.map(tenantId => ({ tenantId, value: new Decimal(1), calls: 100, details: {} }))
    const result = await store.evaluate({ rule, at, observations, newAlertId: () => ids.uuidV7(at.epochMilliseconds) })
    return result.outcome === 'evaluated' ? result.events : []
  }

  it('show a tenant its own rows only, and nothing of rules and cursors', async () => {
    await raise('acme', 'globex')
    for (const table of ['alerts', 'events', 'rules', 'quota_cursor', 'event_cursor']) {
      const rows = await test.database.query<{ tenant_id?: string }>(tenantScope('acme'), `select * from alerts.${table}`)
      expect(rows.every(({ tenant_id }) => tenant_id === 'acme')).toBe(true)
      expect(rows.length > 0).toBe(table === 'alerts' || table === 'events')
    }
  })

  it('are unchanged after an evaluation that fails while it writes, and the instant stays due', async () => {
    await test.asOwner('alter table alerts.events add constraint broken check (false) not valid')
    await expect(raise('acme')).rejects.toThrow(/broken/)
    expect(await store.alerts(OPERATOR_SCOPE, { first: 10 })).toEqual([])
    expect((await store.rules()).every(({ evaluatedAt }) => evaluatedAt === null)).toBe(true)
    await test.asOwner('alter table alerts.events drop constraint broken')
    expect(await raise('acme')).toHaveLength(1)
  })

  it('notify the channel of the last cursor when events commit', async () => {
    const payloads: string[] = []
    const listener = await openNotificationListener({ url: test.url })
    await listener.listen(ALERT_EVENTS_CHANNEL, { notification: payload => void payloads.push(payload), gap: () => {} })
    const events = await raise('acme', 'globex')
    await expect.poll(() => payloads).toEqual([events.at(-1)?.cursor])
    await listener.close()
  })

  it.each([
    'update alerts.events set message = message',
    'delete from alerts.events',
    'delete from alerts.alerts',
    `update alerts.alerts set tenant_id = 'globex'`,
  ])('refuse "%s", even from an operator', async statement => {
    await expect(test.database.query(OPERATOR_SCOPE, statement)).rejects.toThrow(/permission denied/)
  })
})
