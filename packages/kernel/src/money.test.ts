import { describe, expect, it } from 'vitest'
import { Decimal } from './decimal.ts'
import { InvalidInput } from './errors.ts'
import { CurrencyMismatch, minorUnits, money, roundMoney, sumMoney, UnknownCurrency } from './money.ts'

it.each([
  ['USD', 2],
  ['EUR', 2],
  ['INR', 2],
  ['HUF', 2], // Intl says 0: the digits of cash
  ['COP', 2],
  ['JPY', 0],
  ['KRW', 0],
  ['ISK', 0],
  ['KWD', 3],
  ['IQD', 3],
  ['CLF', 4],
])('%s has %i decimal places', (currency, digits) => {
  expect(minorUnits(currency)).toBe(digits)
})

it.each(['', 'usd', 'US', 'USDX', 'QQQ', '$', 'U$D'])('rejects the currency %j', currency => {
  expect(() => money('1', currency)).toThrow(UnknownCurrency)
})

describe('money', () => {
  it('keeps every digit of the amount', () => {
    expect(money('0.0000135', 'USD').amount.toFixed()).toBe('0.0000135')
    expect(money(new Decimal('1e-20'), 'USD').amount.toFixed()).toBe('0.00000000000000000001')
  })
  it.each(['', 'ten', '1e5', 'NaN', 'Infinity', '1,000.00'])('rejects the amount %j', amount => {
    expect(() => money(amount, 'USD')).toThrow(InvalidInput)
  })
  it.each([new Decimal(NaN), new Decimal(Infinity)])('rejects %s', amount => {
    expect(() => money(amount, 'USD')).toThrow(InvalidInput)
  })
})

describe('sumMoney', () => {
  it('adds without rounding', () => {
    const sum = sumMoney('USD', [money('0.1', 'USD'), money('0.2', 'USD'), money('0.0000001', 'USD')])
    expect(sum).toMatchObject({ currency: 'USD' })
    expect(sum.amount.toFixed()).toBe('0.3000001')
  })
  it('returns zero in the given currency for no amounts', () => {
    expect(sumMoney('EUR', [])).toEqual(money('0', 'EUR'))
  })
  it('rejects amounts of different currencies', () => {
    expect(() => sumMoney('USD', [money('1', 'USD'), money('1', 'EUR')])).toThrow(CurrencyMismatch)
    expect(() => sumMoney('USD', [money('1', 'EUR')])).toThrow('Amounts in USD and EUR')
  })
})

it.each([
  ['10.005', 'USD', '10'], // half-even: to the even cent
  ['10.015', 'USD', '10.02'],
  ['1234.5', 'JPY', '1234'],
  ['1.2345', 'KWD', '1.234'],
])('rounds %s %s to %s', (amount, currency, rounded) => {
  expect(roundMoney(money(amount, currency), 'half-even').amount.toFixed()).toBe(rounded)
})
