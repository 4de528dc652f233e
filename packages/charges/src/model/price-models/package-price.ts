import type { Decimal } from '@tollgate/kernel'
import type { Fields } from '../drafts/read-draft.ts'
import { AMOUNT, type Numeral, QUANTITY } from '../numbers/numeral.ts'
import { chargeUnits, type PricedLine } from './priced-line.ts'

/** Units in blocks: 5 USD for every 1,000. */
export interface PackagePrice {
  readonly kind: 'package'
  /** Units in a block. */
  readonly size: Decimal
  /** For one block. */
  readonly price: Decimal
  /** What a block that is begun and not full costs: a whole one, or nothing. */
  readonly partialBlock: PartialBlock
}

/** What happens to the block that is begun and not full. There is no default: contracts differ. */
export type PartialBlock = 'charged' | 'free'

/** A price per block, to be defined. */
export interface PackagePriceDraft {
  readonly kind: 'package'
  readonly size: Numeral
  readonly price: Numeral
  readonly partialBlock: PartialBlock
}

/** Reads a price per block. */
export function readPackagePrice(fields: Fields): PackagePrice {
  const size = fields.numeral('size', QUANTITY)
  if (fields.has('size') && size.isZero()) fields.addIssue('size', 'must be more than 0')
  return { kind: 'package', size, price: fields.numeral('price', AMOUNT), partialBlock: fields.choice('partialBlock', ['charged', 'free']) }
}

/** Blocks times the price of one. */
export function pricePackage(quantity: Decimal, { size, price, partialBlock }: PackagePrice): readonly PricedLine[] {
  if (quantity.isZero()) return []
  // Exact: both have at most 28 digits, so that 64 tell a quotient from the whole number beside it.
  const full = quantity.divToInt(size)
  const begun = partialBlock === 'charged' && full.times(size).lt(quantity)
  return [chargeUnits(`blocks of ${size.toFixed()}`, begun ? full.plus(1) : full, price, quantity)]
}
