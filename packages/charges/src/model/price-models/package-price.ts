import type { Decimal } from '@tollgate/kernel'
import type { Fields } from '../drafts/read-draft.ts'
import { AMOUNT, type Numeral, QUANTITY } from '../numbers/numeral.ts'
import { chargeUnits, type PricedLine } from './priced-line.ts'

/** A price per block of units, such as 5 USD for every 1,000. */
export interface PackagePrice {
  readonly kind: 'package'
  /** Units in a block. */
  readonly size: Decimal
  /** For one block. */
  readonly price: Decimal
  /** Whether an incomplete block is charged in full or free. */
  readonly partialBlock: PartialBlock
}

/** How an incomplete block is charged. There is no default, because contracts differ. */
export type PartialBlock = 'charged' | 'free'

/** Input of a price per block. */
export interface PackagePriceDraft {
  readonly kind: 'package'
  readonly size: Numeral
  readonly price: Numeral
  readonly partialBlock: PartialBlock
}

/** Reads a price per block. */
export function readPackagePrice(fields: Fields): PackagePrice {
  const size = fields.numeral('size', QUANTITY)
  if (fields.has('size') && size.isZero()) fields.addIssue('size', 'must be greater than 0')
  return { kind: 'package', size, price: fields.numeral('price', AMOUNT), partialBlock: fields.choice('partialBlock', ['charged', 'free']) }
}

/** Multiplies the number of blocks by the price of a block. */
export function pricePackage(quantity: Decimal, { size, price, partialBlock }: PackagePrice): readonly PricedLine[] {
  if (quantity.isZero()) return []
  // Exact: both have at most 37 digits, so that the quotient fits into the 64 digits of a decimal.
  const full = quantity.divToInt(size)
  const begun = partialBlock === 'charged' && full.times(size).lt(quantity)
  return [chargeUnits(`blocks of ${size.toFixed()}`, begun ? full.plus(1) : full, price, quantity)]
}
