import { expect, it } from 'vitest'
import { formatChange, formatPercentChange } from './format.ts'

it('formats a change as a percentage with its sign', () => {
  expect(formatChange(0.25)).toBe('+25%')
  expect(formatChange(-0.047)).toBe('-4.7%')
  expect(formatChange(25)).toBe('+1,000% and more')
  expect(formatChange(null)).toBeUndefined()
})

it('formats a change that is already in percent', () => {
  expect(formatPercentChange(25)).toBe('+25%')
  expect(formatPercentChange(-4.7)).toBe('-4.7%')
  expect(formatPercentChange(null)).toBeUndefined()
})
