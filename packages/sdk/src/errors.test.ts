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
