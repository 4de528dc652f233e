import { describe, expect, it } from 'vitest'
import { isQuotaExceeded, QuotaExceeded } from './errors.ts'
import type { QuotaResult } from './model/quota-decision.ts'

const allowed: QuotaResult = {
  metric: 'REQUESTS',
  operation: null,
  allowed: true,
  refusal: null,
  limit: null,
  used: null,
  reserved: null,
  remaining: null,
  resetsAt: null,
  retryAfterMs: null,
}
const refused = {
  ...allowed,
  metric: 'TOKENS',
  allowed: false,
  refusal: 'OVER_LIMIT',
  limit: '1000',
  remaining: '12',
  resetsAt: '2026-11-21T00:00:00Z',
  retryAfterMs: 500,
} as const
const exceeded = (...results: QuotaResult[]) => new QuotaExceeded({ allowed: false, degraded: false, results })

describe('QuotaExceeded', () => {
  it('says which quota is used up, what remains, and when it resets', () => {
    expect(exceeded(allowed, refused).message).toBe('The quota of tokens is used up: 12 of 1000 remain; it resets at 2026-11-21T00:00:00Z.')
  })
  it('says that the limit fails closed if Tollgate did not answer', () => {
    expect(exceeded({ ...refused, operation: 'chat', refusal: 'UNREACHABLE' }).message).toBe(
      'The quota of tokens for "chat" cannot be checked: Tollgate does not answer, and the limit is set to deny then. Try again later.',
    )
  })
  it('says which of several requests was refused by itself', () => {
    expect(exceeded({ ...refused, metric: 'COST', refusal: null }, { ...refused, refusal: 'UNREACHABLE' }).message).toMatch(
      /^The quota of tokens cannot be checked/,
    )
  })
  it.each([
    ['HOLD_TOO_LARGE', 'The quota of tokens does not allow a reservation of this size. Reserve less, or split the work.'],
    ['UNKNOWN_AMOUNT', 'The quota of tokens denies requests of an unknown amount. Pass an estimate.'],
    ['NO_POLICY', 'The quota of tokens does not exist, and the plan of the tenant denies what it does not list. Add the quota to the plan.'],
    ['STORE_FAILURE', 'The quota of tokens cannot be checked: the database of Tollgate does not answer, and the limit is set to deny then. Try again later.'],
  ] as const)('says what to do about %s', (refusal, message) => {
    expect(exceeded({ ...refused, refusal }).message).toBe(message)
  })
  it('can be sent as a 429 with the longest delay of its refusals', () => {
    expect(exceeded(refused, allowed, { ...refused, retryAfterMs: 900 })).toMatchObject({ status: 429, code: 'QUOTA_EXCEEDED', retryAfterMs: 900 })
  })
  it('has no delay if one of the requests will never fit', () => {
    expect(exceeded(refused, { ...refused, refusal: 'HOLD_TOO_LARGE', retryAfterMs: null }).retryAfterMs).toBeNull()
  })
  it('is recognised across copies of this package', () => {
    expect(isQuotaExceeded(Object.assign(new Error('of another copy'), { code: 'QUOTA_EXCEEDED', decision: {} }))).toBe(true)
    expect(isQuotaExceeded(new Error('QUOTA_EXCEEDED'))).toBe(false)
  })
})
