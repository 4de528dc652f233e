import { type Decimal, minorUnits } from '@tollgate/kernel'
import { checkShape, inputShape } from '@tollgate/kernel/input'
import { checkAmount } from '../../model/numbers/charge-amount.ts'
import { boundCharge, type ChargeBoundsDraft, readChargeBounds } from './charge-bounds.ts'
import { type ChargeContext, readChargeContext } from './charge-context.ts'
import type { ChargeExplanation, ExplainedStep } from '../../model/explanation/charge-explanation.ts'
import type { Markups } from '../../model/markups/markups.ts'
import { markUp } from './apply-markup.ts'
import { type ChargeRounding, checkRounding, roundCharge } from './charge-rounding.ts'
import { type ChargedUsage, type EarlierUsage, priceCharge } from './price-charge.ts'
import { applyDiscounts } from '../discounts/apply-discounts.ts'
import type { AppliedDiscount } from '../../model/discounts/applied-discount.ts'
import type { Discount } from '../../model/discounts/discount.ts'
import type { PricedLine } from '../../model/price-models/priced-line.ts'
import type { PriceModel } from '../../model/price-models/price-model.ts'

/** Usage, context and rules of a charge. Omitted rules do not apply. */
export interface RateChargeInput {
  readonly usage: ChargedUsage
  readonly context: ChargeContext
  readonly priceModel?: PriceModel | undefined
  /** Name of the price model in the explanation, such as "tokens v1". */
  readonly priceModelId?: string | undefined
  /** What the price model has counted in the period so far. Defaults to nothing. */
  readonly earlier?: EarlierUsage | undefined
  readonly markups?: Markups | undefined
  readonly discounts?: readonly Discount[] | undefined
  readonly bounds?: ChargeBoundsDraft | undefined
  /** Defaults to an exact charge. */
  readonly rounding?: ChargeRounding | undefined
  /** ISO 4217, of every amount in the rules. Defaults to USD, the currency of the price catalogue. */
  readonly currency?: string | undefined
}

/** A charge with its explanation, or the reason why there is none. */
export type RatedCharge =
  | {
      readonly state: 'charged'
      readonly charge: Decimal
      readonly currency: string
      /** After markups, before discounts. */
      readonly subtotal: Decimal
      /** Lines of the price. They add up to it; markups and discounts apply to the sum. */
      readonly lines: readonly PricedLine[]
      readonly discounts: readonly AppliedDiscount[]
      readonly explanation: ChargeExplanation
    }
  | { readonly state: 'unpriced'; readonly charge: null; readonly reason: string }

const CHARGE = inputShape<RateChargeInput>({
  usage: 'object',
  context: 'object',
  priceModel: 'object?',
  priceModelId: 'text?',
  earlier: 'object?',
  markups: 'object?',
  discounts: 'list?',
  bounds: 'object?',
  rounding: 'object?',
  currency: 'text?',
})

/**
 * Turns metered usage, or a provider's cost, into a charge. Pure: the same input gives the same charge, in any order of
 * rules. Unpriced, never 0, if there is no price. Never negative, except for a part of a period that takes back earlier
 * charges (`earlier`).
 *
 * The order of the steps, and why:
 * 1. Included units: they are free at list price, so tiers and blocks count the units after them.
 * 2. Price model, with its own minimum and maximum: the list price.
 * 3. Markup: customers see the price with markup, and discounts apply to that price.
 * 4. Discounts by priority: each applies to what the previous ones left.
 * 5. Bounds, after discounts: an agreed minimum or maximum applies regardless of discounts.
 * 6. Rounding, once: rounding earlier would round twice.
 *
 * Throws `InvalidInput` that names the field for input that cannot be rated exactly, and `UnknownCurrency`.
 */
export function rateCharge(input: RateChargeInput): RatedCharge {
  checkShape(CHARGE, input)
  const { usage, markups, discounts = [], rounding, currency = 'USD' } = input
  if (rounding !== undefined) checkRounding(rounding)
  minorUnits(currency) // Throws for an unknown currency.
  const bounds = input.bounds && readChargeBounds(input.bounds, rounding?.scale)
  const facts = readChargeContext(input.context)
  const steps: ExplainedStep[] = []
  /** Adds a step to the explanation and returns its amount. */
  const take = ({ amount, step }: { amount: Decimal; step: ExplainedStep }): Decimal => {
    steps.push(step)
    return amount
  }

  const priced = priceCharge({ usage, priceModel: input.priceModel, priceModelId: input.priceModelId, earlier: input.earlier, dimensions: facts.dimensions })
  if (priced.state === 'unpriced') return { state: 'unpriced', charge: null, reason: priced.reason }
  steps.push(...priced.steps)
  const { tenantId, plan, dimensions } = facts
  const list = checkAmount('usage', priced.amount)
  const subtotal =
    markups === undefined
      ? list
      : checkAmount('markups', take(markUp(markups, { tenantId, plan, provider: dimensions.provider, model: dimensions.model }, list)))
  const discounted = applyDiscounts(discounts, { ...facts, charge: { quantity: priced.quantity, subtotal } })
  steps.push(...discounted.steps)
  const bounded = bounds === undefined ? discounted.amount : take(boundCharge(bounds, discounted.amount))
  const charge = take(roundCharge(rounding, bounded))

  const explanation: ChargeExplanation = { version: 1, currency, at: facts.at.toString(), steps, charge: charge.toFixed() }
  return { state: 'charged', charge, currency, subtotal, lines: priced.lines, discounts: discounted.applied, explanation }
}
