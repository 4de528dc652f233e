import { describe, expect, it } from 'vitest'
import { memoryRejectedEventStore } from './memory/rejected-event-store.ts'
import { NO_USAGE } from './model/measures.ts'
import { ACME, MARCH, usageInMemory } from './testing/builders/usage-in-memory.ts'

describe('track', () => {
  it('returns results in the order of the drafts, valid and invalid', async () => {
    const { track } = usageInMemory()
    const results = await track(
      { idempotencyKey: 'a' },
      { idempotencyKey: 'b', latencyMs: -1 },
      { idempotencyKey: 'a' },
      { idempotencyKey: 'a', model: 'x' },
      { operation: '' },
      { idempotencyKey: 'c' },
    )
    expect(results.map(result => [result.outcome, result.idempotencyKey])).toEqual([
      ['accepted', 'a'],
      ['rejected', 'b'],
      ['duplicate', 'a'],
      ['conflict', 'a'],
      ['rejected', expect.stringMatching(/^[0-9a-f-]{36}$/)],
      ['accepted', 'c'],
    ])
    expect(results.map(result => result.reason)).toEqual([
      null,
      'latencyMs: must be a whole number from 0 to 86,400,000, not -1',
      expect.stringContaining('recorded before'),
      expect.stringContaining('used before'),
      'operation: must not be empty',
      null,
    ])
  })

  it('stores times in microseconds', async () => {
    const { usage, clock, track } = usageInMemory()
    clock.set('2026-03-10T12:00:00.123456789Z')
    await track({}, { operation: '' })
    const { items: events } = await usage.events(ACME, { range: MARCH, first: 1 })
    const { items: rejected } = await usage.rejectedEvents(ACME, { first: 1 })
    const times = [events[0]?.occurredAt, events[0]?.recordedAt, rejected[0]?.rejectedAt].map(String)
    expect(times).toEqual(['2026-03-10T12:00:00.123456Z', '2026-03-10T12:00:00.123456Z', '2026-03-10T12:00:00.123456Z'])
  })

  it('records 999 valid events beside an invalid one', async () => {
    const { usage, track } = usageInMemory()
    const results = await track(...Array.from({ length: 1_000 }, (_, i) => (i === 500 ? { tokens: { input: 0.5 } } : { model: 'known' })))
    expect(results.filter(result => result.outcome === 'accepted')).toHaveLength(999)
    expect(await usage.report(ACME, { range: MARCH }).totals()).toMatchObject({ calls: 999 })
  })

  it('generates a missing key, with which the event can be sent again', async () => {
    const { track } = usageInMemory()
    const [first] = await track({})
    expect(await track({ idempotencyKey: first?.idempotencyKey })).toMatchObject([{ outcome: 'duplicate' }])
  })

  it.each([0, 1_001])('rejects a batch of %i events', async count => {
    const { track, usage } = usageInMemory()
    await expect(track(...Array.from({ length: count }, () => ({})))).rejects.toMatchObject({ code: 'INVALID_INPUT', issues: [{ path: 'events' }] })
    expect(await usage.report(ACME, { range: MARCH }).totals()).toEqual(NO_USAGE)
  })

  it('runs commit hooks with the accepted events, once per commit', async () => {
    const consumed: string[][] = []
    const { track } = usageInMemory({ commitHooks: [async (_, accepted) => void consumed.push(accepted.map(event => event.idempotencyKey))] })
    await Promise.all([track({ idempotencyKey: 'a' }, { operation: '' }), track({ idempotencyKey: 'b' }, { idempotencyKey: 'a' })])
    expect(consumed).toEqual([['a', 'b']])
  })

  it('stores nothing of a call that fails', async () => {
    const failure = new Error('no credit')
    const { track, usage } = usageInMemory({ commitHooks: [() => Promise.reject(failure)] })
    await expect(track({}, { operation: '' })).rejects.toBe(failure)
    expect((await usage.rejectedEvents(ACME, { first: 10 })).items).toEqual([])
  })

  it('returns results even if rejected events cannot be stored, and reports that', async () => {
    const failure = new Error('disk full')
    const lost: unknown[] = []
    const { track } = usageInMemory({
      rejected: { ...memoryRejectedEventStore(), add: () => Promise.reject(failure) },
      onRejectedEventsLost: (error, entries) => lost.push([error, entries.map(entry => entry.reason)]),
    })
    expect((await track({}, { operation: '' })).map(result => result.outcome)).toEqual(['accepted', 'rejected'])
    expect(lost).toEqual([[failure, ['operation: must not be empty']]])
  })

  it('accepts no events after stop', async () => {
    const { usage, track } = usageInMemory()
    await usage.stop()
    await expect(track({})).rejects.toMatchObject({ code: 'USAGE_STOPPED' })
  })

  it('rejects a queue limit that is smaller than a full batch', () => {
    expect(() => usageInMemory({ limits: { queuedEvents: 999 } })).toThrow(RangeError)
    expect(usageInMemory({ limits: { queuedEvents: 1_000 } }).usage.queue()).toEqual({ waiting: 0, limit: 1_000 })
  })
})
