import { settableClock, Temporal } from '@tollgate/kernel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createQuotas } from './create-quotas.ts'
import { memoryQuotaStore } from './memory/index.ts'

const LIMIT = 10
const MINUTE_MS = 60_000
const START_MS = Temporal.Instant.from('2026-11-20T12:00:00Z').epochMilliseconds

const calls = fc.array(fc.record({ waitMs: fc.oneof(fc.nat(3_000), fc.constantFrom(999, 1_000, 59_999, 60_000, 61_000)), amount: fc.nat(LIMIT) }), {
  maxLength: 60,
})

describe('a sliding window', () => {
  it('never admits more than its limit in an interval of its length, and refuses nothing that fits in an interval one sixtieth longer', async () => {
    await fc.assert(
      fc.asyncProperty(calls, async made => {
        const clock = settableClock(Temporal.Instant.fromEpochMilliseconds(START_MS))
        const quotas = createQuotas({
          store: memoryQuotaStore(),
          clock,
          policies: [{ metric: 'tokens', window: 'minute', sliding: true, limit: String(LIMIT) }],
        })
        const admitted: { atMs: number; amount: number }[] = []
        const usedSince = (fromMs: number) => admitted.filter(({ atMs }) => atMs >= fromMs).reduce((sum, { amount }) => sum + amount, 0)
        for (const { waitMs, amount } of made) {
          clock.advance({ milliseconds: waitMs })
          const atMs = clock.now().epochMilliseconds
          const { allowed } = await quotas.enforce({ tenantId: 't', requests: [{ metric: 'tokens', amount: String(amount) }], consume: true })
          if (allowed) admitted.push({ atMs, amount })
          // The minute with the most usage ends at a use.
          expect(usedSince(atMs - MINUTE_MS)).toBeLessThanOrEqual(LIMIT)
          if (!allowed) expect(usedSince(atMs - MINUTE_MS - 1_000) + amount).toBeGreaterThan(LIMIT)
        }
      }),
    )
  })
})
