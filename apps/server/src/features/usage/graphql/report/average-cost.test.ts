import { Decimal } from '@tollgate/kernel'
import { expect, it } from 'vitest'
import { roundedAverageCost } from './average-cost.ts'

it.each([
  [{ calls: 0, unpricedCalls: 0, cost: '0' }, null],
  [{ calls: 2, unpricedCalls: 2, cost: '0' }, null],
  [{ calls: 2, unpricedCalls: 0, cost: '0.03' }, '0.015'],
  [{ calls: 3, unpricedCalls: 1, cost: '0.03' }, '0.015'],
  [{ calls: 3, unpricedCalls: 0, cost: '1' }, '0.333333333333'],
  [{ calls: 6, unpricedCalls: 0, cost: '1' }, '0.166666666667'],
])('the average cost of %j is %s', ({ cost, ...calls }, average) => {
  expect(roundedAverageCost({ ...calls, cost: new Decimal(cost) })?.toFixed() ?? null).toBe(average)
})
