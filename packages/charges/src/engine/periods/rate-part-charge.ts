import { type Decimal, InvalidInput, ZERO } from '@tollgate/kernel'
import type { ChargeContext } from '../charge/charge-context.ts'
import type { ChargeRounding } from '../charge/charge-rounding.ts'
import type { Discount } from '../../model/discounts/discount.ts'
import { sumParts, type UsagePart } from '../../model/price-models/usage-part.ts'
import { rateCharge, type RatedCharge } from '../charge/rate-charge.ts'
import type { GivenDiscount } from '../discounts/apply-discounts.ts'
import { type CarriedCharge, type CarriedGroup, carryCharge, carryGiven, carryUsage, NOTHING_CARRIED, withCarried } from './carry-over.ts'
import type { ChargeRuleSet, PriceList } from '../rules/charge-rules-in-effect.ts'

/** One model's use in a group, as it was metered and as it was rated. */
export interface GroupChargeLine {
  /** Tells it from other lines, and finds it again in the next part of a period; provider and model where it is left out. */
  readonly key?: string | undefined
  /** By the names that rules use: `chargedModel`. Null for use of no model. */
  readonly provider: string | null
  readonly model: string | null
  /** What of it is counted: tokens by pool, or what the price list counts. */
  readonly parts: readonly UsagePart[]
  /** USD, of the calls that have a cost; null where none has. */
  readonly cost: Decimal | null
  /** How it is called in the explanation: "openai gpt-5-mini: 3 calls". */
  readonly label: string
}

/** A tenant's use over a range, and the rules that it is charged by. */
export interface RateGroupChargeInput {
  readonly lines: readonly GroupChargeLine[]
  readonly rules: Pick<ChargeRuleSet, 'markups' | 'discounts' | 'priceModel'>
  readonly context: ChargeContext
  readonly rounding?: ChargeRounding | undefined
  /** Where a part of a period is charged, what the parts before it hand on. */
  readonly carried?: CarriedGroup | undefined
}

/** A line with its charge; null where it is in the charge of the whole only. */
export interface RatedGroupLine {
  readonly line: GroupChargeLine
  readonly charge: RatedCharge | null
}

/** What a group comes to: the charge of the whole, and what it is the sum of. */
export interface RatedGroupCharge {
  readonly lines: readonly RatedGroupLine[]
  readonly total: RatedCharge
  /** Everything that was taken off, of lines and of the whole. */
  readonly given: readonly GivenDiscount[]
  /** For the next part of the same period. */
  readonly carried: CarriedGroup
}

/**
 * Charges a group. By cost: each model with its markup, and the discounts that ask for a provider or a model, by itself;
 * then the sum, with all other discounts, and rounded. So a sum off is taken off once, and not off each model. By a
 * price list of our own: everything together, so that tiers count the whole quantity; markups have no part in it.
 *
 * Lines without a cost are left out of what is charged by cost: they are unpriced, not 0. Discounts get on with each
 * other (exclusive, best-of) among those of one model, and among those of the whole.
 */
export function rateGroupCharge(input: RateGroupChargeInput): RatedGroupCharge {
  return input.rules.priceModel === undefined ? chargeByCost(input) : chargeByPriceModel(input, input.rules.priceModel)
}

/** Whether a discount is of the use of some providers or models, and not of the whole charge. */
export function isOfModels({ conditions }: Discount): boolean {
  return conditions.some(
    condition =>
      condition.kind === 'provider-model' || (condition.kind === 'dimension' && (condition.dimension === 'provider' || condition.dimension === 'model')),
  )
}

function chargeByCost({ lines, rules: { markups, discounts }, context, rounding, carried: before }: RateGroupChargeInput): RatedGroupCharge {
  const ofModels = discounts.filter(isOfModels)
  let carried = before ?? NOTHING_CARRIED
  const carriedLines = new Map(carried.lines)
  const given: GivenDiscount[] = []
  const rated = lines.map(line => {
    const own = carriedLines.get(keyOf(line))
    const charge = chargeLine(line, { markups, discounts: ofModels, context: withCarried(context, ofModels, { carried, own }) })
    if (charge.state === 'charged') {
      // What one model's discount gave, its promotion no longer has for the next model.
      carried = carryGiven(carried, charge.discounts)
      carriedLines.set(keyOf(line), carryCharge(own, sumParts(line.parts), charge))
      given.push(...charge.discounts)
    }
    return { line, charge }
  })
  carried = { ...carried, lines: carriedLines }
  const sums = rated.flatMap(({ line, charge }) =>
    charge.state === 'charged' ? [{ label: line.label, quantity: sumParts(line.parts), amount: charge.charge }] : [],
  )
  const reason = sums.length === 1 ? 'the charge of 1 model' : `the charges of ${sums.length} models`
  const whole = discounts.filter(discount => !isOfModels(discount))
  const own = before && carried.whole
  const usage = { known: { of: 'charge' as const, lines: sums, reason } }
  const total = rateCharge({ usage, discounts: whole, context: withCarried(context, whole, { carried, own }), rounding })
  return { lines: rated, ...handOn(total, { given, carried, quantity: sumParts(sums.map(sum => ({ ...sum, dimensions: {} }))) }) }
}

function keyOf({ key, provider, model }: GroupChargeLine): string {
  return key ?? JSON.stringify([provider, model])
}

/** The whole, what was given in all, and what the next part of the period is handed. */
function handOn(
  total: RatedCharge,
  { given, carried, quantity }: { given: readonly GivenDiscount[]; carried: CarriedGroup; quantity: Decimal },
): Omit<RatedGroupCharge, 'lines'> {
  if (total.state === 'unpriced') return { total, given, carried }
  const whole: CarriedCharge = carryCharge(carried.whole, quantity, total)
  return { total, given: [...given, ...total.discounts], carried: { ...carryGiven(carried, total.discounts), whole } }
}

function chargeLine(
  { provider, model, parts, cost, label }: GroupChargeLine,
  { markups, discounts, context }: { markups: ChargeRuleSet['markups']; discounts: readonly Discount[]; context: ChargeContext },
): RatedCharge {
  if (cost === null) return { state: 'unpriced', charge: null, reason: 'no price is known for any of its calls' }
  const lines = [{ label, quantity: sumParts(parts), amount: cost }]
  const dimensions = { ...context.dimensions, ...(provider !== null && { provider }), ...(model !== null && { model }) }
  return rateCharge({
    usage: { known: { of: 'cost', lines, reason: 'as it was rated, call by call' } },
    markups,
    discounts,
    context: { ...context, dimensions },
  })
}

/** A price counts at most so many parts at once. */
const MAX_PARTS = 1_000

function chargeByPriceModel({ lines, rules: { discounts }, context, rounding, carried: before }: RateGroupChargeInput, list: PriceList): RatedGroupCharge {
  const carried = before ?? NOTHING_CARRIED
  const own = before && carried.whole
  const earlier = carried.priceLists.get(list.name)
  const common = { priceModel: list.model, priceModelId: list.id, discounts, context: withCarried(context, discounts, { carried, own }), rounding }
  const rated = lines.map(line => ({ line, charge: null }))
  if (list.model.kind === 'percentage') {
    const costs = lines.flatMap(({ label, parts, cost }) => (cost === null ? [] : [{ label, quantity: sumParts(parts), amount: cost }]))
    const usage = { known: { of: 'cost' as const, lines: costs, reason: 'as it was rated, call by call' } }
    const total = rateCharge({ ...common, usage, earlier: earlier && { cost: earlier.cost } })
    const counted = carryUsage(carried, list.name, { parts: [], cost: costs.reduce((sum, { amount }) => sum.plus(amount), ZERO) })
    return { lines: rated, ...handOn(total, { given: [], carried: counted, quantity: sumParts(lines.flatMap(line => line.parts)) }) }
  }
  const parts = lines.flatMap(line => line.parts)
  if (parts.length > MAX_PARTS) {
    throw new InvalidInput([
      { path: 'filter', message: `leaves ${parts.length} pools of models; at most ${MAX_PARTS} can be charged at once: name some models` },
    ])
  }
  const total = rateCharge({ ...common, usage: { parts }, earlier: earlier && { parts: earlier.parts } })
  return { lines: rated, ...handOn(total, { given: [], carried: carryUsage(carried, list.name, { parts, cost: ZERO }), quantity: sumParts(parts) }) }
}
