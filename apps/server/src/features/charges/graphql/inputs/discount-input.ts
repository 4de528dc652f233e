import type { DiscountDraft, DiscountStacking } from '@tollgate/charges'
import { builder } from '../../../../graphql/builder.ts'
import { DiscountConditionInputRef, toCondition } from './discount-condition-input.ts'
import type { InputFields } from './input-fields.ts'
import { kindOf } from './one-of.ts'
import { MeasuredOverRef, UsageFigureRef } from './usage-figure.ts'

const DiscountBasisRef = builder.enumType('DiscountBasis', {
  description: 'The amount that a percentage applies to.',
  values: {
    REMAINING: { value: 'remaining', description: 'What earlier discounts left.' },
    SUBTOTAL: { value: 'subtotal', description: 'The amount before all discounts.' },
  } as const,
})

const PercentageOffInputRef = builder.inputType('PercentageOffInput', {
  description: 'A percentage off.',
  fields: t => ({
    percent: t.field({ type: 'Decimal', required: true, description: 'Percentage, 0 to 100.' }),
    basis: t.field({ type: DiscountBasisRef, description: 'Amount that the percentage applies to. Defaults to REMAINING.' }),
  }),
})

const FixedOffInputRef = builder.inputType('FixedOffInput', {
  description: 'A fixed amount off.',
  fields: t => ({ amount: t.field({ type: 'Decimal', required: true, description: 'Amount in USD. At most the whole charge is taken off.' }) }),
})

const DiscountTierInputRef = builder.inputType('DiscountTierInput', {
  description: 'A percentage for volumes from `from` on.',
  fields: t => ({
    from: t.field({ type: 'Decimal', required: true, description: 'Minimum volume, inclusive. 0 for the first tier.' }),
    percent: t.field({ type: 'Decimal', required: true, description: 'Percentage off the whole amount, 0 to 100.' }),
  }),
})

const TieredOffInputRef = builder.inputType('TieredOffInput', {
  description: 'A percentage by volume. The tier that the volume has reached applies to the whole amount.',
  fields: t => ({
    measure: t.field({ type: UsageFigureRef, required: true, description: 'Figure to measure.' }),
    of: t.field({ type: MeasuredOverRef, description: 'Usage to measure. Defaults to CHARGE.' }),
    basis: t.field({ type: DiscountBasisRef, description: 'Amount that the percentage applies to. Defaults to REMAINING.' }),
    tiers: t.field({ type: [DiscountTierInputRef], required: true, description: 'Tiers in ascending order.' }),
  }),
})

const DiscountEffectInputRef = builder.inputType('DiscountEffectInput', {
  description: 'Effect of a discount. Set exactly one field.',
  isOneOf: true,
  fields: t => ({
    percentage: t.field({ type: PercentageOffInputRef, description: 'A percentage off.' }),
    fixed: t.field({ type: FixedOffInputRef, description: 'A fixed amount off.' }),
    tiered: t.field({ type: TieredOffInputRef, description: 'A percentage by volume.' }),
  }),
})

const DiscountStackingInputRef = builder.inputType('DiscountStackingInput', {
  description: 'How a discount combines with others. Set exactly one field.',
  isOneOf: true,
  fields: t => ({
    stackable: t.boolean({ description: 'Set to true to add the discount to others.' }),
    exclusive: t.boolean({ description: 'Set to true to apply the discount alone, unless another one was applied before it.' }),
    bestOf: t.string({ description: 'Name of a group. Only the discount of the group that takes most off applies.' }),
  }),
})

/** Returns the fields of a discount, except its name. */
export function discountFields(t: InputFields) {
  return {
    effect: t.field({ type: DiscountEffectInputRef, required: true, description: 'Effect of the discount.' }),
    conditions: t.field({ type: [DiscountConditionInputRef], description: 'Conditions, all of which must be met. At most 50.' }),
    priority: t.int({ description: 'Discounts with a higher priority apply first. Defaults to 0.' }),
    stacking: t.field({ type: DiscountStackingInputRef, description: 'How the discount combines with others. Defaults to stackable.' }),
    maximum: t.field({ type: 'Decimal', description: 'Maximum amount off one charge, in USD. Defaults to no maximum.' }),
    floor: t.field({ type: 'Decimal', description: 'Amount in USD that the discount does not take the charge below. Defaults to 0.' }),
    budget: t.field({ type: 'Decimal', description: 'Maximum amount off all charges, in USD. Defaults to no budget.' }),
  }
}

/** A discount as GraphQL input. */
export interface DiscountInput extends Pick<DiscountDraft, 'priority' | 'maximum' | 'floor' | 'budget'> {
  readonly effect: typeof DiscountEffectInputRef.$inferInput
  readonly conditions?: readonly (typeof DiscountConditionInputRef.$inferInput)[] | null | undefined
  readonly stacking?: typeof DiscountStackingInputRef.$inferInput | null | undefined
}

/** Converts the input. The package checks it. */
export function toDiscountTerms({ effect, conditions, stacking, ...others }: DiscountInput): Omit<DiscountDraft, 'id'> {
  return {
    ...others,
    effect: kindOf(effect) as unknown as DiscountDraft['effect'],
    conditions: conditions?.map(toCondition),
    stacking: stacking && toStacking(stacking),
  }
}

function toStacking({ exclusive, bestOf }: NonNullable<DiscountInput['stacking']>): DiscountStacking {
  if (typeof bestOf === 'string') return { kind: 'best-of', group: bestOf }
  return { kind: exclusive ? 'exclusive' : 'stackable' }
}
