import { Decimal, ZERO } from './decimal.ts'
import { DomainError } from './errors.ts'

/** The weights cannot share an amount out: one is negative, or all are zero. */
export class UnusableWeights extends DomainError<'UNUSABLE_WEIGHTS'> {
  constructor(reason: string) {
    super('UNUSABLE_WEIGHTS', `The amount cannot be allocated: ${reason}.`)
  }
}

/**
 * Splits `total` in proportion to `weights`, each share with at most `scale` digits after the point, so that the
 * shares sum to `total` exactly: everyone gets the share rounded down, and the units left over go one each to the
 * largest remainders (Hamilton's method), ties to the earlier position.
 *
 * `total` itself must have at most `scale` digits after the point; round it first.
 */
export function allocate(total: Decimal, weights: readonly Decimal[], scale: number): Decimal[] {
  if (weights.some(weight => weight.isNegative() && !weight.isZero())) throw new UnusableWeights('a weight is negative')
  const weightSum = weights.reduce((sum, weight) => sum.plus(weight), ZERO)
  if (weightSum.isZero()) throw new UnusableWeights('all weights are zero')
  if (total.decimalPlaces() > scale) throw new UnusableWeights(`${total.toFixed()} has more than ${scale} decimal places; round it first`)

  const unit = new Decimal(10).pow(-scale)
  const units = total.abs().div(unit)
  const shares = weights.map((weight, position) => {
    const exact = units.times(weight)
    const whole = exact.divToInt(weightSum)
    return { position, whole, remainder: exact.minus(whole.times(weightSum)) }
  })
  const assigned = shares.reduce((sum, { whole }) => sum.plus(whole), ZERO)
  const leftOver = units.minus(assigned).toNumber()
  const favoured = new Set(
    shares
      .toSorted((a, b) => b.remainder.comparedTo(a.remainder) || a.position - b.position)
      .slice(0, leftOver)
      .map(({ position }) => position),
  )
  const sign = total.isNegative() ? -1 : 1
  return shares.map(({ position, whole }) => whole.plus(favoured.has(position) ? 1 : 0).times(unit).times(sign))
}
