import { type Decimal, ZERO } from './decimal.ts'
import { round, type RoundingMode } from './rounding.ts'

/**
 * Rounds parts of any sign to `scale` decimal places so that they add up to their rounded sum. Each part is rounded by
 * itself; what that leaves of the sum goes, one unit each, to the parts that it brings closest to their exact value, ties to
 * the earlier position. So each part is less than one unit from its exact value.
 */
export function roundParts(parts: readonly Decimal[], { scale, mode }: { readonly scale: number; readonly mode: RoundingMode }): Decimal[] {
  const total = round(sum(parts), { scale, mode })
  const rounded = parts.map(part => round(part, { scale, mode: 'half-even' }))
  const missing = total.minus(sum(rounded))
  if (missing.isZero()) return rounded
  const unit = missing.isNegative() ? ZERO.minus(`1e-${scale}`) : ZERO.plus(`1e-${scale}`)
  const gains = parts.map((part, position) => ({ position, gain: part.minus(rounded[position] ?? ZERO).times(missing.isNegative() ? -1 : 1) }))
  // A count, not money.
  const units = Number(missing.div(unit).toFixed(0))
  for (const { position } of gains.toSorted((a, b) => b.gain.comparedTo(a.gain) || a.position - b.position).slice(0, units)) {
    rounded[position] = (rounded[position] ?? ZERO).plus(unit)
  }
  return rounded
}

function sum(amounts: readonly Decimal[]): Decimal {
  return amounts.reduce((all, amount) => all.plus(amount), ZERO)
}
