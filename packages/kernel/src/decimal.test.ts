import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Decimal, parseDecimal } from './decimal.ts'

describe('parseDecimal', () => {
  it.each([
    ['0', '0'],
    ['0.0135', '0.0135'],
    ['-12.50', '-12.5'],
    ['007', '7'],
    ['-0', '0'],
    ['-0.00', '0'],
    ['0.000000000000000000000001', '0.000000000000000000000001'],
    ['99999999999999999999', '99999999999999999999'],
  ])('reads %s', (text, value) => {
    const parsed = parseDecimal(text)
    expect(parsed?.toString()).toBe(value)
    expect(JSON.stringify(parsed)).toBe(`"${value}"`)
  })

  it.each([
    '',
    ' ',
    '1 ',
    ' 1',
    '+1',
    '.5',
    '5.',
    '1e3',
    '1E-7',
    '0x10',
    '1_000',
    '1,000',
    'NaN',
    'Infinity',
    '-',
    '--1',
    '1.2.3',
    '١',
    '1\n',
    '1'.repeat(21),
    `0.${'1'.repeat(25)}`,
  ])('rejects %j', text => {
    expect(parseDecimal(text)).toBeUndefined()
  })

  it('reads every decimal that it writes', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 44n) + 1n, max: 10n ** 44n - 1n }), digits => {
        const value = new Decimal(`${digits}e-24`)
        expect(parseDecimal(value.toFixed())?.eq(value)).toBe(true)
      }),
    )
  })
})

describe('Decimal', () => {
  it('is written without an exponent, however small or large', () => {
    expect(new Decimal('1e-30').toString()).toBe('0.000000000000000000000000000001')
    expect(JSON.stringify({ cost: new Decimal('1e40') })).toBe(`{"cost":"1${'0'.repeat(40)}"}`)
  })

  it('multiplies any token count with any price exactly', () => {
    const tokens = fc.bigInt({ min: 0n, max: 2n ** 53n - 1n })
    const price = fc.bigInt({ min: 0n, max: 10n ** 44n - 1n })
    fc.assert(
      fc.property(tokens, price, (count, digits) => {
        const product = new Decimal(count.toString()).times(new Decimal(`${digits}e-24`))
        expect(product.toFixed()).toBe(new Decimal(`${count * digits}e-24`).toFixed())
      }),
    )
  })
})
