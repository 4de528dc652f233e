import { Decimal, InvalidInput } from '@tollgate/kernel'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { checkAmount, MAX_AMOUNT, percentOf, WORKING_SCALE } from './charge-amount.ts'

it.each([
  { amount: '123.45', percent: '10', share: '12.345' },
  { amount: '0.00495', percent: '0.00000001', share: '0.000000000000495' },
  { amount: `0.${'0'.repeat(35)}1`, percent: '50', share: '0' }, // a tie goes to even
  { amount: `0.${'0'.repeat(35)}3`, percent: '50', share: `0.${'0'.repeat(35)}2` },
])('$percent % of $amount is $share', ({ amount, percent, share }) => {
  expect(percentOf(new Decimal(amount), new Decimal(percent)).toFixed()).toBe(share)
})

it('a percentage is exact to 36 decimal places for any amount, and rounded half-even once', () => {
  const amounts = fc.tuple(fc.bigInt({ min: 0n, max: 10n ** 60n }), fc.constantFrom(24, 36))
  fc.assert(
    fc.property(amounts, fc.bigInt({ min: 0n, max: 10n ** 11n }), ([digits, scale], percent) => {
      const share = percentOf(new Decimal(`${digits}e-${scale}`), new Decimal(`${percent}e-8`))
      // In units of 10^-36: digits × percent / 10^(scale + 8 + 2 - 36).
      const under = 10n ** BigInt(scale + 10 - WORKING_SCALE > 0 ? scale + 10 - WORKING_SCALE : 0)
      const over = digits * percent * 10n ** BigInt(scale + 10 - WORKING_SCALE < 0 ? WORKING_SCALE - scale - 10 : 0)
      const [whole, rest] = [over / under, over % under]
      const up = rest * 2n > under || (rest * 2n === under && whole % 2n === 1n)
      expect(share.toFixed()).toBe(new Decimal(`${whole + (up ? 1n : 0n)}e-36`).toFixed())
    }),
  )
})

it('rejects an amount that could not be added exactly', () => {
  expect(checkAmount('usage', MAX_AMOUNT)).toBe(MAX_AMOUNT)
  expect(() => checkAmount('usage', MAX_AMOUNT.plus('0.000001'))).toThrow(InvalidInput)
})
