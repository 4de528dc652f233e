import { expect, it } from 'vitest'
import { filterByDimensions, filterLists } from './usage-filter.ts'

it('filters by values of dimensions, and by null alone for events without a value', () => {
  expect(filterByDimensions({})).toEqual({})
  const filter = filterByDimensions({ taskType: ['qa', 'chat'], customer: ['cust_0001'], feature: [null] })
  expect(filter).toEqual({ taskTypes: ['qa', 'chat'], customers: ['cust_0001'], missing: ['feature'] })
  expect(Object.fromEntries(filterLists(filter).map(({ dimension, values }) => [dimension, values]))).toEqual({
    taskType: ['qa', 'chat'],
    customer: ['cust_0001'],
  })
})

it('names every dimension that cannot be filtered by', () => {
  expect(() => filterByDimensions({ color: ['red'], toString: ['x'], tenant: ['acme'], model: ['gpt-5', null] })).toThrow(
    'filter.color: is not a dimension that usage can be filtered by; filter.toString: is not a dimension that usage can be filtered by; ' +
      'filter.tenant: is not a dimension that usage can be filtered by; filter.model: must name values, or null alone',
  )
})
