import { OPERATOR_SCOPE, randomIds, settableClock, tenantScope } from '@tollgate/kernel'
import { createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createActivityLog } from '../index.ts'
import type { ActivityCount } from '../model/activity-count.ts'
import { makeAudit } from '../testing/builders/make-audit.ts'
import { describeActivityStore } from '../testing/index.ts'
import { postgresActivityStore, postgresAuditStore } from './index.ts'
import { TAKE, TENANTS } from './postgres-activity-store.ts'

describeActivityStore('PostgreSQL', async () => {
  const contract = await createTestDatabase({ poolSize: 6 })
  return {
    store: postgresActivityStore({ ...contract, ids: randomIds() }),
    transaction: (tenantIds, work) => contract.database.transaction(tenantScope(...tenantIds), work),
    close: () => contract.drop(),
  }
})

let test: TestDatabase
beforeAll(async () => {
  test = await createTestDatabase()
})
afterAll(() => test.drop())

const tracked = (tenantId: string): ActivityCount => {
  return { tenantId, actor: { kind: 'key', id: 'key_1' }, family: 'usage', action: 'tracked', calls: 1, counts: { accepted: 10 } }
}

it('records counts of committed transactions as events, those of rolled back ones never, and each once with several processes', async () => {
  const clock = settableClock('2026-11-20T12:00:30Z')
  const makeLog = () => createActivityLog({ store: postgresActivityStore({ ...test, ids: randomIds() }), audit: makeAudit(postgresAuditStore(test)), clock })
  const [one, two] = [makeLog(), makeLog()]
  for (let i = 0; i < 5; i++) await test.database.transaction(tenantScope('acme'), transaction => one.countIn(transaction, [tracked('acme')]))
  const failing = test.database.transaction(tenantScope('acme'), async transaction => {
    await two.countIn(transaction, [tracked('acme')])
    throw new Error('The commit failed')
  })
  await expect(failing).rejects.toThrow('The commit failed')
  two.count(tracked('globex'))
  await two.flush()

  clock.advance({ minutes: 1 })
  expect(await one.recordMinutes()).toBe(0)
  clock.advance({ minutes: 1 })
  const recorded = await Promise.all([one.recordMinutes(), two.recordMinutes(), one.recordMinutes()])
  expect(recorded.reduce((sum, events) => sum + events)).toBe(2)

  const audit = makeAudit(postgresAuditStore(test))
  const { items } = await audit.trail({ tenantId: 'acme' })
  expect(items).toMatchObject([{ family: 'usage', action: 'tracked', actor: { id: 'key_1' }, count: 5, details: { accepted: 50 } }])
  expect(items[0]?.occurredAt.toString()).toBe('2026-11-20T12:00:00Z')
  expect(await audit.verify({ tenantId: 'acme' })).toMatchObject({ valid: true, events: 1 })
  expect(await test.database.query(OPERATOR_SCOPE, 'select 1 from audit.activity_counts')).toEqual([])
})

it('shows a tenant its own counts only', async () => {
  await postgresActivityStore({ ...test, ids: randomIds() }).add(
    ['acme', 'globex'].map(tenantId => ({ ...tracked(tenantId), minute: settableClock('2026-11-20T12:00:00Z').now() })),
  )
  expect(await test.database.query(tenantScope('acme'), 'select tenant_id from audit.activity_counts')).toEqual([{ tenant_id: 'acme' }])
})

it('reads counts by the primary key', async () => {
  await test.asOwner(`insert into audit.activity_counts
    select 'tenant-' || i % 10, now() - i % 1000 * interval '1 minute', gen_random_uuid(), 'key', 'key_1', 'usage', 'tracked', 1, '{}' from generate_series(1, 20000) as i`)
  await test.asOwner('analyze audit.activity_counts')
  const now = new Date().toISOString()
  for (const [statement, values] of [
    [TENANTS, ['', now, 100]],
    [TAKE, ['tenant-1', now]],
  ] as const) {
    const plan = await test.database.query<{ 'QUERY PLAN': string }>(tenantScope('tenant-1'), `explain ${statement}`, values)
    const text = plan.map(row => row['QUERY PLAN']).join('\n')
    expect(text).toContain('activity_counts_pkey')
    expect(text).not.toContain('Seq Scan')
  }
})
