import type { DiscountDraft, DiscountStacking } from '@tollgate/charges'
import { builder } from '../../../../graphql/builder.ts'
import { DiscountConditionInputRef, toCondition } from './discount-condition-input.ts'
import type { InputFields } from './input-fields.ts'
import { kindOf } from './one-of.ts'
import { MeasuredOfRef, UsageFigureRef } from './usage-figure.ts'

const DiscountBasisRef = builder.enumType('DiscountBasis', {
  description: 'What a percentage is taken of.',
  values: {
    REMAINING: { value: 'remaining', description: 'What the discounts before it left.' },
    SUBTOTAL: { value: 'subtotal', description: 'What there was before any discount.' },
  } as const,
})

const PercentageOffInputRef = builder.inputType('PercentageOffInput', {
  description: 'A percentage off.',
  fields: t => ({
    percent: t.field({ type: 'Decimal', required: true, description: 'From 0 to 100.' }),
    basis: t.field({ type: DiscountBasisRef, description: 'What it is taken of; REMAINING where it is left out.' }),
  }),
})

const FixedOffInputRef = builder.inputType('FixedOffInput', {
  description: 'A sum off.',
  fields: t => ({ amount: t.field({ type: 'Decimal', required: true, description: 'USD. Of a smaller charge it takes what there is.' }) }),
})

const DiscountTierInputRef = builder.inputType('DiscountTierInput', {
  description: 'A percentage from a volume on.',
  fields: t => ({
    from: t.field({ type: 'Decimal', required: true, description: 'The least volume; 0 for the first tier.' }),
    percent: t.field({ type: 'Decimal', required: true, description: 'Off the whole amount, from 0 to 100.' }),
  }),
})

const TieredOffInputRef = builder.inputType('TieredOffInput', {
  description: 'A percentage by volume: the one tier that is reached gives it, for the whole amount.',
  fields: t => ({
    measure: t.field({ type: UsageFigureRef, required: true, description: 'What is measured.' }),
    of: t.field({ type: MeasuredOfRef, description: 'Over what; CHARGE where it is left out.' }),
    basis: t.field({ type: DiscountBasisRef, description: 'What the percentage is taken of; REMAINING where it is left out.' }),
    tiers: t.field({ type: [DiscountTierInputRef], required: true, description: 'From 0 upwards.' }),
  }),
})

const DiscountEffectInputRef = builder.inputType('DiscountEffectInput', {
  description: 'What a discount takes off. Exactly one field.',
  isOneOf: true,
  fields: t => ({
    percentage: t.field({ type: PercentageOffInputRef, description: 'A percentage.' }),
    fixed: t.field({ type: FixedOffInputRef, description: 'A sum.' }),
    tiered: t.field({ type: TieredOffInputRef, description: 'A percentage by volume.' }),
  }),
})

const DiscountStackingInputRef = builder.inputType('DiscountStackingInput', {
  description: 'How a discount gets on with others. Exactly one field.',
  isOneOf: true,
  fields: t => ({
    stackable: t.boolean({ description: 'True: it adds up with others.' }),
    exclusive: t.boolean({ description: 'True: it is given alone, if nothing was given before it.' }),
    bestOf: t.string({ description: 'The name of a group: of its discounts, only the one is given that takes most off.' }),
  }),
})

/** The fields of a discount, beside its name. */
export function discountFields(t: InputFields) {
  return {
    effect: t.field({ type: DiscountEffectInputRef, required: true, description: 'What it takes off.' }),
    conditions: t.field({ type: [DiscountConditionInputRef], description: 'All of these must hold; 50 at the most.' }),
    priority: t.int({ description: 'The higher goes first; 0 where it is left out.' }),
    stacking: t.field({ type: DiscountStackingInputRef, description: 'How it gets on with others; it adds up where it is left out.' }),
    maximum: t.field({ type: 'Decimal', description: 'The most that it takes off one charge, in USD.' }),
    floor: t.field({ type: 'Decimal', description: 'What it does not take the charge below, in USD; 0 where it is left out.' }),
    budget: t.field({ type: 'Decimal', description: 'The most that it takes off all charges, in USD.' }),
  }
}

/** A discount, as GraphQL hands it over. */
export interface DiscountInput extends Pick<DiscountDraft, 'priority' | 'maximum' | 'floor' | 'budget'> {
  readonly effect: typeof DiscountEffectInputRef.$inferInput
  readonly conditions?: readonly (typeof DiscountConditionInputRef.$inferInput)[] | null | undefined
  readonly stacking?: typeof DiscountStackingInputRef.$inferInput | null | undefined
}

/** A discount as rules keep it. What is wrong with it is said where the rule is defined. */
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
