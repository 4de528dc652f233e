import type { Choice } from '../../ui/field.tsx'

/** How a field of a condition is typed, and what the API takes for it. */
export interface ConditionField {
  readonly name: string
  readonly label: string
  readonly hint?: string
  /** Text unless it says otherwise. */
  readonly type?: 'list' | 'integer' | 'decimal' | 'time' | 'clock' | 'choice' | 'choices'
  readonly choices?: readonly Choice[]
  readonly isRequired?: boolean
}

export interface ConditionKind {
  readonly label: string
  readonly fields: readonly ConditionField[]
}

export const FIGURES: readonly Choice[] = [
  { value: 'SUBTOTAL', label: 'USD before discounts' },
  { value: 'QUANTITY', label: 'units, such as tokens' },
]
export const MEASURED: readonly Choice[] = [
  { value: 'PERIOD', label: 'the billing period so far' },
  { value: 'CHARGE', label: 'the single charge' },
]
const WEEKDAYS: readonly Choice[] = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'].map(label => ({
  value: label.toUpperCase(),
  label,
}))
const ZONE: ConditionField = { name: 'timeZone', label: 'Time zone', isRequired: true }

/** The conditions of a discount, by their names in the API. */
export const CONDITION_KINDS = {
  coupon: {
    label: 'A coupon is redeemed',
    fields: [
      { name: 'code', label: 'Coupon code', isRequired: true },
      { name: 'maximumRedemptions', label: 'Redeemed at most', hint: 'By all tenants. Empty for no limit.', type: 'integer' },
      { name: 'maximumRedemptionsPerCustomer', label: 'By one tenant at most', hint: 'With its customers.', type: 'integer' },
    ],
  },
  providerModel: {
    label: 'The usage is of some providers or models',
    fields: [
      { name: 'providers', label: 'Providers', hint: 'With commas. Empty for all.', type: 'list' },
      { name: 'models', label: 'Models', hint: 'With commas. Empty for all.', type: 'list' },
    ],
  },
  usageThreshold: {
    label: 'So much is used',
    fields: [
      { name: 'measure', label: 'Counted in', type: 'choice', choices: FIGURES },
      { name: 'of', label: 'Of', type: 'choice', choices: MEASURED },
      { name: 'from', label: 'At least', hint: 'Empty for any.', type: 'decimal' },
      { name: 'to', label: 'Below', hint: 'Empty for any.', type: 'decimal' },
    ],
  },
  dimension: {
    label: 'The usage has a value in a dimension',
    fields: [
      { name: 'dimension', label: 'Dimension', hint: 'Such as feature, customer or environment.', isRequired: true },
      { name: 'anyOf', label: 'Values', hint: 'With commas.', type: 'list', isRequired: true },
    ],
  },
  billingTier: {
    label: 'The tenant is on one of some plans',
    fields: [{ name: 'anyOf', label: 'Plans', hint: 'With commas.', type: 'list', isRequired: true }],
  },
  firstTimeCustomer: { label: 'It is the first usage of the customer', fields: [] },
  validity: {
    label: 'The usage is in a time',
    fields: [
      { name: 'from', label: 'From', hint: 'Empty for any.', type: 'time' },
      { name: 'to', label: 'To', hint: 'Empty for any.', type: 'time' },
    ],
  },
  hoursOfDay: {
    label: 'The usage is in some hours of the day',
    fields: [{ name: 'from', label: 'From', type: 'clock', isRequired: true }, { name: 'to', label: 'To', type: 'clock', isRequired: true }, ZONE],
  },
  weekdays: { label: 'The usage is on some weekdays', fields: [{ name: 'days', label: 'Days', type: 'choices', choices: WEEKDAYS }, ZONE] },
} as const satisfies Record<string, ConditionKind>

export type ConditionName = keyof typeof CONDITION_KINDS
