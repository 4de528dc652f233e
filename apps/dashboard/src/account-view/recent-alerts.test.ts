import { describe, expect, it } from 'vitest'
import { recentAlerts } from './recent-alerts.ts'

const QUOTA = { id: 'qal_1', metric: 'REQUESTS', operation: null, window: 'MONTH', sliding: false, threshold: '80', used: '8000', limit: '10000' } as const
const CREDITS = { threshold: '10', balance: '9.5', daysLeft: null, expiresAt: null, expiring: null, topUpAmount: null, reason: null } as const
const nodes = {
  quotaAlerts: { nodes: [{ ...QUOTA, scopeValue: ['ada'], occurredAt: '2026-03-10T12:00:00Z' }] },
  creditAlertHistory: {
    nodes: [
      { ...CREDITS, id: 'cal_2', kind: 'EXHAUSTED', balance: '-1', customerId: 'bob', occurredAt: '2026-03-10T12:00:00.5Z' },
      { ...CREDITS, id: 'cal_1', kind: 'LOW_BALANCE', customerId: null, occurredAt: '2026-03-10T11:00:00Z' },
    ],
  },
} as const

describe('recent alerts', () => {
  it('are those of quotas and of credits, the latest first, and say whose they are', () => {
    expect(recentAlerts(nodes, null).map(({ text, isOver }) => [text, isOver])).toEqual([
      ['Wallet of bob: no credits left, the balance is -1.', true],
      ['Requests per month of ada: 80 % used, 8,000 of 10,000.', false],
      ['Wallet: 9.5 credits left.', false],
    ])
  })

  it('say once, by the highest threshold, what one use reached', () => {
    const at = '2026-03-10T12:00:00Z'
    const alerts = ['100', '80', '50'].map((threshold, place) => ({ ...QUOTA, id: `qal_${place}`, threshold, scopeValue: [], occurredAt: at }))
    const earlier = { ...QUOTA, id: 'qal_9', threshold: '50', scopeValue: [], occurredAt: '2026-03-09T12:00:00Z' }
    expect(recentAlerts({ quotaAlerts: { nodes: [...alerts, earlier] } }, null).map(({ id }) => id)).toEqual(['qal_0', 'qal_9'])
  })

  it('do not name the customer that they are all about', () => {
    expect(recentAlerts({ quotaAlerts: nodes.quotaAlerts }, 'ada').map(({ text }) => text)).toEqual(['Requests per month: 80 % used, 8,000 of 10,000.'])
  })
})
