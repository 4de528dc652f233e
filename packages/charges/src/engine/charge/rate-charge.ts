import { type Decimal, minorUnits } from '@tollgate/kernel'
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

/** What is charged, to whom, and by which rules. What is left out does not take part. */
export interface RateChargeInput {
  readonly usage: ChargedUsage
  readonly context: ChargeContext
  readonly priceModel?: PriceModel | undefined
  /** What the explanation calls the price model: its name and version. */
  readonly priceModelId?: string | undefined
  /** What the price model counted in the period before; the price is then of what is added to it. Nothing was counted where it is left out. */
  readonly earlier?: EarlierUsage | undefined
  readonly markups?: Markups | undefined
  readonly discounts?: readonly Discount[] | undefined
  readonly bounds?: ChargeBoundsDraft | undefined
  /** The charge is exact where none is named. */
  readonly rounding?: ChargeRounding | undefined
  /** ISO 4217, of every amount in the rules; USD, as in the catalogue, where none is named. */
  readonly currency?: string | undefined
}

/** A charge with its reasons, or why there is none. */
export type RatedCharge =
  | {
      readonly state: 'charged'
      readonly charge: Decimal
      readonly currency: string
      /** After the markup, before discounts. */
      readonly subtotal: Decimal
      /** Of the price: they sum to it. Markups and discounts are of the whole. */
      readonly lines: readonly PricedLine[]
      readonly discounts: readonly AppliedDiscount[]
      readonly explanation: ChargeExplanation
    }
  | { readonly state: 'unpriced'; readonly charge: null; readonly reason: string }

/**
 * Turns what was metered, or what the provider charges, into a charge. Pure: the same input gives the same charge, in
 * whatever order rules are given. Never negative, but for a part of a period that takes back what
 * came before it (`earlier`); unpriced, never 0, where there is no price.
 *
 * The order of the steps, and why:
 * 1. Included units: they are free at list price, so tiers and blocks count the units behind them.
 * 2. The price model, with its own minimum and maximum: what is on the price list.
 * 3. Markup: it belongs to the price that a customer sees, and discounts are of that price.
 * 4. Discounts by priority: each finds what those before it left.
 * 5. Bounds: what was agreed to be paid at least, or at most, holds whatever discounts did; hence after them.
 * 6. Rounding, once: an amount that was rounded on the way would be rounded twice.
 *
 * Throws `InvalidInput`, naming the field, for what cannot be rated exactly; `UnknownCurrency`.
 */
export function rateCharge(input: RateChargeInput): RatedCharge {
  const { usage, markups, discounts = [], rounding, currency = 'USD' } = input
  if (rounding !== undefined) checkRounding(rounding)
  minorUnits(currency) // Throws for what is no currency.
  const bounds = input.bounds && readChargeBounds(input.bounds, rounding?.scale)
  const facts = readChargeContext(input.context)
  const steps: ExplainedStep[] = []
  /** Each step hands on an amount, and adds itself to the explanation. */
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
  return { state: 'charged', charge, currency, subtotal, lines: priced.lines, discounts: discounted.given, explanation }
}
