import { OPERATOR_SCOPE, settableClock } from '@tollgate/kernel'
import { describe, expect, it } from 'vitest'
import { createActivityLog } from './create-activity-log.ts'
import { memoryActivityStore, memoryAuditStore } from './memory/index.ts'
import type { ActivityCount } from './model/activity-count.ts'
import { makeAudit } from './testing/builders/make-audit.ts'

function makeLog() {
  const clock = settableClock('2026-11-20T12:00:30Z')
  const activities = memoryActivityStore()
  const failure: { error?: Error } = {}
  const store: typeof activities = { ...activities, add: async counts => (failure.error ? Promise.reject(failure.error) : activities.add(counts)) }
  const audit = makeAudit(memoryAuditStore())
  const lost: number[] = []
  const log = createActivityLog({ store, audit, clock, onCountsLost: calls => lost.push(calls) })
  const events = async () => (await audit.trail({ tenantId: 'acme', first: 1_000 })).items
  return { log, clock, audit, failure, lost, events }
}

const decided = (counts: Record<string, number>, id = 'key_1'): ActivityCount => {
  return { tenantId: 'acme', actor: { kind: 'key', id }, family: 'quota', action: 'decided', calls: 1, counts }
}

describe('counts of activity', () => {
  it('become one event per actor and minute, from memory and from transactions together', async () => {
    const { log, clock, events } = makeLog()
    for (let i = 0; i < 500; i++) log.count(decided({ consumed: 1 }))
    log.count(decided({ refused: 1 }, 'key_2'))
    await log.flush()
    await log.countIn({ scope: OPERATOR_SCOPE }, [decided({ reserved: 1 })])
    clock.advance({ minutes: 1 })
    log.count(decided({ consumed: 1 }))
    await log.flush()
    clock.advance({ minutes: 2 })
    expect(await log.recordMinutes()).toBe(3)
    expect((await events()).map(({ occurredAt, actor, count, details }) => [occurredAt.toString(), actor.id, count, details])).toEqual([
      ['2026-11-20T12:01:00Z', 'key_1', 1, { consumed: 1 }],
      ['2026-11-20T12:00:00Z', 'key_2', 1, { refused: 1 }],
      ['2026-11-20T12:00:00Z', 'key_1', 501, { consumed: 500, reserved: 1 }],
    ])
  })

  it('in memory are kept for the next flush if one fails, in their own minute', async () => {
    const { log, clock, failure, events } = makeLog()
    log.count(decided({ consumed: 1 }))
    failure.error = new Error('The database is down')
    await expect(log.flush()).rejects.toThrow('The database is down')
    clock.advance({ minutes: 5 })
    delete failure.error
    await log.flush()
    expect(await log.recordMinutes()).toBe(1)
    expect((await events()).map(({ occurredAt }) => occurredAt.toString())).toEqual(['2026-11-20T12:00:00Z'])
  })

  it('of more actors than memory has room for are reported as lost', () => {
    const { log, lost } = makeLog()
    for (let i = 0; i < 20_003; i++) log.count(decided({ consumed: 1 }, `key_${i}`))
    expect(lost).toEqual([1, 1, 1])
  })
})

describe('the count of an event', () => {
  it('is what reports sum', async () => {
    const { audit } = makeLog()
    const event = { family: 'security', action: 'permissionDenied', result: 'denied', actor: { kind: 'key', id: 'key_1' } } as const
    await audit.recordEvents({ tenantId: 'acme', events: [event, { ...event, count: 500 }, { ...event, count: 0 }] })
    const range = { from: audit.clock.now().subtract({ hours: 1 }), to: audit.clock.now().add({ hours: 1 }) }
    expect(await audit.report({ tenantId: 'acme', range })).toMatchObject({ totalEvents: 501, deniedCount: 501, eventsByType: [{ count: 501 }] })
    expect((await audit.securityEvents({ tenantId: 'acme' })).items.map(({ count }) => count)).toEqual([0, 500, 1])
    expect(await audit.verify({ tenantId: 'acme' })).toMatchObject({ valid: true })
  })

  it('is a whole number from 0 to 1,000,000,000', async () => {
    const { audit } = makeLog()
    const results = await audit.recordEvents({ tenantId: 'acme', events: [-1, 1.5, 1_000_000_001].map(count => ({ family: 'a', action: 'b', count })) })
    expect(results.map(({ reason }) => reason)).toEqual(Array.from({ length: 3 }, () => 'count: must be a whole number from 0 to 1,000,000,000'))
  })

  it('is part of the hash', async () => {
    const { audit } = makeLog()
    const event = { family: 'a', action: 'b', idempotencyKey: 'k' }
    const [first, repeat] = await audit.recordEvents({ tenantId: 'acme', events: [event, { ...event, count: 2 }] })
    expect([first?.outcome, repeat?.outcome]).toEqual(['accepted', 'conflict'])
  })
})
