import { isDomainError, OPERATOR_SCOPE, settableClock, Temporal } from '@tollgate/kernel'
import { assert, array, asyncProperty, constantFrom, integer, record } from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { createGroupCommit, type GroupCommitLimits } from './group-commit.ts'
import { memoryUsageStore } from './memory/usage-store.ts'
import type { Committed } from './model/committed.ts'
import { Overloaded, StoreUnavailable, UsageStopped } from './model/errors.ts'
import type { CheckedEvent, RatedEvent } from './model/event.ts'
import { usageEvent } from './testing/builders/usage-event.ts'
import type { UsageStore } from './usage-store.ts'

/** A store whose commits wait until the test releases them or makes them fail. */
function gatedStore() {
  const store = memoryUsageStore()
  const gates: { readonly batch: readonly RatedEvent[]; readonly open: () => void; readonly fail: (error: unknown) => void }[] = []
  const sizes: number[] = []
  const commit: UsageStore['commit'] = async (batch, commitHooks) => {
    sizes.push(batch.length)
    await new Promise<void>((open, fail) => gates.push({ batch, open, fail }))
    return store.commit(batch, commitHooks)
  }
  return { commit, sizes, gates, store }
}

/** Waits until all settled promises are handled. */
const settle = () => new Promise<void>(resolve => setImmediate(resolve))

const named = (...keys: string[]): CheckedEvent[] => keys.map(idempotencyKey => usageEvent({ idempotencyKey, tenantId: 'acme' }))
const some = (count: number, prefix: string) => named(...Array.from({ length: count }, (_, i) => `${prefix}${i}`))

function setUp(limits: Partial<GroupCommitLimits> = {}) {
  const gated = gatedStore()
  const clock = settableClock('2026-03-10T12:00:00Z')
  const rated: number[] = []
  const rater = {
    rate: async (events: readonly CheckedEvent[]) => {
      rated.push(events.length)
      return events.map(() => usageEvent().rating)
    },
  }
  return { ...gated, clock, rated, group: createGroupCommit({ store: gated, rater, clock, limits }) }
}

describe('grouping', () => {
  it('commits at once when no commit is in flight, and callers of one turn together', async () => {
    const { group, gates, sizes } = setUp()
    const results = Promise.all([group.commit(named('a')), group.commit(named('b', 'c'))])
    expect(group.queue().waiting).toBe(3)
    await settle()
    expect(sizes).toEqual([3])
    expect(group.queue().waiting).toBe(0)
    gates[0]?.open()
    expect((await results).map(result => result.length)).toEqual([1, 2])
  })

  it('collects the calls that arrive during a commit for the next one', async () => {
    const { group, gates, sizes, rated } = setUp({ commitsInFlight: 2 })
    const results = [group.commit(named('a'))]
    await settle()
    results.push(group.commit(named('b')))
    await settle()
    for (const key of ['c', 'd', 'e']) {
      results.push(group.commit(named(key)))
      await settle()
    }
    expect(sizes).toEqual([1, 1])
    expect(group.queue().waiting).toBe(3)
    gates[1]?.open()
    await settle()
    expect(sizes).toEqual([1, 1, 3])
    gates[0]?.open()
    gates[2]?.open()
    await Promise.all(results)
    expect(rated).toEqual([1, 1, 3])
  })

  it('commits the calls of one turn of the event loop together, also those of different sockets', async () => {
    const { group, gates, sizes } = setUp()
    const results = [group.commit(named('a'))]
    await Promise.resolve() // As between two sockets that are read in one turn.
    results.push(group.commit(named('b')))
    await settle()
    expect(sizes).toEqual([2])
    gates[0]?.open()
    await Promise.all(results)
  })

  it('starts a second commit once as many calls wait as share the first, and not before', async () => {
    const { group, gates, sizes } = setUp({ commitsInFlight: 2 })
    const results = [group.commit(named('a')), group.commit(named('b')), group.commit(some(5, 'c'))]
    await settle()
    results.push(group.commit(named('d')))
    await settle()
    results.push(group.commit(some(9, 'e')))
    await settle()
    expect(sizes).toEqual([7])
    results.push(group.commit(named('f')))
    await settle()
    expect(sizes).toEqual([7, 11])
    for (const gate of gates) gate.open()
    await Promise.all(results)
  })

  it('starts a second commit without more calls after a while, so that a slow commit does not hold up others', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    try {
      const { group, gates, sizes } = setUp({ commitsInFlight: 2 })
      const results = [group.commit(named('a')), group.commit(named('b'))]
      await settle()
      results.push(group.commit(named('c')))
      await settle()
      expect(sizes).toEqual([2])
      vi.advanceTimersByTime(25)
      await settle()
      expect(sizes).toEqual([2, 1])
      for (const gate of gates) gate.open()
      await Promise.all(results)
    } finally {
      vi.useRealTimers()
    }
  })

  it('returns each caller the outcomes of its own events, in order', async () => {
    const { group, gates } = setUp()
    const [one, two] = [named('a', 'b'), named('b', 'c', 'a')]
    const results = Promise.all([group.commit(one), group.commit(two)])
    await settle()
    gates[0]?.open()
    const ids = (events: CheckedEvent[]) => events.map(event => event.id)
    const [forOne, forTwo] = await results
    expect(forOne?.map(result => [result.outcome, result.eventId])).toEqual(ids(one).map(id => ['accepted', id]))
    expect(forTwo?.map(result => [result.outcome, result.eventId])).toEqual([
      ['duplicate', one[1]?.id],
      ['accepted', two[1]?.id],
      ['duplicate', one[0]?.id],
    ])
  })

  it('never splits a call, and otherwise respects the maximum size of a commit', async () => {
    const { group, gates, sizes } = setUp({ eventsPerCommit: 5, commitsInFlight: 1 })
    const results = [3, 2, 4, 9, 1].map((count, i) => group.commit(some(count, `${i}-`)))
    for (let i = 0; i < 4; i++) {
      await settle()
      gates[i]?.open()
    }
    await Promise.all(results)
    expect(sizes).toEqual([5, 4, 9, 1])
  })

  it('resolves an empty call without a commit', async () => {
    const { group, sizes } = setUp()
    expect(await group.commit([])).toEqual([])
    expect(sizes).toEqual([])
  })

  it('rates events just before the commit, not when they arrive', async () => {
    const { group, gates, rated } = setUp({ commitsInFlight: 1 })
    const first = group.commit(named('a'))
    await settle()
    const second = group.commit(named('b'))
    await settle()
    expect(rated).toEqual([1])
    gates[0]?.open()
    await first
    await settle()
    expect(rated).toEqual([1, 1])
    gates[1]?.open()
    await second
  })
})

describe('a long wait', () => {
  it('ends with a rejection, records nothing of the call, and does not affect later calls', async () => {
    const { group, gates, sizes, clock } = setUp({ commitsInFlight: 1, waitMs: 15_000 })
    const first = group.commit(named('a'))
    await settle()
    const late = expect(group.commit(named('b', 'c'))).rejects.toThrow(Overloaded)
    clock.advance({ seconds: 10 })
    const due = group.commit(named('d'))
    await settle()
    clock.advance({ seconds: 6 })
    gates[0]?.open()
    await late
    await settle()
    gates[1]?.open()
    await Promise.all([first, due])
    expect(sizes).toEqual([1, 1])
    expect(group.queue().waiting).toBe(0)
  })
})

describe('a full queue', () => {
  it('rejects a call that does not fit as a whole, and accepts the next that does', async () => {
    const { group, gates } = setUp({ commitsInFlight: 1, queuedEvents: 10 })
    const results = [group.commit(some(10, 'a'))]
    await settle()
    results.push(group.commit(some(8, 'b')))
    await expect(group.commit(some(3, 'c'))).rejects.toThrow(Overloaded)
    expect(group.queue()).toEqual({ waiting: 8, limit: 10 })
    results.push(group.commit(some(2, 'd')))
    await expect(group.commit(some(1, 'e'))).rejects.toMatchObject({ code: 'OVERLOADED' })
    gates[0]?.open()
    await settle()
    gates[1]?.open()
    expect((await Promise.all(results)).map(result => result.length)).toEqual([10, 8, 2])
  })

  it('suggests a retry delay from the duration of commits and the length of the queue', async () => {
    const { group, gates, clock } = setUp({ eventsPerCommit: 5, commitsInFlight: 1, queuedEvents: 10, waitMs: 7_200_000 })
    const first = group.commit(some(5, 'a'))
    await settle()
    clock.advance({ milliseconds: 400 })
    gates[0]?.open()
    await first
    const others = [group.commit(some(5, 'b'))]
    await settle()
    others.push(group.commit(some(5, 'c')), group.commit(some(5, 'd')))
    // One commit in flight and two waiting, 400 ms each.
    await expect(group.commit(some(1, 'e'))).rejects.toMatchObject({ retryAfterMs: 1_200 })
    // The commit in flight takes longer than that, so the others are expected to as well.
    clock.advance({ milliseconds: 2_000 })
    await expect(group.commit(some(1, 'e'))).rejects.toMatchObject({ retryAfterMs: 6_000 })
    clock.advance({ hours: 1 })
    await expect(group.commit(some(1, 'e'))).rejects.toMatchObject({ retryAfterMs: 30_000 })
    for (let i = 1; i <= 3; i++) {
      gates[i]?.open()
      await settle()
    }
    await Promise.all(others)
  })
})

describe('failure', () => {
  class Poison extends Error {}

  /** A group commit over a store that rejects batches with a poisonous event. */
  function poisonable(commitsMade: number[] = []) {
    const store = memoryUsageStore()
    const commit: UsageStore['commit'] = async (batch, commitHooks) => {
      commitsMade.push(batch.length)
      const poison = batch.find(event => event.errorMessage !== null)
      if (poison) throw poison.errorMessage === 'gone' ? new StoreUnavailable() : new Poison(poison.idempotencyKey)
      return store.commit(batch, commitHooks)
    }
    const rater = { rate: async (events: readonly CheckedEvent[]) => events.map(() => usageEvent().rating) }
    return { store, group: createGroupCommit({ store: { commit }, rater, clock: settableClock('2026-03-10T12:00:00Z') }) }
  }
  const event = (idempotencyKey: string, errorMessage: string | null = null) => usageEvent({ tenantId: 'acme', idempotencyKey, errorMessage })

  it('rejects only the call that caused it', async () => {
    const { group } = poisonable()
    const calls = ['a', 'b', 'c', 'd', 'e'].map(key => group.commit([event(key, key === 'b' || key === 'e' ? 'poison' : null)]))
    const settled = await Promise.allSettled(calls)
    expect(settled.map(outcomeOf)).toEqual(['accepted', 'b', 'accepted', 'accepted', 'e'])
  })

  it('is isolated with a logarithmic number of commits', async () => {
    const commitsMade: number[] = []
    const { group } = poisonable(commitsMade)
    await Promise.allSettled(Array.from({ length: 256 }, (_, i) => group.commit([event(`${i}`, i === 77 ? 'poison' : null)])))
    expect(commitsMade).toHaveLength(1 + 2 * 8)
  })

  it('of the store rejects all calls at once', async () => {
    const commitsMade: number[] = []
    const { group } = poisonable(commitsMade)
    const settled = await Promise.allSettled(['a', 'b', 'c'].map(key => group.commit([event(key, 'gone')])))
    expect(settled.map(outcomeOf)).toEqual(['STORE_UNAVAILABLE', 'STORE_UNAVAILABLE', 'STORE_UNAVAILABLE'])
    expect(commitsMade).toEqual([3])
  })

  it('of the store during isolation rejects all calls that are left', async () => {
    const { group } = poisonable()
    const settled = await Promise.allSettled([event('a', 'poison'), event('b'), event('c', 'gone'), event('d')].map(one => group.commit([one])))
    expect(settled.map(outcomeOf)).toEqual(['a', 'accepted', 'STORE_UNAVAILABLE', 'STORE_UNAVAILABLE'])
  })

  it('of the rater is isolated in the same way', async () => {
    const store = memoryUsageStore()
    const rater = {
      rate: async (events: readonly CheckedEvent[]) => {
        if (events.some(one => one.model === 'cursed')) throw new Error('cannot rate')
        return events.map(() => usageEvent().rating)
      },
    }
    const group = createGroupCommit({ store, rater, clock: settableClock('2026-03-10T12:00:00Z') })
    const settled = await Promise.allSettled([group.commit([usageEvent({ model: 'cursed' })]), group.commit([usageEvent()])])
    expect(settled.map(call => call.status)).toEqual(['rejected', 'fulfilled'])
  })

  it('of a rater that omits events is reported', async () => {
    const group = createGroupCommit({ store: memoryUsageStore(), rater: { rate: async () => [] }, clock: settableClock('2026-03-10T12:00:00Z') })
    await expect(group.commit(named('a'))).rejects.toThrow('The rater returned 0 ratings for 1 events.')
  })

  it('does not affect later calls', async () => {
    const { group } = poisonable()
    await expect(group.commit([event('a', 'gone')])).rejects.toThrow(StoreUnavailable)
    expect(await group.commit([event('b')])).toMatchObject([{ outcome: 'accepted' }])
  })

  it('loses nothing and records nothing twice, wherever the failing call is', async () => {
    const caller = array(record({ key: integer({ min: 0, max: 12 }), poison: constantFrom(false, false, false, false, true) }), { minLength: 1, maxLength: 4 })
    await assert(
      asyncProperty(array(caller, { minLength: 1, maxLength: 12 }), async callers => {
        const { group, store } = poisonable()
        const settled = await Promise.allSettled(callers.map(drawn => group.commit(drawn.map(({ key, poison }) => event(`${key}`, poison ? 'poison' : null)))))
        settled.forEach((call, i) => expect(call.status).toBe(callers[i]?.some(({ poison }) => poison) ? 'rejected' : 'fulfilled'))
        const accepted = settled.flatMap(call =>
          call.status === 'fulfilled' ? call.value.filter(result => result.outcome === 'accepted').map(result => result.eventId) : [],
        )
        const range = { from: Temporal.Instant.from('2026-01-01T00:00:00Z'), to: Temporal.Instant.from('2027-01-01T00:00:00Z') }
        const { items: events } = await store.events(OPERATOR_SCOPE, { range, first: 100 })
        expect(events.map(({ id }) => id).toSorted()).toEqual(accepted.toSorted())
      }),
    )
  })
})

/** Returns the result of a call: the outcome of its first event, the code of an expected failure, or else the message. */
function outcomeOf(call: PromiseSettledResult<readonly Committed[]>): string | undefined {
  if (call.status === 'fulfilled') return call.value[0]?.outcome
  return isDomainError(call.reason) ? call.reason.code : String(call.reason).replace('Error: ', '')
}

describe('stop', () => {
  it('resolves when all accepted events are durable, and accepts no more', async () => {
    const { group, gates } = setUp({ commitsInFlight: 1 })
    const log: string[] = []
    const results = [group.commit(named('a')).then(() => log.push('a'))]
    await settle()
    results.push(group.commit(named('b')).then(() => log.push('b')))
    const stopped = group.stop().then(() => log.push('stopped'))
    await expect(group.commit(named('c'))).rejects.toThrow(UsageStopped)
    gates[0]?.open()
    await settle()
    expect(log).toEqual(['a'])
    gates[1]?.open()
    await Promise.all([...results, stopped])
    expect(log).toEqual(['a', 'b', 'stopped'])
  })

  it('resolves at once when idle, also a second time', async () => {
    const { group } = setUp()
    await group.stop()
    await group.stop()
  })

  it('waits for events that were accepted in the same turn', async () => {
    const { group, gates } = setUp()
    const log: string[] = []
    const result = group.commit(named('a'))
    const stopped = group.stop().then(() => log.push('stopped'))
    await settle()
    expect(log).toEqual([])
    gates[0]?.open()
    await stopped
    expect(await result).toHaveLength(1)
  })
})
