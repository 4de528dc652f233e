import { Decimal } from './decimal.ts'
import { DomainError } from './errors.ts'

/** The weights cannot be used: there are none, one is negative or not finite, or all are zero. */
export class UnusableWeights extends DomainError<'UNUSABLE_WEIGHTS'> {
  constructor(reason: string) {
    super('UNUSABLE_WEIGHTS', `The amount cannot be allocated: ${reason}.`)
  }
}

/** The amount to allocate has more digits than shares may have, or is not finite. Round it first. */
export class UnroundedAmount extends DomainError<'UNROUNDED_AMOUNT'> {
  constructor(amount: Decimal, scale: number) {
    super('UNROUNDED_AMOUNT', `${amount.toFixed()} cannot be allocated in units of ${scale} decimal places; round it first.`)
  }
}

/**
 * Splits `total` in proportion to `weights` into shares of at most `scale` decimal places that add up to `total` exactly.
 * Shares are rounded towards zero, and the units that are left go one each to the largest remainders (Hamilton's
 * method), ties to the earlier position. So each share is less than one unit from its exact value.
 *
 * `total` may be negative, and has at most `scale` decimal places. Throws `UnusableWeights` and `UnroundedAmount`.
 */
export function allocate(total: Decimal, weights: readonly Decimal[], scale: number): Decimal[] {
  if (!total.isFinite() || total.decimalPlaces() > scale) throw new UnroundedAmount(total, scale)
  const parts = integerWeights(weights)
  const partsSum = parts.reduce((sum, part) => sum + part, 0n)
  if (partsSum === 0n) throw new UnusableWeights('all weights are zero')

  const units = toInteger(total.abs(), scale)
  const shares = parts.map((part, position) => ({ position, whole: (units * part) / partsSum, remainder: (units * part) % partsSum }))
  const leftOver = Number(units - shares.reduce((sum, { whole }) => sum + whole, 0n))
  const largest = new Set(
    shares
      .toSorted((a, b) => (a.remainder === b.remainder ? a.position - b.position : a.remainder > b.remainder ? -1 : 1))
      .slice(0, leftOver)
      .map(({ position }) => position),
  )
  const sign = total.isNegative() ? -1n : 1n
  return shares.map(({ position, whole }) => new Decimal(`${sign * (whole + (largest.has(position) ? 1n : 0n))}e-${scale}`))
}

/** Converts the weights to integers in the same proportion. */
function integerWeights(weights: readonly Decimal[]): bigint[] {
  if (weights.length === 0) throw new UnusableWeights('there are no weights')
  if (weights.some(weight => !weight.isFinite())) throw new UnusableWeights('a weight is not a finite number')
  if (weights.some(weight => weight.lt(0))) throw new UnusableWeights('a weight is negative')
  const scale = Math.max(...weights.map(weight => weight.decimalPlaces()))
  return weights.map(weight => toInteger(weight, scale))
}

/** Multiplies by ten to the `scale`. Uses integers, because a product of decimals would be rounded at the 64th digit. */
function toInteger(amount: Decimal, scale: number): bigint {
  return BigInt(amount.toFixed(scale).replace('.', ''))
}
