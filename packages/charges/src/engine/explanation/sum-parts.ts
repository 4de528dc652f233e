import { type Decimal, type Period, ZERO } from '@tollgate/kernel'
import type { PartSum } from '../../model/explanation/explained-period.ts'
import type { UsageCell } from '../../model/usage/usage-cell.ts'
import { sumUsage } from '../../model/usage/usage-totals.ts'
import type { ChargeContext } from '../charge/charge-context.ts'
import type { RatedCharge } from '../charge/rate-charge.ts'
import type { ChargeRulePart } from '../rules/charge-rule-parts.ts'
import { discountsInTime } from '../rules/discounts-in-time.ts'
import { redemptionTimes } from '../rules/redemption-times.ts'

/** A part of a period with its usage and its charge. */
export interface ChargedPart extends ChargeRulePart {
  readonly cells: readonly UsageCell[]
  readonly total: RatedCharge
}

/** Adds up the parts that have the same rules, time-based discounts and redeemed coupons. A month of nights and days has two sums. */
export function sumParts(parts: readonly ChargedPart[], { discountStates }: Pick<ChargeContext, 'discountStates'>): readonly PartSum[] {
  const redemptions = redemptionTimes(discountStates ?? {})
  const inTime = ({ range, rules }: ChargeRulePart) => discountsInTime(rules.discounts, range.from).map(({ id }) => id)
  const kindOf = (part: ChargedPart) => {
    const redeemed = redemptions.filter(at => at.epochNanoseconds <= part.range.from.epochNanoseconds).length
    return JSON.stringify([part.rules.versions.map(({ id }) => id), inTime(part), redeemed])
  }
  return [...Map.groupBy(parts, kindOf).values()].map(alike => {
    const [first] = alike as [ChargedPart, ...ChargedPart[]]
    const range: Period = { from: first.range.from, to: (alike.at(-1) ?? first).range.to }
    const { calls, unpricedCalls, cost } = sumUsage(alike.flatMap(({ cells }) => cells))
    return { parts: alike.length, range, discounts: inTime(first), calls, unpricedCalls, cost, charge: sumCharges(alike) }
  })
}

function sumCharges(parts: readonly ChargedPart[]): Decimal | null {
  return parts.reduce<Decimal | null>((sum, { total }) => (sum === null || total.charge === null ? null : sum.plus(total.charge)), ZERO)
}
