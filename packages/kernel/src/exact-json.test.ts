import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseExactJson, readJsonNumber } from './exact-json.ts'
import { longNumberText } from './long-number.ts'

describe('parseExactJson', () => {
  it.each([
    '9007199254740993',
    '-9007199254740993',
    '9007199254740992',
    '12345678901234567890',
    '1152921504606846976',
    '0.1000000000000000055511151231257827',
    '1250.12345678901234567',
    '1e400',
    '1e-400',
    '-1.5E+4000',
    '1000000000000000000000',
  ])('keeps the digits of %s', text => {
    const parsed = parseExactJson(`{"a":[1, ${text}],"b":${text}}`) as { a: unknown[]; b: unknown }
    expect([longNumberText(parsed.a[1]), longNumberText(parsed.b)]).toEqual([text, text])
    expect(JSON.stringify(parsed)).toBe(`{"a":[1,${text}],"b":${text}}`)
    expect(longNumberText(parseExactJson(text))).toBe(text)
    expect(longNumberText(readJsonNumber(text))).toBe(text)
  })

  it.each(['0', '-3', '9007199254740991', '-9007199254740991', '0.30000000000000004', '1250.1234567890124', '0.1000000000000000', '1e-300', '12.5e2', '5E-7'])(
    'reads %s as a number, which holds it',
    text => {
      expect(parseExactJson(`{"a":${text}}`)).toEqual({ a: Number(text) })
      expect(readJsonNumber(text)).toBe(Number(text))
    },
  )

  it('leaves texts and names alone that look like long numbers', () => {
    const value = { 'a,12345678901234567890': 'b: 12345678901234567890, 1.2.3.4.5.6.7.8.9.10', ids: ['12345678901234567890'], n: 1 }
    expect(parseExactJson(JSON.stringify(value))).toEqual(value)
  })

  it('parses whatever JSON.stringify writes as JSON.parse does', () => {
    fc.assert(
      fc.property(fc.jsonValue(), value => {
        const text = JSON.stringify(value)
        expect(JSON.stringify(parseExactJson(text))).toBe(JSON.stringify(JSON.parse(text)))
      }),
    )
  })

  it('never changes the value of a number, however it is written', () => {
    const numeral = fc
      .tuple(fc.boolean(), fc.bigInt({ min: 0n, max: 10n ** 25n }), fc.option(fc.stringMatching(/^\d{1,30}$/)), fc.option(fc.integer({ min: -400, max: 400 })))
      .map(
        ([minus, digits, fraction, exponent]) =>
          `${minus ? '-' : ''}${digits}${fraction === null ? '' : `.${fraction}`}${exponent === null ? '' : `e${exponent}`}`,
      )
    fc.assert(
      fc.property(numeral, text => {
        const { a } = parseExactJson(`{"a":${text}}`) as { a: unknown }
        const kept = longNumberText(a)
        if (kept === undefined) expect(normalForm(String(a))).toBe(normalForm(text))
        else expect(kept).toBe(text)
      }),
      { numRuns: 1_000 },
    )
  })

  it('throws for what is not JSON, also after a long number', () => {
    expect(() => parseExactJson('{"a":9007199254740993,}')).toThrow(SyntaxError)
    expect(() => parseExactJson('{"a":1.2.3.4.5.6.7.8.9.10}')).toThrow(SyntaxError)
  })
})

it('longNumberText returns undefined for anything else', () => {
  for (const value of [1, '9007199254740993', { rawJSON: '9007199254740993' }, null, undefined]) expect(longNumberText(value)).toBeUndefined()
})

/** Returns the significant digits and the exponent of a numeral, independently of decimal.js. */
function normalForm(text: string): string {
  const [, minus = '', whole = '', fraction = '', exponent = '0'] = /^(-?)(\d+)(?:\.(\d+))?(?:e\+?(-?\d+))?$/i.exec(text) ?? []
  const digits = `${whole}${fraction}`.replace(/^0+/, '')
  const significant = digits.replace(/0+$/, '')
  if (significant === '') return '0'
  return `${minus}${significant}e${Number(exponent) - fraction.length + digits.length - significant.length}`
}
