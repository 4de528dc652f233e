import { describe, expect, it } from 'vitest'
import { createActivityLog } from './create-activity-log.ts'
import { memoryActivityStore, memoryAuditStore } from './memory/index.ts'
import type { SamplingRule } from './model/sampling-rule.ts'
import { makeAudit } from './testing/builders/make-audit.ts'

const CHAT = { family: 'chat', action: 'messageReceived' }

function setUp(...rules: readonly SamplingRule[]) {
  const activities = memoryActivityStore()
  const audit = makeAudit(memoryAuditStore(), {}, { rules, store: activities })
  const activity = createActivityLog({ store: activities, audit, clock: audit.clock })
  const record = (tenantId: string | null, events: readonly object[]) => audit.recordEvents({ tenantId, events: events.map(event => ({ ...CHAT, ...event })) })
  const outcomes = async (tenantId: string | null, events: readonly object[]) => (await record(tenantId, events)).map(({ outcome }) => outcome)
  const report = async (tenantId: string) => {
    audit.clock.advance({ minutes: 3 })
    await activity.recordMinutes()
    const now = audit.clock.now()
    return audit.report({ tenantId, range: { from: now.subtract({ hours: 1 }), to: now.add({ hours: 1 }) } })
  }
  return { audit, record, outcomes, report }
}

const many = (count: number) => Array.from({ length: count }, (_, i) => ({ idempotencyKey: `key-${i}` }))

describe('events of a sampled family', () => {
  it('are recorded one in N, and the others are counted, so that reports count all of them', async () => {
    const { audit, outcomes, report } = setUp({ tenantId: null, family: 'chat', keepOneIn: 10 })
    const results = await outcomes('acme', many(1_000))
    const kept = results.filter(outcome => outcome === 'accepted').length
    expect(kept).toBeGreaterThan(60)
    expect(kept).toBeLessThan(140)
    expect(results.filter(outcome => outcome === 'counted')).toHaveLength(1_000 - kept)
    expect(await report('acme')).toMatchObject({ totalEvents: 1_000, eventsByType: [{ eventType: 'chat.messageReceived', count: 1_000 }] })
    const { items } = await audit.trail({ tenantId: 'acme', first: 1_000 })
    expect(items).toHaveLength(kept + 1)
    expect(items.find(({ count }) => count > 1)).toMatchObject({ count: 1_000 - kept, actor: { kind: 'system' } })
  })

  it('have the same answer when they are sent again', async () => {
    const { outcomes } = setUp({ tenantId: null, family: 'chat', keepOneIn: 3 })
    const first = await outcomes('acme', many(50))
    expect(await outcomes('acme', many(50))).toEqual(first.map(outcome => (outcome === 'accepted' ? 'duplicate' : outcome)))
  })

  it('say why they are only counted', async () => {
    const { record } = setUp({ tenantId: 'acme', family: 'chat', keepOneIn: 0 })
    expect(await record('acme', [{ idempotencyKey: 'k' }])).toEqual([
      {
        outcome: 'counted',
        idempotencyKey: 'k',
        reason: 'No event of the family "chat" is recorded by itself. This one is counted in the event of its type and minute.',
      },
    ])
  })

  it('are all recorded if they failed or were denied, and in the log of the installation', async () => {
    const { outcomes } = setUp({ tenantId: null, family: 'chat', keepOneIn: 0 })
    expect(await outcomes('acme', [{ result: 'failure' }, { result: 'denied' }, {}])).toEqual(['accepted', 'accepted', 'counted'])
    expect(await outcomes(null, [{}])).toEqual(['accepted'])
  })

  it('follow the rule of their tenant before that of all tenants, and their own count', async () => {
    const { audit, outcomes, report } = setUp({ tenantId: null, family: 'chat', keepOneIn: 1 }, { tenantId: 'acme', family: 'chat', keepOneIn: 0 })
    expect(await outcomes('acme', [{ count: 5 }, { family: 'kb' }, { family: 'no family' }])).toEqual(['counted', 'accepted', 'rejected'])
    expect(await outcomes('globex', [{}])).toEqual(['accepted'])
    expect(audit.samplingRules('acme')).toEqual([{ tenantId: 'acme', family: 'chat', keepOneIn: 0 }])
    expect(audit.samplingRules(null)).toEqual([])
    expect(await report('acme')).toMatchObject({ totalEvents: 6 })
  })
})

it.each(['security', 'billing', 'key', 'tenant', 'error', 'credit', 'pricing'])('rejects a rule for the family "%s", which is never sampled', family => {
  expect(() => setUp({ tenantId: null, family, keepOneIn: 10 })).toThrow(`events of the family "${family}" are always recorded`)
})

it('rejects rules that are out of range', () => {
  expect(() => setUp({ tenantId: null, family: 'no family', keepOneIn: -1 })).toThrow(/is not the name of a family.*must keep one in 0 to 1,000,000/s)
})
