import { Decimal } from '@tollgate/kernel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { firstLeaseSize, grantedLeaseSize, minLeaseSize, nextLeaseSize } from './lease-size.ts'

const decimal = (text: string) => new Decimal(text)

describe('the first lease of a counter', () => {
  it.each([
    { amount: '1', size: '32' },
    { amount: '500', size: '16000' },
    { amount: '0.3', size: '10' },
    { amount: '0', size: '1' },
    { amount: '99999999999999999999', size: String(2 ** 50) },
  ])('requests $size units for requests of $amount', ({ amount, size }) => {
    expect(firstLeaseSize(decimal(amount)).toFixed()).toBe(size)
  })
})

describe('a renewed lease', () => {
  it.each([
    { title: 'half a second of spending', spent: '300', elapsedMs: 250, requested: 1_000, size: '600' },
    { title: 'twice that if it was spent in half the time', spent: '300', elapsedMs: 125, requested: 1_000, size: '1200' },
    { title: 'at most 8 times the size before', spent: '32', elapsedMs: 1, requested: 32, size: '256' },
    { title: 'at least the size of a first lease', spent: '1', elapsedMs: 250, requested: 1_000, size: '32' },
  ])('requests $title', ({ spent, elapsedMs, requested, size }) => {
    expect(nextLeaseSize({ amount: decimal('1'), spent: decimal(spent), elapsedMs, requested }).toFixed()).toBe(size)
  })
})

describe('the smallest lease worth granting', () => {
  it.each([
    { amount: '1', requested: '32', min: '8' },
    { amount: '1', requested: '100000', min: '1000' },
    { amount: '0.5', requested: '32', min: '4' },
  ])('is $min units when $requested are requested for requests of $amount', ({ amount, requested, min }) => {
    expect(minLeaseSize(decimal(amount), decimal(requested)).toFixed()).toBe(min)
  })
})

describe('a granted lease', () => {
  it.each([
    { free: '1000', requested: '100', min: '8', size: '100' },
    { free: '1000', requested: '900', min: '9', size: '250' },
    { free: '41', requested: '100', min: '8', size: '10' },
    { free: '31', requested: '100', min: '8', size: '0' },
    { free: '0', requested: '100', min: '8', size: '0' },
    { free: '-5', requested: '100', min: '8', size: '0' },
  ])('has $size of $free free units when $requested are requested, at least $min', ({ free, requested, min, size }) => {
    expect(grantedLeaseSize(decimal(free), { requested: decimal(requested), min: decimal(min) }).toFixed()).toBe(size)
  })

  it('is never more than a quarter of what is free, nor than requested', () => {
    const amounts = fc.integer({ min: 1, max: 1_000_000 }).map(units => new Decimal(units).div(10))
    fc.assert(
      fc.property(amounts, amounts, amounts, (free, requested, min) => {
        const size = grantedLeaseSize(free, { requested, min })
        expect(size.times(4).lte(free) && size.lte(requested)).toBe(true)
      }),
    )
  })
})
