import { Decimal, parseExactJson } from '@tollgate/kernel'
import { parseValue } from 'graphql'
import { describe, expect, it } from 'vitest'
import { bigIntScalar } from './big-int.ts'
import { dateTimeScalar } from './date-time.ts'
import { decimalScalar } from './decimal.ts'
import { jsonScalar } from './json.ts'
import { safeIntScalar } from './safe-int.ts'

describe('Decimal', () => {
  it.each([
    ['0.0135', '0.0135'],
    ['-12345678901234567890.123456789', '-12345678901234567890.123456789'],
    ['1.50', '1.5'],
    ['5e-7', '0.0000005'],
    ['-1.25E+3', '-1250'],
    ['1e19', '10000000000000000000'],
    ['1e-24', '0.000000000000000000000001'],
    ['0e99', '0'],
    [0, '0'],
    [-3, '-3'],
    [0.1, '0.1'],
    [0.0000001, '0.0000001'],
    [123456789.123456, '123456789.123456'],
    [0.1 + 0.2, '0.30000000000000004'],
    [1234567.123456789, '1234567.123456789'],
    [parseExactJson('0.1234567890123456789'), '0.1234567890123456789'],
    [parseExactJson('12345678901234567890'), '12345678901234567890'],
    [parseExactJson('1.2345678901234567890e-3'), '0.001234567890123456789'],
  ])('takes %j as %s', (value, exact) => {
    expect(decimalScalar.parseValue(value).toFixed()).toBe(exact)
  })
  it.each([
    '',
    ' 1',
    '1e20',
    '1e-25',
    '1.5e-24',
    '1e100',
    '1e',
    'e3',
    '.5e1',
    ' 5e-7',
    '1e999999999',
    '.5',
    '5.',
    '+1',
    'NaN',
    'Infinity',
    '0x10',
    '1,5',
    true,
    null,
    {},
    '9'.repeat(21),
    `0.${'9'.repeat(25)}`,
    parseExactJson('123456789012345678901'),
    parseExactJson('1e-400'),
  ])('rejects %j', value => {
    expect(() => decimalScalar.parseValue(value)).toThrow('Decimal must be a decimal number as a string')
  })
  it('accepts the number of digits that its description and its error name', () => {
    const longest = `${'9'.repeat(20)}.${'9'.repeat(24)}`
    expect(decimalScalar.parseValue(longest).toFixed()).toBe(longest)
    expect(decimalScalar.description).toContain('At most 20 digits before the point and 24 after it')
    expect(() => decimalScalar.parseValue(`9${longest}`)).toThrow('at most 20 digits before the point and 24 after it')
  })
  it.each([1e300, 2 ** 60 + 256, Number.NaN])('rejects the number %d, which may have lost digits in JSON', value => {
    expect(() => decimalScalar.parseValue(value)).toThrow('send it as a string')
  })
  it('reads numbers in the text of a query with all their digits', () => {
    expect(decimalScalar.parseLiteral(parseValue('0.30000000000000004')).toFixed()).toBe('0.30000000000000004')
    expect(decimalScalar.parseLiteral(parseValue('"0.5"')).toFixed()).toBe('0.5')
    expect(decimalScalar.parseLiteral(parseValue('5e-7')).toFixed()).toBe('0.0000005')
    expect(() => decimalScalar.parseLiteral(parseValue('1e30'))).toThrow('decimal number')
    expect(() => decimalScalar.parseLiteral(parseValue('[1]'))).toThrow('must be a string')
  })
  it('is serialized without an exponent', () => {
    expect(decimalScalar.serialize(new Decimal('1e-18'))).toBe('0.000000000000000001')
  })
})

describe('DateTime', () => {
  it.each([
    ['2026-11-20T09:30:00Z', '2026-11-20T09:30:00Z'],
    ['2026-11-20T15:00:00.250+05:30', '2026-11-20T09:30:00.25Z'],
    ['2026-11-20T00:00:00-00:00', '2026-11-20T00:00:00Z'],
  ])('takes %s, and shows it in UTC', (text, utc) => {
    expect(dateTimeScalar.serialize(dateTimeScalar.parseValue(text))).toBe(utc)
    expect(dateTimeScalar.serialize(dateTimeScalar.parseLiteral(parseValue(JSON.stringify(text))))).toBe(utc)
  })
  it.each(['2026-11-20', '2026-11-20T09:30:00', '2026-02-30T00:00:00Z', '2026-11-20T25:00:00Z', 'yesterday', 1_795_000_000, null])('rejects %j', value => {
    expect(() => dateTimeScalar.parseValue(value)).toThrow('RFC 3339 with an offset')
  })
})

describe('SafeInt', () => {
  it.each([0, -1, Number.MAX_SAFE_INTEGER])('accepts %d', value => {
    expect(safeIntScalar.parseValue(value)).toBe(value)
    expect(safeIntScalar.parseLiteral(parseValue(String(value)))).toBe(value)
  })
  it.each([1.5, 2 ** 53, parseExactJson('9007199254740993'), Number.NaN, '5', true, null, []])('rejects %j', value => {
    expect(() => safeIntScalar.parseValue(value)).toThrow('integer up to 2^53 - 1')
  })
  it.each(['1.0', '"5"', '9007199254740993', '[1]'])('rejects %s in the text of a query', text => {
    expect(() => safeIntScalar.parseLiteral(parseValue(text))).toThrow('integer up to 2^53 - 1')
  })
})

describe('BigInt', () => {
  it.each([
    [0n, 0],
    [7, 7],
    [2n ** 53n - 1n, 9007199254740991],
    [2n ** 53n, '9007199254740992'],
    [-(2n ** 53n), '-9007199254740992'],
    [10n ** 40n, `1${'0'.repeat(40)}`],
  ])('shows %s', (value, shown) => {
    expect(bigIntScalar.serialize(value)).toBe(shown)
  })
  it.each([1.5, 2 ** 53, '5', null])('does not show %j', value => {
    expect(() => bigIntScalar.serialize(value)).toThrow('must be an integer')
  })
})

describe('JSON', () => {
  const nested = (depth: number): unknown => (depth === 0 ? 1 : { a: nested(depth - 1) })

  it('accepts values, and variables inside literals', () => {
    expect(jsonScalar.parseValue({ a: [1, 'x', true, null] })).toEqual({ a: [1, 'x', true, null] })
    expect(jsonScalar.parseLiteral(parseValue('{ a: $v, b: [1.5, "x", ENUM] }'), { v: true })).toEqual({ a: true, b: [1.5, 'x', 'ENUM'] })
  })
  it('rejects nesting of more than 32 levels, however deep', () => {
    expect(jsonScalar.parseValue(nested(32))).toBeDefined()
    expect(() => jsonScalar.parseValue(nested(33))).toThrow('nested deeper than 32 levels')
  })
})
