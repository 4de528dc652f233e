import { completeTokenUsage } from '@tollgate/tokens'
import { describe, expect, it } from 'vitest'
import type { RatedEvent } from '../../model/event.ts'
import { usageEvent, type UsageEventFields } from '../../testing/builders/usage-event.ts'
import type { RollupDelta } from '../schema/rollup-columns.ts'
import { createDimensionSetCache } from './dimension-set-cache.ts'
import { prepareEvent } from './prepare-event.ts'
import { dailyDeltas, hourlyDeltas } from './rollup-deltas.ts'

function hoursOf(...events: UsageEventFields[]): RollupDelta[] {
  const known = createDimensionSetCache(100)
  return hourlyDeltas(events.map(fields => prepareEvent(usageEvent(fields), known)))
}

const bucket = (delta: RollupDelta) => new Date(delta.bucketStart / 1000).toISOString()

describe('deltas', () => {
  it('sum a batch by hour and dimension set, and hours by day', () => {
    const hours = hoursOf(
      { occurredAt: '2026-03-10T09:59:59.999999Z', latencyMs: 5, cost: '0.1' },
      { occurredAt: '2026-03-10T10:00:00Z', latencyMs: 7, cost: '0.2' },
      { occurredAt: '2026-03-10T10:30:00Z', cost: null },
      { occurredAt: '2026-03-10T10:30:00Z', model: 'another', quantity: '1.5', reportedCost: '3' },
      { occurredAt: '1970-01-01T00:30:00Z', tokens: null },
    )
    expect(hours.map(delta => [bucket(delta), delta.calls, delta.unpricedCalls, delta.cost.toFixed(), delta.latencyCount, delta.latencySumMs])).toEqual([
      ['2026-03-10T09:00:00.000Z', 1, 0, '0.1', 1, 5],
      ['2026-03-10T10:00:00.000Z', 2, 1, '0.2', 1, 7],
      ['2026-03-10T10:00:00.000Z', 1, 0, '0.01', 0, 0],
      ['1970-01-01T00:00:00.000Z', 1, 0, '0.01', 0, 0],
    ])
    expect(
      dailyDeltas(hours).map(delta => [
        bucket(delta),
        delta.calls,
        delta.unpricedCalls,
        delta.cost.toFixed(),
        delta.quantity.toFixed(),
        delta.reportedCost.toFixed(),
        delta.latencyBins.length,
      ]),
    ).toEqual([
      ['2026-03-10T00:00:00.000Z', 3, 1, '0.3', '0', '0', 2],
      ['2026-03-10T00:00:00.000Z', 1, 0, '0.01', '1.5', '3', 0],
      ['1970-01-01T00:00:00.000Z', 1, 0, '0.01', '0', '0', 0],
    ])
  })

  it('stay exact above 2^53 tokens', () => {
    const tokens: RatedEvent['tokens'] = completeTokenUsage({ input: Number.MAX_SAFE_INTEGER, output: 1 })
    const [delta] = dailyDeltas(hoursOf({ tokens }, { tokens }, { tokens }))
    expect(delta?.tokens.slice(0, 2)).toEqual([3n * (2n ** 53n - 1n), 3])
  })
})
