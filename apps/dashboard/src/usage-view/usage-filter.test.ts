import { describe, expect, it } from 'vitest'
import { filterInput, readFilter, withoutConditions, withoutValue, withValue } from './usage-filter.ts'

describe('the filter of an address', () => {
  it('is one value, or many', () => {
    expect(readFilter({ model: 'gpt-5', customer: ['a', 'b', 'a'], other: 'x' })).toEqual([
      { dimension: 'MODEL', values: ['gpt-5'] },
      { dimension: 'CUSTOMER', values: ['a', 'b'] },
    ])
  })

  it('takes ids that look like numbers, and nothing that is neither text nor number', () => {
    expect(readFilter({ customer: 42, model: { a: 1 }, provider: ['', null] })).toEqual([{ dimension: 'CUSTOMER', values: ['42'] }])
  })

  it('reaches the API by field, with statuses as constants', () => {
    expect(filterInput([])).toBeNull()
    expect(filterInput(readFilter({ model: 'gpt-5', status: ['rate_limited', 'failure'] }))).toEqual({
      models: ['gpt-5'],
      statuses: ['FAILURE', 'RATE_LIMITED'].toReversed(),
    })
  })

  it('selects single events by what usage is not grouped by, and never their absence', () => {
    expect(filterInput(readFilter({ session: 's-1', pricing: 'unpriced' }))).toEqual({ sessionIds: ['s-1'], pricingStates: ['UNPRICED'] })
    expect(filterInput(readFilter(withValue([], 'TRACE', null)))).toEqual({})
  })

  it('can ask for usage without a value', () => {
    const address = withValue([], 'CUSTOMER', null)
    expect(filterInput(readFilter(address))).toEqual({ missing: ['CUSTOMER'] })
  })
})

describe('a change of the filter', () => {
  const conditions = readFilter({ model: ['a', 'b'] })

  it('adds a value once', () => {
    expect(withValue(conditions, 'MODEL', 'c')).toEqual({ model: ['a', 'b', 'c'] })
    expect(withValue(conditions, 'MODEL', 'a')).toEqual({ model: ['b', 'a'] })
    expect(withValue(conditions, 'PROVIDER', 'openai')).toEqual({ provider: 'openai' })
  })

  it('replaces values by their absence, which no event could both have', () => {
    expect(readFilter(withValue(conditions, 'MODEL', null))).toEqual([{ dimension: 'MODEL', values: [null] }])
  })

  it('takes out a value, and the parameter with the last one', () => {
    expect(withoutValue(conditions, 'MODEL', 'a')).toEqual({ model: 'b' })
    expect(withoutValue(readFilter({ model: 'a' }), 'MODEL', 'a')).toEqual({ model: undefined })
  })

  it('takes out all', () => {
    expect(readFilter({ ...{ model: 'a', task: 'b' }, ...withoutConditions() })).toEqual([])
  })
})
