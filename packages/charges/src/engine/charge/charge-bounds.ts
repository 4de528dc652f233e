import type { Decimal } from '@tollgate/kernel'
import { type Fields, readDraft } from '../../model/drafts/read-draft.ts'
import { AMOUNT, type Numeral } from '../../model/numbers/numeral.ts'
import { type ExplainedBounds, explainNumber } from '../../model/explanation/charge-explanation.ts'

/** Minimum and maximum of a charge, applied after discounts. */
export interface ChargeBounds {
  readonly atLeast: Decimal | undefined
  readonly atMost: Decimal | undefined
}

/** Input of the bounds of a charge. */
export interface ChargeBoundsDraft {
  readonly atLeast?: Numeral | null | undefined
  readonly atMost?: Numeral | null | undefined
}

/** Checks bounds. They may not have more decimal places than the charge is rounded to, so that rounding stays within them. Throws `InvalidInput`. */
export function readChargeBounds(draft: ChargeBoundsDraft, roundingScale: number | undefined): ChargeBounds {
  return readDraft({ bounds: draft }, fields => fields.nested('bounds', bounds => readBounds(bounds, roundingScale)))
}

/** Raises or lowers an amount to its bounds. */
export function boundCharge({ atLeast, atMost }: ChargeBounds, before: Decimal): { amount: Decimal; step: ExplainedBounds } {
  const [amount, reason] = within({ atLeast, atMost }, before)
  const step = { step: 'bounds', rule: null, atLeast: explainNumber(atLeast), atMost: explainNumber(atMost) } as const
  return { amount, step: { ...step, before: before.toFixed(), after: amount.toFixed(), applied: !amount.eq(before), reason } }
}

function within({ atLeast, atMost }: ChargeBounds, amount: Decimal): readonly [Decimal, string] {
  if (atLeast?.gt(amount)) return [atLeast, `raised to the minimum of ${atLeast.toFixed()}`]
  if (atMost?.lt(amount)) return [atMost, `lowered to the maximum of ${atMost.toFixed()}`]
  return [amount, 'within its bounds']
}

function readBounds(fields: Fields, roundingScale: number | undefined): ChargeBounds {
  const digits = { ...AMOUNT, scale: Math.min(AMOUNT.scale, roundingScale ?? AMOUNT.scale) }
  const atLeast = fields.optionalNumeral('atLeast', digits)
  const atMost = fields.optionalNumeral('atMost', digits)
  if (atLeast !== undefined && atMost?.lt(atLeast)) fields.addIssue('atMost', `must be at least atLeast, which is ${atLeast.toFixed()}`)
  return { atLeast, atMost }
}
