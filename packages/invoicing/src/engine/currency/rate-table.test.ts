import { Decimal, Temporal } from '@tollgate/kernel'
import { describe, expect, it } from 'vitest'
import { ExchangeRateMissing } from '../../model/billing/billing-errors.ts'
import { rateTable } from './rate-table.ts'
import { readRateFile } from './read-rate-file.ts'

const ecb = `Date,USD,CHF,XYZ,
2026-01-30,1.0800,0.9400,N/A,
2026-01-29,1.0900,0.9300,N/A,
`
const day = (text: string) => Temporal.PlainDate.from(text)

describe('a table of exchange rates', () => {
  const table = rateTable(readRateFile(ecb, 'ECB'))

  it.each([
    { from: 'EUR', to: 'USD', on: '2026-01-29', rate: '1.09', date: '2026-01-29' },
    { from: 'EUR', to: 'USD', on: '2026-02-01', rate: '1.08', date: '2026-01-30' },
    { from: 'USD', to: 'EUR', on: '2026-01-30', rate: '0.925925925925925926', date: '2026-01-30' },
    { from: 'USD', to: 'CHF', on: '2026-01-30', rate: '0.87037037037037037', date: '2026-01-30' },
  ])('converts $from to $to on $on by the rate of $date', ({ from, to, on, rate, date }) => {
    const found = table.rate(from, to, day(on))
    expect([found?.rate.toFixed(), found?.date.toString()]).toEqual([rate, date])
  })

  it('needs no rate for the same currency', () => {
    expect(table.rate('USD', 'USD', day('1990-01-01'))).toBeNull()
  })

  it.each([
    { from: 'EUR', to: 'JPY', on: '2026-01-30', why: 'a currency that is not listed' },
    { from: 'EUR', to: 'USD', on: '2026-01-28', why: 'a day before the first rate' },
    { from: 'EUR', to: 'USD', on: '2026-02-10', why: 'a day more than ten days after the last rate' },
  ])('rejects $why', ({ from, to, on }) => {
    expect(() => table.rate(from, to, day(on))).toThrow(ExchangeRateMissing)
    expect(() => table.rate(from, to, day(on))).toThrow(`There is no exchange rate from ${from} to ${to} for ${on}.`)
  })
})

describe('a file of exchange rates', () => {
  it('can have one rate in each line', () => {
    const [rate, ...others] = readRateFile('date,base,quote,rate\n2026-01-30,USD,JPY,155.25\n', 'Treasury')
    expect(others).toEqual([])
    expect(rate).toEqual({ date: day('2026-01-30'), base: 'USD', quote: 'JPY', rate: new Decimal('155.25'), source: 'Treasury' })
  })

  it('is rejected with the names of the lines that cannot be read', () => {
    const text = 'date,base,quote,rate\n2026-02-30,USD,JPY,155\n2026-01-30,usd,JPY,155\n2026-01-30,USD,JPY,-1\n2026-01-30,USD,USD,1'
    expect(() => readRateFile(text, 'x')).toThrow(
      /line 2: "2026-02-30" is not a date.*line 3: "usd" is not a currency.*line 4: "-1" is not a rate.*line 5: converts USD into itself/,
    )
    expect(() => readRateFile('a,b\n', 'x')).toThrow('line 1: must name the columns')
    expect(() => readRateFile('date,base,quote,rate\n', 'x')).toThrow('line 2: there are no rates')
  })
})
