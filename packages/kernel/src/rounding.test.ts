import { describe, expect, it } from 'vitest'
import { Decimal } from './decimal.ts'
import { round, type RoundingMode } from './rounding.ts'

const AMOUNTS = ['2.5', '3.5', '2.51', '2.4', '-2.5', '-3.5', '-2.4'] as const

const ROUNDED: Record<RoundingMode, readonly string[]> = {
  'half-even': ['2', '4', '3', '2', '-2', '-4', '-2'],
  'half-up': ['3', '4', '3', '2', '-3', '-4', '-2'],
  'half-down': ['2', '3', '3', '2', '-2', '-3', '-2'],
  up: ['3', '4', '3', '3', '-3', '-4', '-3'],
  down: ['2', '3', '2', '2', '-2', '-3', '-2'],
  ceil: ['3', '4', '3', '3', '-2', '-3', '-2'],
  floor: ['2', '3', '2', '2', '-3', '-4', '-3'],
}

describe.each(Object.entries(ROUNDED))('%s', (mode, rounded) => {
  it.each(AMOUNTS.map((amount, position) => [amount, rounded[position]]))('rounds %s to %s', (amount, expected) => {
    expect(round(new Decimal(amount), { scale: 0, mode: mode as RoundingMode }).toFixed()).toBe(expected)
  })
})

describe('round', () => {
  it('keeps as many decimal places as the scale', () => {
    expect(round(new Decimal('1.23456'), { scale: 4, mode: 'half-even' }).toFixed()).toBe('1.2346')
  })
  it('does not change a short number', () => {
    expect(round(new Decimal('1.2'), { scale: 4, mode: 'up' }).toFixed()).toBe('1.2')
  })
  it('never returns a zero with a sign', () => {
    expect(JSON.stringify(round(new Decimal('-0.001'), { scale: 2, mode: 'half-even' }))).toBe('"0"')
  })
})
