import { describe, expect, it } from 'vitest'
import type { RowFragment } from './explore-groups.operations.ts'
import { exactOf, numberOf, orderOf, textOf } from './measure.ts'

const row: RowFragment = {
  calls: 1_234,
  successes: 1_200,
  errorRate: 34 / 1_234,
  tokens: { total: '12345678901234567890' },
  cost: '0.012345678901234567',
  charge: null,
  currency: 'USD',
  unpricedCalls: 3,
  latencyMs: null,
}

describe('a measure of a group', () => {
  it('is a number for charts, and a gap where it is unknown', () => {
    expect(numberOf(row, 'ERRORS')).toBe(34)
    expect(numberOf(row, 'CHARGE')).toBeNull()
    expect(numberOf(row, 'LATENCY_P95')).toBeNull()
    expect(numberOf({ latencyMs: { p95: 12 } }, 'LATENCY_P95')).toBe(12)
  })

  it('keeps every digit for programs', () => {
    expect(exactOf(row, 'COST')).toBe('0.012345678901234567')
    expect(exactOf(row, 'TOKENS')).toBe('12345678901234567890')
    expect(exactOf(row, 'CHARGE')).toBe('')
  })

  it('is text with its unit for people', () => {
    expect(textOf(row, 'ERRORS')).toBe('34 (2.8%)')
    expect(textOf({ ...row, latencyMs: { p95: 1_500.4 } }, 'LATENCY_P95')).toBe('1.5 s')
  })

  it('is not a cost of 0 if no call has a price', () => {
    const unpriced = { ...row, cost: '0', unpricedCalls: 1_234 }
    expect(textOf(unpriced, 'COST')).toBe('unpriced')
    expect(exactOf(unpriced, 'COST')).toBe('')
  })

  it('orders groups by a sum, and never by a cost that may not be seen', () => {
    expect(orderOf('LATENCY_P95', true)).toBe('CALLS')
    expect(orderOf('CHARGE', true)).toBe('COST')
    expect(orderOf('CHARGE', false)).toBe('CALLS')
    expect(orderOf('TOKENS', false)).toBe('TOKENS')
  })
})
