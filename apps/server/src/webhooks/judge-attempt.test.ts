import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { judgeAttempt, RETRY_SECONDS } from './judge-attempt.ts'

const nowMs = Date.parse('2026-11-20T12:00:00Z')
const judge = (statusCode: number, { tries = 1, retryAfter = null, random = 0 }: { tries?: number; retryAfter?: string | null; random?: number } = {}) =>
  judgeAttempt({ statusCode, retryAfter }, { tries, nowMs, retrySeconds: RETRY_SECONDS, random: () => random })

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
])('an answer of %d', (statusCode, state) => {
  it(`makes it ${state}`, () => expect(judge(statusCode)).toMatchObject({ state }))
})

it('gives up after the last of the schedule', () => {
  expect(judge(500, { tries: 9 })).toMatchObject({ state: 'PENDING', pauseMs: 86_400_000 })
  expect(judge(500, { tries: 10 })).toMatchObject({ state: 'FAILED', failure: 'Given up after 10 attempts.', gone: false })
})

describe.each([
  ['120', 120_000],
  ['1', 5_000], // Never sooner than the schedule.
  ['0', 5_000],
  ['99999999', 86_400_000], // Never later than a day.
  ['Fri, 20 Nov 2026 13:00:00 GMT', 3_600_000],
  ['Fri, 20 Nov 2026 11:00:00 GMT', 5_000],
  ['soon', 5_000],
  ['-5', 5_000],
  ['', 5_000],
])('retry-after: %s', (retryAfter, pauseMs) => {
  it(`waits ${pauseMs} ms`, () => expect(judge(503, { retryAfter })).toMatchObject({ pauseMs }))
})

it('waits as long as the schedule has it, or up to a fifth longer', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: RETRY_SECONDS.length }), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (tries, random) => {
      const verdict = judge(500, { tries, random })
      const scheduled = (RETRY_SECONDS[tries - 1] ?? 0) * 1_000
      expect(verdict.state === 'PENDING' && verdict.pauseMs >= scheduled && verdict.pauseMs <= scheduled * 1.2).toBe(true)
    }),
  )
})
