import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDecimals, decimalText, shiftDecimal } from './decimal-text.ts'

describe('a number as decimal text', () => {
  it.each([
    { value: 0, text: '0' },
    { value: 60, text: '60' },
    { value: 8.47, text: '8.47' },
    { value: 5e-7, text: '0.0000005' },
    { value: 1.5e-9, text: '0.0000000015' },
    { value: 1e21, text: '1000000000000000000000' },
    { value: '12.50', text: '12.5' },
    { value: '8', text: '8' },
  ])('of $value is $text', ({ value, text }) => {
    expect(decimalText(value)).toBe(text)
  })

  it.each([-1, Number.NaN, Number.POSITIVE_INFINITY, '', 'free', '1,5', '-2', null, undefined, true, {}, []])('does not exist for %j', value => {
    expect(decimalText(value)).toBeUndefined()
  })

  it('reads back as the same number', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }), value => {
        const text = decimalText(value)
        expect(text).toMatch(/^\d+(\.\d*[1-9])?$/)
        expect(Number(text)).toBe(value)
      }),
    )
  })
})

it('sums and shifts are exact', () => {
  expect(addDecimals(0.1, 0.2)).toBe('0.3')
  expect(addDecimals('0.0160614', 1.764e-4)).toBe('0.0162378')
  expect(addDecimals(1, null)).toBeUndefined()
  expect(shiftDecimal(37_756_000, 10)).toBe('0.0037756')
  expect(shiftDecimal(0, 10)).toBe('0')
})
