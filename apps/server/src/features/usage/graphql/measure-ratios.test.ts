import { Decimal } from '@tollgate/kernel'
import { expect, it } from 'vitest'
import { averageCostPerCall, errorRate } from './measure-ratios.ts'

it.each([
  [{ calls: 0, failures: 0, rateLimited: 0 }, 0],
  [{ calls: 4, failures: 1, rateLimited: 0 }, 0.25],
  [{ calls: 4, failures: 1, rateLimited: 1 }, 0.5],
  [{ calls: 3, failures: 3, rateLimited: 0 }, 1],
])('of %j the error rate is %d', (measures, rate) => {
  expect(errorRate(measures)).toBe(rate)
})

it.each([
  [{ calls: 0, unpricedCalls: 0, cost: '0' }, null],
  [{ calls: 2, unpricedCalls: 2, cost: '0' }, null],
  [{ calls: 2, unpricedCalls: 0, cost: '0.03' }, '0.015'],
  [{ calls: 3, unpricedCalls: 1, cost: '0.03' }, '0.015'],
  [{ calls: 3, unpricedCalls: 0, cost: '1' }, '0.333333333333'],
  [{ calls: 6, unpricedCalls: 0, cost: '1' }, '0.166666666667'],
])('of %j the average cost is %s', ({ cost, ...calls }, average) => {
  expect(averageCostPerCall({ ...calls, cost: new Decimal(cost) })?.toFixed() ?? null).toBe(average)
})
