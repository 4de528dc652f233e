import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { classifyAttempt, DEFAULT_RETRY_SECONDS } from './classify-attempt.ts'

const nowMs = Date.parse('2026-11-20T12:00:00Z')
const classify = (
  statusCode: number,
  { roundAttemptCount = 1, retryAfter = null, random = 0 }: { roundAttemptCount?: number; retryAfter?: string | null; random?: number } = {},
) => classifyAttempt({ statusCode, retryAfter, durationMs: 20 }, { roundAttemptCount, nowMs, retrySeconds: DEFAULT_RETRY_SECONDS, random: () => random })

describe.each([
  [200, 'DELIVERED'],
  [204, 'DELIVERED'],
  [299, 'DELIVERED'],
  [199, 'PENDING'],
  [301, 'PENDING'],
  [400, 'PENDING'],
  [401, 'PENDING'],
  [404, 'PENDING'],
  [410, 'FAILED'],
  [429, 'PENDING'],
  [500, 'PENDING'],
  [0, 'PENDING'],
])('a response with status %d', (statusCode, state) => {
  it(`makes the delivery ${state}`, () => expect(classify(statusCode)).toMatchObject({ state }))
})

it('gives up after the last retry of the schedule', () => {
  expect(classify(500, { roundAttemptCount: 9 })).toMatchObject({ state: 'PENDING', retryAfterMs: 86_400_000 })
  expect(classify(500, { roundAttemptCount: 10 })).toMatchObject({ state: 'FAILED', failure: 'Gave up after 10 attempts.', isGone: false })
})

describe.each([
  ['120', 120_000],
  ['1', 5_000], // Never earlier than the schedule.
  ['0', 5_000],
  ['99999999', 86_400_000], // Never later than a day.
  ['Fri, 20 Nov 2026 13:00:00 GMT', 3_600_000],
  ['Fri, 20 Nov 2026 11:00:00 GMT', 5_000],
  ['soon', 5_000],
  ['-5', 5_000],
  ['', 5_000],
])('retry-after: %s', (retryAfter, retryAfterMs) => {
  it(`retries after ${retryAfterMs} ms`, () => expect(classify(503, { retryAfter })).toMatchObject({ retryAfterMs }))
})

it('retries after the scheduled delay, or up to 20 % later', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: DEFAULT_RETRY_SECONDS.length }),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      (roundAttemptCount, random) => {
        const outcome = classify(500, { roundAttemptCount, random })
        const scheduledMs = (DEFAULT_RETRY_SECONDS[roundAttemptCount - 1] ?? 0) * 1_000
        expect(outcome.state === 'PENDING' && outcome.retryAfterMs >= scheduledMs && outcome.retryAfterMs <= scheduledMs * 1.2).toBe(true)
      },
    ),
  )
})
