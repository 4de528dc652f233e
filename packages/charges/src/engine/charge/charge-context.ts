import { Temporal } from '@tollgate/kernel'
import { type Fields, readDraft } from '../../model/drafts/read-draft.ts'
import { AMOUNT, type Numeral, QUANTITY } from '../../model/numbers/numeral.ts'
import type { DiscountState, EarlierFigures, UsageFigures } from '../../model/discounts/facts/discount-facts.ts'

/** Who is charged, when, and for what: all that rules may look at, as it is handed in. */
export interface ChargeContext {
  /** RFC 3339, or an instant: the rules are judged by this time. */
  readonly at: Temporal.Instant | string
  readonly tenantId?: string | null | undefined
  readonly plan?: string | null | undefined
  readonly billingTier?: string | null | undefined
  /** What the charge is of: `provider`, `model`, `feature`, and any others. */
  readonly dimensions?: Readonly<Record<string, string>> | null | undefined
  readonly firstTimeCustomer?: boolean | null | undefined
  readonly couponCodes?: readonly string[] | null | undefined
  /**
   * Where a part of a period is charged: its beginning, by which validity, hours of the day, weekdays and redeemed
   * coupons are judged; periods are cut where these change.
   */
  readonly partFrom?: Temporal.Instant | string | null | undefined
  /** What the earlier parts of the same period came to. */
  readonly earlier?: { readonly quantity: Numeral; readonly subtotal: Numeral; readonly charge: Numeral } | null | undefined
  /** What the billing period had before this charge. */
  readonly periodToDate?: { readonly quantity: Numeral; readonly subtotal: Numeral } | null | undefined
  /** What is known of discounts with a budget or a coupon, by the discount's id. */
  readonly discountStates?: Readonly<Record<string, DiscountStateDraft>> | null | undefined
}

/** What is known of a discount from earlier charges. */
export interface DiscountStateDraft {
  readonly remainingBudget?: Numeral | null | undefined
  readonly redemptions?: Numeral | null | undefined
  readonly customerRedemptions?: Numeral | null | undefined
  /** When the coupon was redeemed for what is charged: it holds from then on. */
  readonly redeemedAt?: Temporal.Instant | string | null | undefined
  /** What it took off earlier parts of the same period. */
  readonly taken?: Numeral | null | undefined
}

/** A context that was checked. */
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
  readonly discountStates: Readonly<Record<string, DiscountState>>
}

const COUNT = { from: 0, to: Number.MAX_SAFE_INTEGER, scale: 0 }
const MAX_DIMENSIONS = 100
const MAX_DISCOUNT_STATES = 10_000

/** Checks a context. Throws `InvalidInput` that names every field at fault: `context.periodToDate.quantity`. */
export function readChargeContext(context: ChargeContext): ChargeFacts {
  return readDraft({ context }, input => input.nested('context', readContext))
}

function readContext(fields: Fields): ChargeFacts {
  const at = fields.instant('at') ?? UNKNOWN_TIME
  if (!fields.has('at')) fields.addIssue('at', 'must be given: rules are judged by the time of the charge')
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

/** A period's charges have as many digits as charges have. */
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
