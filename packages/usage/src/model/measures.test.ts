import { Decimal } from '@tollgate/kernel'
import { describe, expect, it } from 'vitest'
import { averageCostPerCall, errorRate } from './measures.ts'

describe('errorRate', () => {
  it.each([
    { calls: 0, failures: 0, rateLimited: 0, rate: 0 },
    { calls: 8, failures: 1, rateLimited: 1, rate: 0.25 },
    { calls: 4, failures: 1, rateLimited: 0, rate: 0.25 },
    { calls: 4, failures: 1, rateLimited: 1, rate: 0.5 },
    { calls: 3, failures: 0, rateLimited: 3, rate: 1 },
    { calls: 3, failures: 3, rateLimited: 0, rate: 1 },
  ])('$failures failures and $rateLimited rate-limited of $calls: $rate', ({ rate, ...measures }) => {
    expect(errorRate(measures)).toBe(rate)
  })
})

describe('averageCostPerCall', () => {
  it.each([
    { calls: 0, unpricedCalls: 0, cost: '0', average: undefined },
    { calls: 3, unpricedCalls: 3, cost: '0', average: undefined },
    { calls: 4, unpricedCalls: 0, cost: '0.1', average: '0.025' },
    { calls: 4, unpricedCalls: 2, cost: '0.1', average: '0.05' }, // A call without a price is not one that cost nothing.
  ])('$cost over $calls calls, $unpricedCalls of them unpriced: $average', ({ cost, average, ...measures }) => {
    expect(averageCostPerCall({ ...measures, cost: new Decimal(cost) })?.toFixed()).toBe(average)
  })
})
