import { type ChargeContext, type ChargeRulePart, discountsInTime, type RatedCharge, redemptionTimes } from '@tollgate/charges'
import { type Decimal, type Period, ZERO } from '@tollgate/kernel'
import type { PartSum } from './charges.ts'
import { sumCells, type UsageCell } from './usage-cell.ts'

/** A part of a range with its use, and what it came to. */
export interface ChargedPart extends ChargeRulePart {
  readonly cells: readonly UsageCell[]
  readonly total: RatedCharge
}

/** Sums parts that have the same rules, and in which the same discounts hold by the time: a month of nights and days has two sums. */
export function sumParts(parts: readonly ChargedPart[], { standings }: Pick<ChargeContext, 'standings'>): readonly PartSum[] {
  const redemptions = redemptionTimes(standings ?? {})
  const inTime = ({ range, rules }: ChargeRulePart) => discountsInTime(rules.discounts, range.from).map(({ id }) => id)
  const kindOf = (part: ChargedPart) => {
    const redeemed = redemptions.filter(at => at.epochNanoseconds <= part.range.from.epochNanoseconds).length
    return JSON.stringify([part.rules.versions.map(({ id }) => id), inTime(part), redeemed])
  }
  return [...Map.groupBy(parts, kindOf).values()].map(alike => {
    const [first] = alike as [ChargedPart, ...ChargedPart[]]
    const range: Period = { from: first.range.from, to: (alike.at(-1) ?? first).range.to }
    const { calls, unpricedCalls, cost } = sumCells(alike.flatMap(({ cells }) => cells))
    return { parts: alike.length, range, discounts: inTime(first), calls, unpricedCalls, cost, charge: sumCharges(alike) }
  })
}

function sumCharges(parts: readonly ChargedPart[]): Decimal | null {
  return parts.reduce<Decimal | null>((sum, { total }) => (sum === null || total.charge === null ? null : sum.plus(total.charge)), ZERO)
}
