import { type Decimal, ZERO } from '@tollgate/kernel'
import { type Fields, type ListSize, readDraft } from '../drafts/read-draft.ts'
import { AMOUNT, type Numeral, type NumeralBounds } from '../numbers/numeral.ts'
import { type DiscountCondition, type DiscountConditionDraft, readCondition } from './conditions/condition.ts'
import { type FixedOff, type FixedOffDraft, readFixedOff } from './effects/fixed.ts'
import { type PercentageOff, type PercentageOffDraft, readPercentageOff } from './effects/percentage.ts'
import { readTieredOff, type TieredOff, type TieredOffDraft } from './effects/tiered.ts'

/** The effect of a discount. */
export type DiscountEffect = PercentageOff | FixedOff | TieredOff

/**
 * How a discount combines with others. `stackable` discounts add up. Of a `best-of` group, only the discount that takes
 * off most applies. An `exclusive` discount applies alone: an earlier discount excludes it, and it excludes later ones.
 */
export type DiscountStacking = { readonly kind: 'stackable' } | { readonly kind: 'exclusive' } | { readonly kind: 'best-of'; readonly group: string }

declare const CHECKED: unique symbol

/** A checked discount. Frozen. Only `defineDiscount` creates it. */
export interface Discount {
  readonly [CHECKED]: true
  readonly id: string
  /** Shared by all versions; budgets and redemptions are kept by it. Defaults to the id. */
  readonly promotion: string
  /** Higher first; of equals, the lower id by code units. */
  readonly priority: number
  readonly effect: DiscountEffect
  /** All of them must be met. */
  readonly conditions: readonly DiscountCondition[]
  readonly stacking: DiscountStacking
  /** Maximum amount off one charge. */
  readonly maximum: Decimal | undefined
  /** The discount never takes the charge below this amount. Defaults to 0. */
  readonly floor: Decimal
  /** Maximum amount off all charges. The remaining budget is in the facts. */
  readonly budget: Decimal | undefined
}

/** Input of `defineDiscount`. Plain data that can be stored as JSON. */
export interface DiscountDraft {
  readonly id: string
  readonly promotion?: string | null | undefined
  readonly priority?: Numeral | null | undefined
  readonly effect: PercentageOffDraft | FixedOffDraft | TieredOffDraft
  readonly conditions?: readonly DiscountConditionDraft[] | null | undefined
  readonly stacking?: DiscountStacking | null | undefined
  readonly maximum?: Numeral | null | undefined
  readonly floor?: Numeral | null | undefined
  readonly budget?: Numeral | null | undefined
}

const PRIORITY: NumeralBounds = { from: -1_000_000, to: 1_000_000, scale: 0 }
const CONDITIONS: ListSize = { min: 0, max: 50 }

/** Checks a discount. Throws `InvalidInput` that names every invalid field. */
export function defineDiscount(draft: DiscountDraft): Discount {
  return readDraft(draft, fields => ({
    id: fields.text('id'),
    promotion: fields.optionalText('promotion') ?? fields.text('id'),
    priority: Number(fields.optionalNumeral('priority', PRIORITY)?.toFixed() ?? 0),
    effect: fields.nested('effect', readEffect),
    conditions: readConditions(fields),
    stacking: fields.has('stacking') ? fields.nested('stacking', readStacking) : { kind: 'stackable' },
    maximum: fields.optionalNumeral('maximum', AMOUNT),
    floor: fields.optionalNumeral('floor', AMOUNT) ?? ZERO,
    budget: fields.optionalNumeral('budget', AMOUNT),
  })) as Discount
}

/** Compares discounts by priority and id: a total order. */
export function compareDiscounts(one: Pick<Discount, 'id' | 'priority'>, other: Pick<Discount, 'id' | 'priority'>): number {
  return other.priority - one.priority || (one.id < other.id ? -1 : Number(one.id > other.id))
}

function readEffect(fields: Fields): DiscountEffect {
  const kind = fields.choice('kind', ['percentage', 'fixed', 'tiered'])
  switch (kind) {
    case 'percentage':
      return readPercentageOff(fields)
    case 'fixed':
      return readFixedOff(fields)
    case 'tiered':
      return readTieredOff(fields)
  }
}

function readConditions(fields: Fields): readonly DiscountCondition[] {
  const conditions = fields.list('conditions', CONDITIONS, readCondition)
  const coupons = conditions.filter(({ kind }) => kind === 'coupon')
  if (coupons.length > 1) fields.addIssue('conditions', 'must contain at most one coupon, because redemptions are counted per discount')
  return conditions
}

function readStacking(fields: Fields): DiscountStacking {
  const kind = fields.choice('kind', ['stackable', 'exclusive', 'best-of'])
  return kind === 'best-of' ? { kind, group: fields.text('group') } : { kind }
}
