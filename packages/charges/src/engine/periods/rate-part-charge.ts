import { type Decimal, InvalidInput, ZERO } from '@tollgate/kernel'
import type { AppliedDiscount } from '../../model/discounts/applied-discount.ts'
import type { Discount } from '../../model/discounts/discount.ts'
import { sumParts, type UsagePart } from '../../model/price-models/usage-part.ts'
import type { ChargeContext } from '../charge/charge-context.ts'
import type { ChargeRounding } from '../charge/charge-rounding.ts'
import { rateCharge, type RatedCharge } from '../charge/rate-charge.ts'
import type { ChargeRuleSet, PriceList } from '../rules/charge-rules-in-effect.ts'
import { type CarriedCharge, type CarryOver, carryCharge, carryDiscounts, carryUsage, NOTHING_CARRIED, withCarryOver } from './carry-over.ts'

/** The usage of one model: what was metered, and what it cost. */
export interface UsageLine {
  /** Identifies the line in each part of a period. Defaults to provider and model. */
  readonly key?: string | undefined
  /** The names that charge rules use: `canonicalModel`. Null for usage without a model. */
  readonly provider: string | null
  readonly model: string | null
  /** The units that are counted: tokens by pool, or what the price list counts. */
  readonly parts: readonly UsagePart[]
  /** USD, of the calls that have a cost. Null if none has. */
  readonly cost: Decimal | null
  /** Label in the explanation: "openai gpt-5-mini: 3 calls". */
  readonly label: string
}

/** The usage of a part of a period, and the rules that apply to it. */
export interface RatePartChargeInput {
  readonly lines: readonly UsageLine[]
  readonly rules: Pick<ChargeRuleSet, 'markups' | 'discounts' | 'priceModel'>
  readonly context: ChargeContext
  readonly rounding?: ChargeRounding | undefined
  /** What the previous part of the period passes on. */
  readonly carried?: CarryOver | undefined
}

/** A line and its charge. Null if a price list charges all lines together. */
export interface RatedUsageLine {
  readonly line: UsageLine
  readonly charge: RatedCharge | null
}

/** The charge of a part of a period: its lines and the total. */
export interface RatedPartCharge {
  readonly lines: readonly RatedUsageLine[]
  readonly total: RatedCharge
  /** All discounts applied, to lines and to the total. */
  readonly discounts: readonly AppliedDiscount[]
  /** For the next part of the period. */
  readonly carried: CarryOver
}

/**
 * Charges a part of a period.
 *
 * By cost: each line with its markup and the discounts on its provider or model; then the sum of the lines, with all other
 * discounts, and rounded. So a fixed amount is taken off once, and not off each line. Lines without a cost are left out:
 * they are unpriced, not 0.
 *
 * By price list: all lines together, so that tiers count the whole quantity. Markups do not apply.
 *
 * Exclusive and best-of discounts exclude others within one line, and within the total.
 */
export function ratePartCharge(input: RatePartChargeInput): RatedPartCharge {
  return input.rules.priceModel === undefined ? chargeByCost(input) : chargeByPriceList(input, input.rules.priceModel)
}

/** Whether a discount applies to single lines: it has a condition on the provider or the model. */
export function appliesPerModel({ conditions }: Discount): boolean {
  return conditions.some(
    condition =>
      condition.kind === 'provider-model' || (condition.kind === 'dimension' && (condition.dimension === 'provider' || condition.dimension === 'model')),
  )
}

function chargeByCost({ lines, rules: { markups, discounts }, context, rounding, carried: before }: RatePartChargeInput): RatedPartCharge {
  const ofModels = discounts.filter(appliesPerModel)
  let carried = before ?? NOTHING_CARRIED
  const carriedLines = new Map(carried.lines)
  const applied: AppliedDiscount[] = []
  const rated = lines.map(line => {
    const own = carriedLines.get(keyOf(line))
    const charge = chargeLine(line, { markups, discounts: ofModels, context: withCarryOver(context, ofModels, { carried, own }) })
    if (charge.state === 'charged') {
      // A promotion has less budget for each line after the first.
      carried = carryDiscounts(carried, charge.discounts)
      carriedLines.set(keyOf(line), carryCharge(own, sumParts(line.parts), charge))
      applied.push(...charge.discounts)
    }
    return { line, charge }
  })
  carried = { ...carried, lines: carriedLines }
  const sums = rated.flatMap(({ line, charge }) =>
    charge.state === 'charged' ? [{ label: line.label, quantity: sumParts(line.parts), amount: charge.charge }] : [],
  )
  const reason = sums.length === 1 ? 'the charge of 1 model' : `the charges of ${sums.length} models`
  const ofTotal = discounts.filter(discount => !appliesPerModel(discount))
  const own = before && carried.total
  const usage = { known: { of: 'charge' as const, lines: sums, reason } }
  const total = rateCharge({ usage, discounts: ofTotal, context: withCarryOver(context, ofTotal, { carried, own }), rounding })
  return { lines: rated, ...withTotal(total, { applied, carried, quantity: sumParts(sums.map(sum => ({ ...sum, dimensions: {} }))) }) }
}

function keyOf({ key, provider, model }: UsageLine): string {
  return key ?? JSON.stringify([provider, model])
}

/** Adds the total to the applied discounts and to the carry-over. */
function withTotal(
  total: RatedCharge,
  { applied, carried, quantity }: { applied: readonly AppliedDiscount[]; carried: CarryOver; quantity: Decimal },
): Omit<RatedPartCharge, 'lines'> {
  if (total.state === 'unpriced') return { total, discounts: applied, carried }
  const carriedTotal: CarriedCharge = carryCharge(carried.total, quantity, total)
  return { total, discounts: [...applied, ...total.discounts], carried: { ...carryDiscounts(carried, total.discounts), total: carriedTotal } }
}

function chargeLine(
  { provider, model, parts, cost, label }: UsageLine,
  { markups, discounts, context }: { markups: ChargeRuleSet['markups']; discounts: readonly Discount[]; context: ChargeContext },
): RatedCharge {
  if (cost === null) return { state: 'unpriced', charge: null, reason: 'none of its calls has a known price' }
  const lines = [{ label, quantity: sumParts(parts), amount: cost }]
  const dimensions = { ...context.dimensions, ...(provider !== null && { provider }), ...(model !== null && { model }) }
  return rateCharge({ usage: { known: { of: 'cost', lines, reason: RATED_BY_CALL } }, markups, discounts, context: { ...context, dimensions } })
}

const RATED_BY_CALL = 'as rated, call by call'

/** A price is worked out from at most this many parts. */
const MAX_PARTS = 1_000

function chargeByPriceList({ lines, rules: { discounts }, context, rounding, carried: before }: RatePartChargeInput, list: PriceList): RatedPartCharge {
  const carried = before ?? NOTHING_CARRIED
  const own = before && carried.total
  const earlier = carried.priceLists.get(list.name)
  const common = { priceModel: list.model, priceModelId: list.id, discounts, context: withCarryOver(context, discounts, { carried, own }), rounding }
  const rated = lines.map(line => ({ line, charge: null }))
  if (list.model.kind === 'percentage') {
    const costs = lines.flatMap(({ label, parts, cost }) => (cost === null ? [] : [{ label, quantity: sumParts(parts), amount: cost }]))
    const usage = { known: { of: 'cost' as const, lines: costs, reason: RATED_BY_CALL } }
    const total = rateCharge({ ...common, usage, earlier: earlier && { cost: earlier.cost } })
    const counted = carryUsage(carried, list.name, { parts: [], cost: costs.reduce((sum, { amount }) => sum.plus(amount), ZERO) })
    return { lines: rated, ...withTotal(total, { applied: [], carried: counted, quantity: sumParts(lines.flatMap(line => line.parts)) }) }
  }
  const parts = lines.flatMap(line => line.parts)
  if (parts.length > MAX_PARTS) {
    throw new InvalidInput([
      { path: 'filter', message: `matches ${parts.length} combinations of model and token pool; at most ${MAX_PARTS} can be charged at once: filter by model` },
    ])
  }
  const total = rateCharge({ ...common, usage: { parts }, earlier: earlier && { parts: earlier.parts } })
  const counted = carryUsage(carried, list.name, { parts, cost: ZERO })
  return { lines: rated, ...withTotal(total, { applied: [], carried: counted, quantity: sumParts(parts) }) }
}
