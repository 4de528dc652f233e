import type { Decimal as DecimalJs } from 'decimal.js'
import { Decimal, ZERO } from './decimal.ts'

/** How a tie or a remainder is rounded. `half-even` is common in accounting, because ties do not drift upwards. */
export type RoundingMode = 'half-even' | 'half-up' | 'half-down' | 'up' | 'down' | 'ceil' | 'floor'

const DECIMAL_MODES: Record<RoundingMode, DecimalJs.Rounding> = {
  'half-even': Decimal.ROUND_HALF_EVEN,
  'half-up': Decimal.ROUND_HALF_UP,
  'half-down': Decimal.ROUND_HALF_DOWN,
  up: Decimal.ROUND_UP,
  down: Decimal.ROUND_DOWN,
  ceil: Decimal.ROUND_CEIL,
  floor: Decimal.ROUND_FLOOR,
}

/**
 * Rounds to `scale` decimal places. Nothing else in Tollgate reduces precision, and callers always name the mode. Zero
 * has no sign, so that no invoice shows "-0".
 */
export function round(amount: Decimal, { scale, mode }: { scale: number; mode: RoundingMode }): Decimal {
  const rounded = amount.toDecimalPlaces(scale, DECIMAL_MODES[mode])
  return rounded.isZero() ? ZERO : rounded
}
