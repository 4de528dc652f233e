import type { DiscountConditionDraft } from '@tollgate/charges'
import { builder } from '../../../../graphql/builder.ts'
import { kindOf } from './one-of.ts'
import { MeasuredOfRef, UsageFigureRef } from './usage-figure.ts'

const AnyOfInputRef = builder.inputType('AnyOfInput', {
  description: 'One of some values.',
  fields: t => ({ anyOf: t.stringList({ required: true, description: 'The values.' }) }),
})

const UsageThresholdInputRef = builder.inputType('UsageThresholdInput', {
  description: 'Usage in a range, half-open; one end may be left out.',
  fields: t => ({
    measure: t.field({ type: UsageFigureRef, required: true, description: 'What is measured.' }),
    of: t.field({ type: MeasuredOfRef, description: 'Over what; CHARGE where it is left out.' }),
    from: t.field({ type: 'Decimal', description: 'The least.' }),
    to: t.field({ type: 'Decimal', description: 'The first that is too much.' }),
  }),
})

const ValidityInputRef = builder.inputType('ValidityInput', {
  description: 'A stretch of time, half-open; one end may be left out.',
  fields: t => ({
    from: t.field({ type: 'DateTime', description: 'The first instant in it.' }),
    to: t.field({ type: 'DateTime', description: 'The first instant behind it.' }),
  }),
})

const HoursOfDayInputRef = builder.inputType('HoursOfDayInput', {
  description: 'A part of the day by the clocks of a zone, half-open; it may pass midnight.',
  fields: t => ({
    from: t.string({ required: true, description: 'The first minute in it: "22:00".' }),
    to: t.string({ required: true, description: 'The first minute behind it: "06:00".' }),
    timeZone: t.string({ required: true, description: 'IANA name: "Europe/Berlin".' }),
  }),
})

const WeekdayRef = builder.enumType('Weekday', {
  description: 'A day of the week.',
  values: {
    MONDAY: { value: 'monday', description: 'The first day of a week, as ISO 8601 counts.' },
    TUESDAY: { value: 'tuesday', description: 'The second.' },
    WEDNESDAY: { value: 'wednesday', description: 'The third.' },
    THURSDAY: { value: 'thursday', description: 'The fourth.' },
    FRIDAY: { value: 'friday', description: 'The fifth.' },
    SATURDAY: { value: 'saturday', description: 'The sixth.' },
    SUNDAY: { value: 'sunday', description: 'The last.' },
  } as const,
})

const WeekdaysInputRef = builder.inputType('WeekdaysInput', {
  description: 'Days of the week in a zone.',
  fields: t => ({
    days: t.field({ type: [WeekdayRef], required: true, description: 'Any of these.' }),
    timeZone: t.string({ required: true, description: 'IANA name: "Europe/Berlin".' }),
  }),
})

const ProviderModelInputRef = builder.inputType('ProviderModelInput', {
  description: 'Providers, models, or both.',
  fields: t => ({
    providers: t.stringList({ description: 'Any of these; every one where it is left out.' }),
    models: t.stringList({ description: 'Any of these, as the price catalogue calls them; every one where it is left out.' }),
  }),
})

const DimensionConditionInputRef = builder.inputType('DimensionConditionInput', {
  description: 'A value in a dimension.',
  fields: t => ({
    dimension: t.string({ required: true, description: 'The dimension: "feature", "environment", "customer".' }),
    anyOf: t.stringList({ required: true, description: 'The values.' }),
  }),
})

const CouponInputRef = builder.inputType('CouponInput', {
  description: 'A code that a tenant redeems with `redeemCoupon`.',
  fields: t => ({
    code: t.string({ required: true, description: 'The code; upper and lower case are the same.' }),
    maximumRedemptions: t.int({ description: 'How often it can be redeemed, by anyone; no limit where it is left out.' }),
    maximumRedemptionsPerCustomer: t.int({ description: 'How often by one tenant, for itself and its customers together; no limit where it is left out.' }),
  }),
})

/** What must hold for a discount to be given. */
export const DiscountConditionInputRef = builder.inputType('DiscountConditionInput', {
  description: 'What must hold for a discount to be given. Exactly one field.',
  isOneOf: true,
  fields: t => ({
    billingTier: t.field({ type: AnyOfInputRef, description: "The tenant's tier is one of these." }),
    usageThreshold: t.field({ type: UsageThresholdInputRef, description: 'Usage lies in a range.' }),
    validity: t.field({
      type: ValidityInputRef,
      description: 'The time of the charge lies in a stretch of time; a range is charged in parts where that begins or ends.',
    }),
    hoursOfDay: t.field({ type: HoursOfDayInputRef, description: 'It lies in a part of the day: of a range, the use in these hours.' }),
    weekdays: t.field({ type: WeekdaysInputRef, description: 'It is one of these days: of a range, the use on them.' }),
    providerModel: t.field({ type: ProviderModelInputRef, description: 'The charge is of these providers and models.' }),
    firstTimeCustomer: t.boolean({ description: 'True: the customer, or the tenant where the charge is of no single one, has no usage before the period.' }),
    dimension: t.field({ type: DimensionConditionInputRef, description: 'The charge is of what has this value in a dimension.' }),
    coupon: t.field({ type: CouponInputRef, description: 'A code was redeemed.' }),
  }),
})

/** A condition as rules keep it. What is wrong with it is said where the rule is defined. */
export function toCondition(input: typeof DiscountConditionInputRef.$inferInput): DiscountConditionDraft {
  return kindOf(input) as unknown as DiscountConditionDraft
}
