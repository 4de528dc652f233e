import { countingIds, settableClock } from '@tollgate/kernel'
import { describe, expect, it } from 'vitest'
import type { CallCounter, CallCounts } from './call-counter.ts'
import { createUsage } from './create-usage.ts'
import { memoryRejectedEventStore, memoryUsageStore } from './memory/index.ts'
import { usageEvent } from './testing/builders/usage-event.ts'

function setUp() {
  const inCommits: (readonly CallCounts[])[] = []
  const inMemory: CallCounts[] = []
  const callCounter: CallCounter = { countIn: async (_transaction, counts) => void inCommits.push(counts), count: counts => inMemory.push(counts) }
  const usage = createUsage({
    store: memoryUsageStore(),
    rejected: memoryRejectedEventStore(),
    rater: { rate: async events => events.map(() => usageEvent().rating) },
    clock: settableClock('2026-11-20T12:00:00Z'),
    ids: countingIds(),
    callCounter,
  })
  return { usage, inCommits, inMemory }
}

const valid = (idempotencyKey: string, latencyMs = 1) => ({ operation: 'chat', idempotencyKey, latencyMs })
const INVALID = { operation: 'chat', latencyMs: -1 }
const NONE = { calls: 1, accepted: 0, duplicate: 0, conflict: 0, rejected: 0 }

describe('calls of track', () => {
  it('that share a commit are counted for each tenant and caller, with their outcomes', async () => {
    const { usage, inCommits, inMemory } = setUp()
    await Promise.all([
      usage.track({ tenantId: 'acme', caller: 'key_1', events: [valid('a'), valid('b'), INVALID] }),
      usage.track({ tenantId: 'acme', caller: 'key_2', events: [valid('a'), valid('b', 2), valid('c')] }),
      usage.track({ tenantId: 'globex', caller: 'key_1', events: [valid('a')] }),
      usage.track({ tenantId: 'acme', caller: 'key_1', events: [valid('d')] }),
      usage.track({ tenantId: 'acme', events: [valid('e')] }),
    ])
    expect(inCommits).toEqual([
      [
        { ...NONE, tenantId: 'acme', caller: 'key_1', calls: 2, accepted: 3, rejected: 1 },
        { ...NONE, tenantId: 'acme', caller: 'key_2', accepted: 1, duplicate: 1, conflict: 1 },
        { ...NONE, tenantId: 'globex', caller: 'key_1', accepted: 1 },
        { ...NONE, tenantId: 'acme', caller: null, accepted: 1 },
      ],
    ])
    expect(inMemory).toEqual([])
  })

  it('without a valid event are counted in memory', async () => {
    const { usage, inCommits, inMemory } = setUp()
    await usage.track({ tenantId: 'acme', caller: 'key_1', events: [INVALID, INVALID] })
    expect(inMemory).toEqual([{ ...NONE, tenantId: 'acme', caller: 'key_1', rejected: 2 }])
    expect(inCommits).toEqual([])
  })

  it('are not counted if an event is sent again from the list of rejected events', async () => {
    const { usage, inCommits } = setUp()
    await usage.track({ tenantId: 'acme', events: [INVALID] })
    const { items } = await usage.rejectedEvents({ kind: 'operator' }, { first: 1 })
    await usage.resendRejected({ kind: 'operator' }, { id: items[0]?.id ?? '', event: valid('a') })
    expect(inCommits).toEqual([])
  })
})
