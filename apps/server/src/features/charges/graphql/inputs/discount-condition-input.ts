import type { DiscountConditionDraft } from '@tollgate/charges'
import { builder } from '../../../../graphql/builder.ts'
import { kindOf } from './one-of.ts'
import { MeasuredOverRef, UsageFigureRef } from './usage-figure.ts'

const AnyOfInputRef = builder.inputType('AnyOfInput', {
  description: 'One of several values.',
  fields: t => ({ anyOf: t.stringList({ required: true, description: 'Values to match.' }) }),
})

const UsageThresholdInputRef = builder.inputType('UsageThresholdInput', {
  description: 'Usage in a half-open range. One end may be omitted.',
  fields: t => ({
    measure: t.field({ type: UsageFigureRef, required: true, description: 'What is measured.' }),
    of: t.field({ type: MeasuredOverRef, description: 'Usage to measure. Defaults to CHARGE.' }),
    from: t.field({ type: 'Decimal', description: 'Minimum, inclusive.' }),
    to: t.field({ type: 'Decimal', description: 'Maximum, exclusive.' }),
  }),
})

const ValidityInputRef = builder.inputType('ValidityInput', {
  description: 'A half-open interval. One end may be omitted.',
  fields: t => ({
    from: t.field({ type: 'DateTime', description: 'Start, inclusive.' }),
    to: t.field({ type: 'DateTime', description: 'End, exclusive.' }),
  }),
})

const HoursOfDayInputRef = builder.inputType('HoursOfDayInput', {
  description: 'A part of the day in local time. It may span midnight.',
  fields: t => ({
    from: t.string({ required: true, description: 'Start, inclusive, such as "22:00".' }),
    to: t.string({ required: true, description: 'End, exclusive, such as "06:00".' }),
    timeZone: t.string({ required: true, description: 'IANA time zone, such as "Europe/Berlin".' }),
  }),
})

const WeekdayRef = builder.enumType('Weekday', {
  description: 'A day of the week.',
  values: {
    MONDAY: { value: 'monday', description: 'Monday.' },
    TUESDAY: { value: 'tuesday', description: 'Tuesday.' },
    WEDNESDAY: { value: 'wednesday', description: 'Wednesday.' },
    THURSDAY: { value: 'thursday', description: 'Thursday.' },
    FRIDAY: { value: 'friday', description: 'Friday.' },
    SATURDAY: { value: 'saturday', description: 'Saturday.' },
    SUNDAY: { value: 'sunday', description: 'Sunday.' },
  } as const,
})

const WeekdaysInputRef = builder.inputType('WeekdaysInput', {
  description: 'Days of the week in local time.',
  fields: t => ({
    days: t.field({ type: [WeekdayRef], required: true, description: 'Days to match.' }),
    timeZone: t.string({ required: true, description: 'IANA time zone, such as "Europe/Berlin".' }),
  }),
})

const ProviderModelInputRef = builder.inputType('ProviderModelInput', {
  description: 'Providers, models, or both.',
  fields: t => ({
    providers: t.stringList({ description: 'Providers to match. Defaults to all.' }),
    models: t.stringList({ description: 'Models to match, by their names in the price catalogue. Defaults to all.' }),
  }),
})

const DimensionConditionInputRef = builder.inputType('DimensionConditionInput', {
  description: 'One of several values of a dimension.',
  fields: t => ({
    dimension: t.string({ required: true, description: 'Dimension, such as "feature", "environment" or "customer".' }),
    anyOf: t.stringList({ required: true, description: 'Values to match.' }),
  }),
})

const CouponInputRef = builder.inputType('CouponInput', {
  description: 'A code that a tenant redeems with `redeemCoupon`.',
  fields: t => ({
    code: t.string({ required: true, description: 'The code. Case does not matter.' }),
    maximumRedemptions: t.int({ description: 'Maximum number of redemptions by all tenants. Defaults to no limit.' }),
    maximumRedemptionsPerCustomer: t.int({
      description: 'Maximum number of redemptions by one tenant, for itself and its customers together. Defaults to no limit.',
    }),
  }),
})

/** A condition of a discount. */
export const DiscountConditionInputRef = builder.inputType('DiscountConditionInput', {
  description: 'A condition of a discount. Set exactly one field.',
  isOneOf: true,
  fields: t => ({
    billingTier: t.field({ type: AnyOfInputRef, description: "The tenant's tier is one of these values." }),
    usageThreshold: t.field({ type: UsageThresholdInputRef, description: 'Usage is in a range.' }),
    validity: t.field({
      type: ValidityInputRef,
      description: 'The time of the charge is in an interval. A range is cut where the interval starts and ends.',
    }),
    hoursOfDay: t.field({
      type: HoursOfDayInputRef,
      description: 'The time of day is in a range. A discount on a period applies to the usage in these hours.',
    }),
    weekdays: t.field({ type: WeekdaysInputRef, description: 'The day is one of these. A discount on a period applies to the usage on these days.' }),
    providerModel: t.field({ type: ProviderModelInputRef, description: 'The usage is of these providers and models.' }),
    firstTimeCustomer: t.boolean({
      description: 'Set to true. The customer had no usage before the period; the tenant, if the charge is for several customers.',
    }),
    dimension: t.field({ type: DimensionConditionInputRef, description: 'The usage has one of these values in a dimension.' }),
    coupon: t.field({ type: CouponInputRef, description: 'A coupon was redeemed.' }),
  }),
})

/** Converts the input. The package checks it. */
export function toCondition(input: typeof DiscountConditionInputRef.$inferInput): DiscountConditionDraft {
  return kindOf(input) as unknown as DiscountConditionDraft
}
