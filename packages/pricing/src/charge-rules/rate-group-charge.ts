import { type Decimal, InvalidInput, ZERO } from '@tollgate/kernel'
import type { ChargeContext } from '../charge-context.ts'
import type { ChargeRounding } from '../charge-rounding.ts'
import type { Discount } from '../discounts/discount.ts'
import { sumParts, type UsagePart } from '../price-models/usage-part.ts'
import { rateCharge, type RatedCharge } from '../rate-charge.ts'
import type { ChargeRuleSet } from './charge-rules-in-effect.ts'

/** One model's use in a group, as it was metered and as it was rated. */
export interface GroupChargeLine {
  /** By the names that rules use: `chargedModel`. Null for use of no model. */
  readonly provider: string | null
  readonly model: string | null
  /** What of it was metered, by pool. */
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

function chargeByCost({ lines, rules: { markups, discounts }, context, rounding }: RateGroupChargeInput): RatedGroupCharge {
  const ofModels = discounts.filter(isOfModels)
  const rated = lines.map(line => ({ line, charge: chargeLine(line, { markups, discounts: ofModels, context }) }))
  const sums = rated.flatMap(({ line, charge }) =>
    charge.state === 'charged' ? [{ label: line.label, quantity: sumParts(line.parts), amount: charge.charge }] : [],
  )
  const reason = sums.length === 1 ? 'the charge of 1 model' : `the charges of ${sums.length} models`
  const whole = discounts.filter(discount => !isOfModels(discount))
  return { lines: rated, total: rateCharge({ usage: { known: { of: 'charge', lines: sums, reason } }, discounts: whole, context, rounding }) }
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
const MOST_PARTS = 1_000

function chargeByPriceModel(
  { lines, rules: { discounts }, context, rounding }: RateGroupChargeInput,
  { id, model }: NonNullable<ChargeRuleSet['priceModel']>,
): RatedGroupCharge {
  const common = { priceModel: model, priceModelId: id, discounts, context, rounding }
  const rated = lines.map(line => ({ line, charge: null }))
  if (model.kind === 'percentage') {
    const costs = lines.flatMap(({ label, parts, cost }) => (cost === null ? [] : [{ label, quantity: sumParts(parts), amount: cost }]))
    return { lines: rated, total: rateCharge({ ...common, usage: { known: { of: 'cost', lines: costs, reason: 'as it was rated, call by call' } } }) }
  }
  const parts = lines.flatMap(line => line.parts)
  if (parts.length > MOST_PARTS) {
    throw new InvalidInput([
      { path: 'filter', message: `leaves ${parts.length} pools of models; at most ${MOST_PARTS} can be charged at once: name some models` },
    ])
  }
  return { lines: rated, total: rateCharge({ ...common, usage: parts.length === 0 ? { quantity: ZERO } : { parts } }) }
}
