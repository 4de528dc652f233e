import { expect, it } from 'vitest'
import {
  formatAmount,
  formatChange,
  formatDecimal,
  formatDuration,
  formatPercentChange,
  formatPoints,
  formatPrice,
  formatShortAmount,
  formatShortCount,
} from './format.ts'

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

it('formats a change from one share to another in points', () => {
  expect(formatPoints(0.025)).toBe('+2.5 points')
  expect(formatPoints(-0.1)).toBe('-10 points')
  expect(formatPoints(0)).toBe('0 points')
  expect(formatPoints(null)).toBeUndefined()
})

it('shortens large amounts and counts in small places', () => {
  expect(formatShortAmount('2136869360.471', 'USD')).toBe('$2.14B')
  expect(formatShortAmount('999999.994', 'USD')).toBe('$999,999.99')
  expect(formatShortAmount(null, 'USD')).toBe('–')
  expect(formatShortCount(9_999_999)).toBe('9,999,999')
  expect(formatShortCount('755555555554')).toBe('755.6B')
})

it('shortens small amounts, but not where they are explained', () => {
  expect(formatAmount('0.0071250000000000001', 'USD')).toBe('$0.00713')
  expect(formatPrice('0.0071250000000000001', 'USD')).toBe('$0.0071250000000000001')
  expect(formatPrice('12', 'USD')).toBe('$12.00')
  expect(formatPrice(null, 'USD')).toBe('–')
})

it.each([
  [0, '0 ms'],
  [850.4, '850 ms'],
  [999.6, '1 s'],
  [1_533, '1.53 s'],
  [42_100, '42.1 s'],
  [987_654, '16.5 min'],
  [5_400_000, '1.5 h'],
])('formats a duration of %d milliseconds as %s', (milliseconds, text) => {
  expect(formatDuration(milliseconds)).toBe(text)
})

it('leaves a decimal that is still being typed as it is', () => {
  expect(formatDecimal('1234.5')).toBe('1,234.5')
  expect(formatDecimal('-')).toBe('-')
  expect(formatDecimal('12x')).toBe('12x')
})
