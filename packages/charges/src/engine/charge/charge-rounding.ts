import { type Decimal, InvalidInput, type Issue, round, type RoundingMode } from '@tollgate/kernel'
import type { ExplainedRounding } from '../../model/explanation/charge-explanation.ts'

/** How a charge is rounded: to how many digits after the point, and which way. */
export interface ChargeRounding {
  readonly scale: number
  readonly mode: RoundingMode
}

const MAX_DIGITS = 24

const MODES: readonly RoundingMode[] = ['half-even', 'half-up', 'half-down', 'up', 'down', 'ceil', 'floor']

/** Refuses a scale that is no number of digits, and a mode that there is not. Throws `InvalidInput`. */
export function checkRounding({ scale, mode }: ChargeRounding): void {
  const issues: Issue[] = []
  if (!Number.isInteger(scale) || scale < 0 || scale > MAX_DIGITS)
    issues.push({ path: 'rounding.scale', message: `must be a whole number from 0 to ${MAX_DIGITS}` })
  if (!MODES.includes(mode)) issues.push({ path: 'rounding.mode', message: `must be one of ${MODES.join(', ')}` })
  if (issues.length > 0) throw new InvalidInput(issues)
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
