import { describe, expect, it } from 'vitest'
import { decimalOrNull, instantOrNull } from './row-values.ts'

describe('decimalOrNull', () => {
  it.each([
    ['0.000000000000000000000001', '0.000000000000000000000001'],
    ['-12.50', '-12.5'],
    [null, undefined],
  ])('reads %s', (text, decimal) => {
    expect(decimalOrNull(text)?.toFixed()).toBe(decimal)
  })
})

describe('instantOrNull', () => {
  it.each([
    ['2026-03-10 12:00:00.123456+00', '2026-03-10T12:00:00.123456Z'],
    [null, undefined],
  ])('reads %s', (text, instant) => {
    expect(instantOrNull(text)?.toString()).toBe(instant)
  })
})
