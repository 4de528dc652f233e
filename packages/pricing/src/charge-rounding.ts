import { type Decimal, InvalidInput, round, type RoundingMode } from '@tollgate/kernel'
import type { ExplainedRounding } from './charge-explanation.ts'

/** How a charge is rounded: to how many digits after the point, and which way. */
export interface ChargeRounding {
  readonly scale: number
  readonly mode: RoundingMode
}

const MOST_DIGITS = 24

/** Refuses a scale that is no number of digits. Throws `InvalidInput`. */
export function checkRounding(rounding: ChargeRounding | undefined): void {
  if (rounding === undefined || (Number.isInteger(rounding.scale) && rounding.scale >= 0 && rounding.scale <= MOST_DIGITS)) return
  throw new InvalidInput([{ path: 'rounding.scale', message: `must be a whole number from 0 to ${MOST_DIGITS}` }])
}

/** Rounds the charge, once, or leaves it exact where no rounding was asked for. */
export function roundCharge(rounding: ChargeRounding | undefined, before: Decimal): { amount: Decimal; step: ExplainedRounding } {
  const amount = rounding === undefined ? before : round(before, rounding)
  const reason = rounding === undefined ? 'no rounding was asked for' : `to ${rounding.scale} digits after the point, ${rounding.mode}`
  return {
    amount,
    step: {
      step: 'rounding',
      rule: null,
      scale: rounding?.scale ?? null,
      mode: rounding?.mode ?? null,
      before: before.toFixed(),
      after: amount.toFixed(),
      applied: !amount.eq(before),
      reason,
    },
  }
}
