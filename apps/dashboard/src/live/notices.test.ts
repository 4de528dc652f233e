import { describe, expect, it } from 'vitest'
import { type Notice, noticeOf, withNotice } from './notices.ts'

const NOTHING = { cursor: 'c', usage: null, quotaAlert: null, alert: null, creditAlert: null }
const AT = '2026-03-10T12:00:00Z'

describe('notices', () => {
  it('say which quota of which tenant is used how far', () => {
    const quotaAlert = {
      cursor: '7',
      tenant: { name: 'Acme' },
      metric: 'REQUESTS',
      window: 'MONTH',
      threshold: '80',
      used: '8000',
      limit: '10000',
      occurredAt: AT,
    } as const
    expect(noticeOf({ ...NOTHING, quotaAlert })).toEqual({
      key: 'quota 7',
      text: 'Acme has used 80 % of its requests per month: 8,000 of 10,000.',
      at: AT,
      isGood: false,
    })
  })

  it("say to a customer which of the customer's own quotas is used how far", () => {
    const quotaAlert = { cursor: '7', metric: 'TOKENS', window: 'DAY', threshold: '50', used: '5', limit: '10', occurredAt: AT } as const
    const text = 'You have used 50 % of your tokens per day: 5 of 10.'
    expect(noticeOf({ cursor: 'c', usage: null, quotaAlert, creditAlert: null })).toEqual({ key: 'quota 7', text, at: AT, isGood: false })
  })

  it('say that an alert has recovered', () => {
    const alert = { cursor: '8', type: 'RECOVERED', message: 'Calls are fast again.', occurredAt: AT } as const
    expect(noticeOf({ ...NOTHING, alert })).toEqual({ key: 'alert 8', text: 'Calls are fast again.', at: AT, isGood: true })
  })

  it('are not made of usage', () => {
    expect(noticeOf(NOTHING)).toBeUndefined()
  })

  it('come once, newest first, and no more than can be read', () => {
    const notice = (key: string): Notice => ({ key, text: key, at: AT, isGood: false })
    let notices: readonly Notice[] = []
    for (let at = 0; at < 30; at += 1) notices = withNotice(notices, notice(String(at)))
    notices = withNotice(notices, notice('29'))
    expect(notices).toHaveLength(20)
    expect(notices[0]?.key).toBe('29')
  })
})
