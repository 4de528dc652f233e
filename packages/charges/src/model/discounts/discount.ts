import { type Decimal, ZERO } from '@tollgate/kernel'
import { type Fields, type ListSize, readDraft } from '../drafts/read-draft.ts'
import { AMOUNT, type Numeral, type NumeralBounds } from '../numbers/numeral.ts'
import { type DiscountCondition, type DiscountConditionDraft, readCondition } from './conditions/condition.ts'
import { type FixedOff, type FixedOffDraft, readFixedOff } from './effects/fixed.ts'
import { type PercentageOff, type PercentageOffDraft, readPercentageOff } from './effects/percentage.ts'
import { readTieredOff, type TieredOff, type TieredOffDraft } from './effects/tiered.ts'

/** What a discount takes off. */
export type DiscountEffect = PercentageOff | FixedOff | TieredOff

/**
 * How a discount gets on with others. `stackable` ones add up. Of a `best-of` group only the one that takes off most is
 * given. An `exclusive` one is given alone: what goes before it by priority keeps it out, and it keeps out the rest.
 */
export type DiscountStacking = { readonly kind: 'stackable' } | { readonly kind: 'exclusive' } | { readonly kind: 'best-of'; readonly group: string }

declare const CHECKED: unique symbol

/** A discount. Made by `defineDiscount` only; frozen. */
export interface Discount {
  readonly [CHECKED]: true
  readonly id: string
  /** What all versions of it share, and what budgets and redemptions are kept by; the id where none was named. */
  readonly promotion: string
  /** The higher goes first; of equals, the lower id by its code units. */
  readonly priority: number
  readonly effect: DiscountEffect
  /** All of them must hold. */
  readonly conditions: readonly DiscountCondition[]
  readonly stacking: DiscountStacking
  /** The most that it takes off one charge. */
  readonly maximum: Decimal | undefined
  /** It never takes the amount below this; 0 where nothing else is said. */
  readonly floor: Decimal
  /** The most that it may take off all charges; what is left of it comes with the facts. */
  readonly budget: Decimal | undefined
}

/** A discount, to be defined. Plain data: it can be kept as JSON. */
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

/** Checks a discount and makes it. Throws `InvalidInput` that names every field at fault. */
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

/** The order in which discounts are considered: total, so that the order in which they were given does not matter. */
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
  if (coupons.length > 1) fields.addIssue('conditions', 'must have at most one coupon: its redemptions are counted by the discount')
  return conditions
}

function readStacking(fields: Fields): DiscountStacking {
  const kind = fields.choice('kind', ['stackable', 'exclusive', 'best-of'])
  return kind === 'best-of' ? { kind, group: fields.text('group') } : { kind }
}
