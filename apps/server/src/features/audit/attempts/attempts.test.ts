import { AuditStoreUnavailable, type AuditEvent, createAudit } from '@tollgate/audit'
import { memoryAuditLogs, memoryAuditStore } from '@tollgate/audit/memory'
import { countingIds, settableClock } from '@tollgate/kernel'
import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { MAX_INSTALLATION_EVENTS_PER_MINUTE, MAX_TENANT_EVENTS_PER_MINUTE, MAX_WAITING_ATTEMPTS } from './attempt-limits.ts'
import type { Attempt } from './attempt-log.ts'
import { backgroundAttemptLog } from './background-attempt-log.ts'

const DENIED: Attempt = {
  tenantId: 'acme',
  actor: { kind: 'key', id: 'key_1' },
  family: 'security',
  action: 'permissionDenied',
  result: 'denied',
  code: 'FORBIDDEN',
  errorMessage: 'Your API key does not have the scope "audit:read".',
  requestId: 'request-1',
  ipAddress: '203.0.113.7',
  userAgent: 'curl/8',
}
const UNKNOWN_KEY: Attempt = { ...DENIED, tenantId: null, actor: { kind: 'key', id: 'tg_AAAAAAAA' }, action: 'authenticationFailed', code: 'UNAUTHENTICATED' }

function makeLog() {
  const clock = settableClock('2026-11-20T12:00:10Z')
  const logs = memoryAuditLogs()
  const audit = createAudit({ store: memoryAuditStore({ logs }), keys: { installation: 'x', signingKeys: [] }, clock, ids: countingIds(), randomBytes })
  const store = { isDown: false }
  const recordEvents: typeof audit.recordEvents = async request => {
    if (store.isDown) throw new AuditStoreUnavailable()
    return audit.recordEvents(request)
  }
  const attempts = backgroundAttemptLog({ audit: { recordEvents }, clock, ids: countingIds() })
  const events = (tenantId: string | null): readonly AuditEvent[] => logs.get(tenantId)?.entries ?? []
  const nextMinute = async () => {
    clock.advance({ minutes: 1 })
    await attempts.write()
  }
  return { attempts, clock, events, store, nextMinute, tenants: () => [...logs.keys()] }
}

const attemptsIn = (events: readonly AuditEvent[]) => events.reduce((sum, { count }) => sum + count, 0)

describe('attempts', () => {
  it('are recorded at once with all details if they are the first of their kind in a minute, and counted in one event otherwise', async () => {
    const { attempts, clock, events, nextMinute } = makeLog()
    attempts.record(DENIED)
    await attempts.write()
    const first = { family: 'security', action: 'permissionDenied', result: 'denied', actor: { kind: 'key', id: 'key_1' } }
    expect(events('acme')).toMatchObject([
      { ...first, requestId: 'request-1', personal: { ipAddress: '203.0.113.7', userAgent: 'curl/8' }, details: { code: 'FORBIDDEN' } },
    ])

    clock.advance({ seconds: 1 })
    attempts.record({ ...DENIED, requestId: 'request-2' })
    clock.advance({ seconds: 30 })
    attempts.record({ ...DENIED, requestId: 'request-3' })
    await attempts.write()
    expect(events('acme')).toHaveLength(1)

    await nextMinute()
    expect(events('acme').slice(1)).toMatchObject([
      { ...first, requestId: null, count: 2, details: { code: 'FORBIDDEN', firstAt: '2026-11-20T12:00:11Z', lastAt: '2026-11-20T12:00:41Z' } },
    ])

    attempts.record(DENIED)
    await nextMinute()
    expect(events('acme')).toHaveLength(3)
  })

  it('from one key cannot fill the log of its tenant, and none is lost', async () => {
    const { attempts, events, nextMinute } = makeLog()
    for (let i = 0; i < 10_000; i++) attempts.record({ ...DENIED, action: `action${i % 500}`, result: i % 2 === 0 ? 'denied' : 'failure' })
    await nextMinute()
    expect(events('acme')).toHaveLength(MAX_TENANT_EVENTS_PER_MINUTE)
    expect(attemptsIn(events('acme'))).toBe(10_000)
    expect(events('acme').slice(-2)).toMatchObject([
      { family: 'security', action: 'moreAttempts', result: 'denied' },
      { family: 'security', action: 'moreAttempts', result: 'failure' },
    ])
  })

  it('with unknown keys from any number of addresses cannot fill the log of the installation, nor that of a tenant', async () => {
    const { attempts, events, tenants, nextMinute } = makeLog()
    for (let i = 0; i < 10_000; i++) attempts.record({ ...UNKNOWN_KEY, actor: { kind: 'key', id: `tg_${i % 25}` }, ipAddress: `203.0.113.${i % 200}` })
    await nextMinute()
    expect(tenants()).toEqual([null])
    expect(events(null).length).toBeLessThanOrEqual(MAX_INSTALLATION_EVENTS_PER_MINUTE)
    expect(attemptsIn(events(null))).toBe(10_000)
  })

  it('of one address with many kinds do not hide those of another address', async () => {
    const { attempts, events, nextMinute } = makeLog()
    for (let i = 0; i < 1_000; i++) attempts.record({ ...UNKNOWN_KEY, actor: { kind: 'key', id: `tg_${i}` } })
    attempts.record({ ...UNKNOWN_KEY, ipAddress: '198.51.100.1' })
    await nextMinute()
    expect(events(null)).toHaveLength(12)
    expect(events(null).at(-2)).toMatchObject({ action: 'authenticationFailed', personal: { ipAddress: '198.51.100.1' } })
    expect(events(null).at(-1)).toMatchObject({ action: 'moreAttempts', personal: { ipAddress: '203.0.113.7' }, count: 990 })
  })

  it('of more tenants than memory is for are counted in the log of the installation', async () => {
    const { attempts, events, tenants, nextMinute } = makeLog()
    for (let i = 0; i < 1_005; i++) attempts.record({ ...DENIED, tenantId: `tenant-${i}` })
    await nextMinute()
    expect(tenants()).toHaveLength(1_001)
    expect(events(null)).toMatchObject([{ action: 'moreAttempts', count: 5 }])
  })

  it('are counted in bounded memory while the database is down, and recorded afterwards', async () => {
    const { attempts, events, store, nextMinute } = makeLog()
    store.isDown = true
    for (let minute = 0; minute < 100; minute++) {
      for (let i = 0; i < 60; i++) attempts.record({ ...DENIED, action: `action${i}` })
      await nextMinute()
    }
    expect(events('acme')).toHaveLength(0)
    store.isDown = false
    await nextMinute()
    await nextMinute()
    expect(events('acme').length).toBeLessThanOrEqual(MAX_WAITING_ATTEMPTS + 1)
    expect(attemptsIn(events('acme'))).toBe(6_000)
  })

  it('are written before the process ends, with the counts of the current minute', async () => {
    const { attempts, events } = makeLog()
    for (let i = 0; i < 3; i++) attempts.record(DENIED)
    await attempts.stop()
    expect(attemptsIn(events('acme'))).toBe(3)
    expect(events('acme')).toHaveLength(2)
  })

  it('with texts that no event can have are recorded without them', async () => {
    const { attempts, events } = makeLog()
    attempts.record({ ...DENIED, family: 'no family!', action: '', errorMessage: `\0\uD800${'x'.repeat(5_000)}`, userAgent: 'y'.repeat(5_000), requestId: '' })
    await attempts.stop()
    expect(events('acme')).toMatchObject([{ family: 'no_family_', action: 'unnamed', requestId: null }])
    expect(events('acme')[0]?.errorMessage).toHaveLength(500)
  })
})
