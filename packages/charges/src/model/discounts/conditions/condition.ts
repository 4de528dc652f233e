import type { Fields } from '../../drafts/read-draft.ts'
import type { DiscountFacts } from '../facts/discount-facts.ts'
import { type BillingTierCondition, readBillingTier, unmetBillingTier } from './billing-tier.ts'
import { type CouponCondition, type CouponDraft, readCoupon, unmetCoupon } from './coupon.ts'
import { type DimensionValueCondition, readDimensionValue, unmetDimensionValue } from './dimension-value.ts'
import { type FirstTimeCustomerCondition, unmetFirstTimeCustomer } from './first-time-customer.ts'
import { type HoursOfDayCondition, readHoursOfDay, unmetHoursOfDay } from './hours-of-day.ts'
import { type ProviderModelCondition, type ProviderModelDraft, readProviderModel, unmetProviderModel } from './provider-model.ts'
import { readUsageThreshold, unmetUsageThreshold, type UsageThresholdCondition, type UsageThresholdDraft } from './usage-threshold.ts'
import { readValidity, unmetValidity, type ValidityCondition, type ValidityDraft } from './validity.ts'
import { readWeekdays, unmetWeekdays, type WeekdaysCondition } from './weekdays.ts'

/** A requirement for a discount to apply. */
export type DiscountCondition =
  | BillingTierCondition
  | UsageThresholdCondition
  | ValidityCondition
  | HoursOfDayCondition
  | WeekdaysCondition
  | ProviderModelCondition
  | FirstTimeCustomerCondition
  | DimensionValueCondition
  | CouponCondition

/** Input of a condition. */
export type DiscountConditionDraft =
  | BillingTierCondition
  | UsageThresholdDraft
  | ValidityDraft
  | HoursOfDayCondition
  | WeekdaysCondition
  | ProviderModelDraft
  | FirstTimeCustomerCondition
  | DimensionValueCondition
  | CouponDraft

const KINDS = [
  'billing-tier',
  'usage-threshold',
  'validity',
  'hours-of-day',
  'weekdays',
  'provider-model',
  'first-time-customer',
  'dimension',
  'coupon',
] as const satisfies readonly DiscountCondition['kind'][]

/** Reads a condition of any kind. */
export function readCondition(fields: Fields): DiscountCondition {
  const kind = fields.choice('kind', KINDS)
  switch (kind) {
    case 'billing-tier':
      return readBillingTier(fields)
    case 'usage-threshold':
      return readUsageThreshold(fields)
    case 'validity':
      return readValidity(fields)
    case 'hours-of-day':
      return readHoursOfDay(fields)
    case 'weekdays':
      return readWeekdays(fields)
    case 'provider-model':
      return readProviderModel(fields)
    case 'first-time-customer':
      return { kind }
    case 'dimension':
      return readDimensionValue(fields)
    case 'coupon':
      return readCoupon(fields)
  }
}

/** Returns why a condition of the discount `id` is not met, for people; undefined if it is. */
export function unmetCondition(condition: DiscountCondition, facts: DiscountFacts, id: string): string | undefined {
  switch (condition.kind) {
    case 'billing-tier':
      return unmetBillingTier(condition, facts)
    case 'usage-threshold':
      return unmetUsageThreshold(condition, facts)
    case 'validity':
      return unmetValidity(condition, facts)
    case 'hours-of-day':
      return unmetHoursOfDay(condition, facts)
    case 'weekdays':
      return unmetWeekdays(condition, facts)
    case 'provider-model':
      return unmetProviderModel(condition, facts)
    case 'first-time-customer':
      return unmetFirstTimeCustomer(facts)
    case 'dimension':
      return unmetDimensionValue(condition, facts)
    case 'coupon':
      return unmetCoupon(condition, facts, id)
  }
}
