import { countingIds, settableClock } from '@tollgate/kernel'
import { expect, it } from 'vitest'
import { createUsage, type UsageDependencies } from './create-usage.ts'
import { memoryRejectedEventStore } from './memory/rejected-event-store.ts'
import { memoryUsageStore } from './memory/usage-store.ts'
import type { Rater } from './rater.ts'
import type { UsageObserver } from './usage-observer.ts'

const rater: Rater = { rate: async events => events.map(() => ({ state: 'unpriced', cost: null, priceId: null })) }

function observedUsage(dependencies: Partial<UsageDependencies> = {}) {
  const seen: unknown[][] = []
  const observer: UsageObserver = {
    usageTracked: results => seen.push(['tracked', ...results.map(({ outcome }) => outcome)]),
    usageOverloaded: () => seen.push(['overloaded']),
    rejectedEventsDiscarded: count => seen.push(['discarded', count]),
    commitStarted: batch => seen.push(['started', batch.length]),
    batchCommitted: (batch, outcomes) => seen.push(['committed', batch.length, ...outcomes.map(({ outcome }) => outcome)]),
    commitFailed: batch => seen.push(['failed', batch.length]),
  }
  const rejected = memoryRejectedEventStore()
  const clock = settableClock('2026-03-10T12:00:00Z')
  const usage = createUsage({ store: memoryUsageStore(), rejected, rater, clock, ids: countingIds(), observer, ...dependencies })
  const track = (...operations: string[]) => usage.track({ tenantId: 'acme', events: operations.map(operation => ({ operation })) })
  return { seen, track }
}

it('observes the results of each call, and each transaction', async () => {
  const { seen, track } = observedUsage()
  await Promise.all([track('chat', ''), track('chat')])
  expect(seen).toEqual([
    ['started', 2],
    ['committed', 2, 'accepted', 'accepted'],
    ['tracked', 'accepted'],
    ['tracked', 'accepted', 'rejected'],
  ])
})

it('observes a transaction that failed', async () => {
  const { seen, track } = observedUsage({ store: { ...memoryUsageStore(), commit: () => Promise.reject(new Error('disk full')) } })
  await expect(track('chat')).rejects.toThrow('disk full')
  expect(seen).toEqual([
    ['started', 1],
    ['failed', 1],
  ])
})

it('observes a call that the queue has no room for', async () => {
  const { seen, track } = observedUsage({ limits: { queuedEvents: 1_000 } })
  const first = track(...Array.from({ length: 1_000 }, () => 'chat'))
  await expect(track('chat')).rejects.toMatchObject({ code: 'OVERLOADED' })
  await first
  expect(seen.map(([what]) => what)).toEqual(['overloaded', 'started', 'committed', 'tracked'])
})

it('observes that rejected events were discarded', async () => {
  const { seen, track } = observedUsage({ rejected: memoryRejectedEventStore({ maxPerTenant: 2 }) })
  const tooLong = (letter: string) => letter.repeat(200)
  await track(tooLong('a'))
  await track(tooLong('b'), tooLong('c'), tooLong('d'))
  expect(seen).toContainEqual(['discarded', 2])
})
