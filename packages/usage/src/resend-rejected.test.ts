import { Decimal, tenantScope } from '@tollgate/kernel'
import { describe, expect, it } from 'vitest'
import { ACME, MARCH, NOW, usageInMemory } from './testing/builders/usage-in-memory.ts'

describe('resendRejected', () => {
  async function rejectOne(fields: Record<string, unknown>) {
    const test = usageInMemory()
    await test.track(fields)
    const { items: rejected } = await test.usage.rejectedEvents(ACME, { first: 10 })
    const id = rejected[0]?.id ?? ''
    return {
      ...test,
      id,
      entry: async () => (await test.usage.rejectedEvents(ACME, { first: 10, includeResolved: true })).items.find(entry => entry.id === id),
    }
  }
  const tooEarly = { occurredAt: NOW.add({ minutes: 11 }), quantity: new Decimal('2.50'), idempotencyKey: 'k' }

  it('records a rejected event once it is valid, with the values that were sent', async () => {
    const { usage, clock, id, entry } = await rejectOne(tooEarly)
    clock.advance({ hours: 1 })
    expect(await usage.resendRejected(ACME, { id })).toMatchObject({ outcome: 'accepted', idempotencyKey: 'k' })
    const { items: events } = await usage.events(ACME, { range: MARCH, first: 10 })
    expect(events.map(event => [event.occurredAt.toString(), event.quantity?.toFixed()])).toEqual([['2026-03-10T12:11:00Z', '2.5']])
    expect((await entry())?.resolvedAt?.toString()).toBe('2026-03-10T13:00:00Z')
    expect((await usage.rejectedEvents(ACME, { first: 10 })).items).toEqual([])
  })

  it('keeps units, rare token pools, speed and region', async () => {
    const { usage, clock, id } = await rejectOne({
      ...tooEarly,
      tokens: { videoInput: 7 },
      units: [
        { kind: 'web_search', quantity: new Decimal('3.0') },
        { kind: 'image', quantity: '0.5', variant: 'hd' },
      ],
      speed: 'fast',
      region: 'us',
    })
    clock.advance({ hours: 1 })
    expect(await usage.resendRejected(ACME, { id })).toMatchObject({ outcome: 'accepted' })
    const { items: events } = await usage.events(ACME, { range: MARCH, first: 10 })
    expect(events).toMatchObject([{ tokens: { videoInput: 7 }, speed: 'fast', region: 'us' }])
    expect(events[0]?.units).toEqual([
      { kind: 'web_search', quantity: '3' },
      { kind: 'image', quantity: '0.5', variant: 'hd' },
    ])
  })

  it('counts another attempt if it is rejected again', async () => {
    const { usage, id, entry } = await rejectOne(tooEarly)
    expect(await usage.resendRejected(ACME, { id })).toMatchObject({ outcome: 'rejected', issues: [{ path: 'occurredAt' }] })
    expect(await entry()).toMatchObject({ attempts: 2, resolvedAt: null })
    expect((await usage.rejectedEvents(ACME, { first: 10 })).items).toHaveLength(1)
  })

  it('accepts a replacement, with the same key and time of receipt', async () => {
    const { usage, clock, id, entry } = await rejectOne({ idempotencyKey: 'k', latencyMs: -5 })
    clock.advance({ hours: 1 })
    expect(await usage.resendRejected(ACME, { id, event: { operation: 'chat', latencyMs: -6 } })).toMatchObject({ outcome: 'rejected' })
    expect(await entry()).toMatchObject({ attempts: 1, resolvedAt: null })
    expect(await usage.resendRejected(ACME, { id, event: { operation: 'chat', latencyMs: 5 } })).toMatchObject({ outcome: 'accepted', idempotencyKey: 'k' })
    const { items: events } = await usage.events(ACME, { range: MARCH, first: 10 })
    expect(events.map(event => [event.latencyMs, event.occurredAt.toString(), event.recordedAt.toString()])).toEqual([
      [5, NOW.toString(), '2026-03-10T13:00:00Z'],
    ])
  })

  it('records an event once if it is sent again twice at the same time, with or without a key', async () => {
    const { usage, id } = await rejectOne({ latencyMs: -5 })
    const results = await Promise.all([1, 2].map(() => usage.resendRejected(ACME, { id, event: { operation: 'chat' } })))
    expect(results.map(result => String(result?.outcome)).toSorted()).toEqual(['accepted', 'duplicate'])
    expect(await usage.report(ACME, { range: MARCH }).totals()).toMatchObject({ calls: 1 })
  })

  it('resolves an event that was recorded meanwhile, and leaves a conflict unresolved', async () => {
    const duplicate = await rejectOne({ idempotencyKey: 'k', latencyMs: -5 })
    await duplicate.track({ idempotencyKey: 'k' })
    expect(await duplicate.usage.resendRejected(ACME, { id: duplicate.id, event: { operation: 'chat', latencyMs: 9 } })).toMatchObject({ outcome: 'conflict' })
    expect(await duplicate.entry()).toMatchObject({ resolvedAt: null })
    expect(await duplicate.usage.resendRejected(ACME, { id: duplicate.id, event: { operation: 'chat' } })).toMatchObject({ outcome: 'duplicate' })
    expect((await duplicate.entry())?.resolvedAt?.toString()).toBe(NOW.toString())
  })

  it('rejects a resolved event, and returns undefined outside the scope', async () => {
    const { usage, clock, id } = await rejectOne(tooEarly)
    expect(await usage.resendRejected(tenantScope('globex'), { id })).toBeUndefined()
    clock.advance({ hours: 1 })
    await usage.resendRejected(ACME, { id })
    await expect(usage.resendRejected(ACME, { id })).rejects.toMatchObject({ code: 'INVALID_INPUT', issues: [{ path: 'id' }] })
  })

  it('requires a replacement if the event was too large to store', async () => {
    const { usage, id, entry } = await rejectOne({ operation: 'x'.repeat(70_000) })
    expect(await entry()).toMatchObject({ payload: null, reason: 'operation: must be at most 128 characters' })
    await expect(usage.resendRejected(ACME, { id })).rejects.toMatchObject({ issues: [{ path: 'event' }] })
    expect(await usage.resendRejected(ACME, { id, event: { operation: 'chat' } })).toMatchObject({ outcome: 'accepted', idempotencyKey: id })
  })
})
