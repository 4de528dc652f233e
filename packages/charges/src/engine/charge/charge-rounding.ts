import { type Decimal, InvalidInput, type Issue, round, type RoundingMode } from '@tollgate/kernel'
import type { ExplainedRounding } from '../../model/explanation/charge-explanation.ts'

/** Decimal places and rounding mode of a charge. */
export interface ChargeRounding {
  readonly scale: number
  readonly mode: RoundingMode
}

const MAX_SCALE = 24

const MODES: readonly RoundingMode[] = ['half-even', 'half-up', 'half-down', 'up', 'down', 'ceil', 'floor']

/** Checks the scale and the mode. Throws `InvalidInput`. */
export function checkRounding({ scale, mode }: ChargeRounding): void {
  const issues: Issue[] = []
  if (!Number.isInteger(scale) || scale < 0 || scale > MAX_SCALE) issues.push({ path: 'rounding.scale', message: `must be an integer from 0 to ${MAX_SCALE}` })
  if (!MODES.includes(mode)) issues.push({ path: 'rounding.mode', message: `must be one of ${MODES.join(', ')}` })
  if (issues.length > 0) throw new InvalidInput(issues)
}

/** Rounds a charge, or leaves it exact if no rounding is requested. */
export function roundCharge(rounding: ChargeRounding | undefined, before: Decimal): { amount: Decimal; step: ExplainedRounding } {
  const amount = rounding === undefined ? before : round(before, rounding)
  const reason = rounding === undefined ? 'no rounding requested' : `to ${rounding.scale} decimal places, ${rounding.mode}`
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
