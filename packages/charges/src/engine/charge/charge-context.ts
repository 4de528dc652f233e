import { Temporal } from '@tollgate/kernel'
import type { TimeInput } from '@tollgate/kernel/input'
import { type Fields, readDraft } from '../../model/drafts/read-draft.ts'
import { AMOUNT, type Numeral, QUANTITY } from '../../model/numbers/numeral.ts'
import type { DiscountState, EarlierFigures, UsageFigures } from '../../model/discounts/facts/discount-facts.ts'

/** Everything that rules can depend on: who is charged, when, and for what. */
export interface ChargeContext {
  /** Time of the charge,  */
  readonly at: TimeInput
  readonly tenantId?: string | null | undefined
  readonly plan?: string | null | undefined
  readonly billingTier?: string | null | undefined
  /** Dimensions of the usage: `provider`, `model`, `feature`, and any others. */
  readonly dimensions?: Readonly<Record<string, string>> | null | undefined
  readonly firstTimeCustomer?: boolean | null | undefined
  readonly couponCodes?: readonly string[] | null | undefined
  /**
   * Start of the part, if a part of a period is charged. Conditions on validity, hours and weekdays, and redeemed coupons,
   * use this time. Defaults to `at`.
   */
  readonly partFrom?: TimeInput | null | undefined
  /** Sums over the earlier parts of the period. */
  readonly earlier?: { readonly quantity: Numeral; readonly subtotal: Numeral; readonly charge: Numeral } | null | undefined
  /** Sums over the billing period before this charge. */
  readonly periodToDate?: { readonly quantity: Numeral; readonly subtotal: Numeral } | null | undefined
  /** Explains a remaining budget only where it limits a discount, because others use it too. Defaults to false. */
  readonly hidesBudgets?: boolean | null | undefined
  /** State of the discounts that have a budget or a coupon, by discount id. */
  readonly discountStates?: Readonly<Record<string, DiscountStateDraft>> | null | undefined
}

/** Input of the state of a discount: what earlier charges left of it. Whatever is unknown is omitted. */
export interface DiscountStateDraft {
  readonly remainingBudget?: Numeral | null | undefined
  readonly redemptions?: Numeral | null | undefined
  readonly customerRedemptions?: Numeral | null | undefined
  /** When the coupon was redeemed. It applies from then on. */
  readonly redeemedAt?: TimeInput | null | undefined
  /** Amount taken off earlier parts of the period. */
  readonly taken?: Numeral | null | undefined
}

/** A checked context. */
export interface ChargeFacts {
  readonly at: Temporal.Instant
  readonly partFrom: Temporal.Instant
  readonly tenantId: string | undefined
  readonly plan: string | undefined
  readonly billingTier: string | undefined
  readonly dimensions: Readonly<Record<string, string>>
  readonly firstTimeCustomer: boolean | undefined
  readonly couponCodes: readonly string[]
  readonly earlier: EarlierFigures | undefined
  readonly periodToDate: UsageFigures | undefined
  readonly hidesBudgets: boolean
  readonly discountStates: Readonly<Record<string, DiscountState>>
}

const COUNT = { from: 0, to: Number.MAX_SAFE_INTEGER, scale: 0 }
const MAX_DIMENSIONS = 100
const MAX_DISCOUNT_STATES = 10_000

/** Checks a context. Throws `InvalidInput` that names every invalid field, such as `context.periodToDate.quantity`. */
export function readChargeContext(context: ChargeContext): ChargeFacts {
  return readDraft({ context }, input => input.nested('context', readContext))
}

function readContext(fields: Fields): ChargeFacts {
  const at = fields.instant('at') ?? UNKNOWN_TIME
  if (!fields.has('at')) fields.addIssue('at', 'is required: rules depend on the time of the charge')
  return {
    at,
    partFrom: fields.instant('partFrom') ?? at,
    tenantId: fields.optionalText('tenantId'),
    plan: fields.optionalText('plan'),
    billingTier: fields.optionalText('billingTier'),
    dimensions: fields.record('dimensions', MAX_DIMENSIONS, (values, name) => values.recordedText(name)),
    firstTimeCustomer: fields.flag('firstTimeCustomer'),
    couponCodes: fields.has('couponCodes') ? fields.texts('couponCodes') : [],
    earlier: fields.has('earlier') ? fields.nested('earlier', readEarlier) : undefined,
    periodToDate: fields.has('periodToDate') ? fields.nested('periodToDate', readFigures) : undefined,
    hidesBudgets: fields.flag('hidesBudgets') ?? false,
    discountStates: fields.record('discountStates', MAX_DISCOUNT_STATES, (values, id) => values.nested(id, readDiscountState)),
  }
}

function readFigures(fields: Fields): UsageFigures {
  return { quantity: fields.numeral('quantity', QUANTITY), subtotal: fields.numeral('subtotal', PERIOD_SUBTOTAL) }
}

const UNKNOWN_TIME = /* @__PURE__ */ Temporal.Instant.fromEpochMilliseconds(0)

function readEarlier(fields: Fields): EarlierFigures {
  return { ...readFigures(fields), charge: fields.numeral('charge', PERIOD_SUBTOTAL) }
}

/** Sums of charges have as many decimal places as charges. */
const PERIOD_SUBTOTAL = { from: 0, to: '10000000000000000', scale: 36 }

function readDiscountState(fields: Fields): DiscountState {
  return {
    remainingBudget: fields.optionalNumeral('remainingBudget', { ...AMOUNT, scale: 36 }),
    redemptions: readCount(fields, 'redemptions'),
    customerRedemptions: readCount(fields, 'customerRedemptions'),
    redeemedAt: fields.instant('redeemedAt'),
    taken: fields.optionalNumeral('taken', PERIOD_SUBTOTAL),
  }
}

function readCount(fields: Fields, name: string): number | undefined {
  const count = fields.optionalNumeral(name, COUNT)
  return count === undefined ? undefined : Number(count.toFixed())
}
