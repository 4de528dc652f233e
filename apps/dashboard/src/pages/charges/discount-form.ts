import { itemsOf, numberOrNull, textOrNull } from '../../ui/typed-text.ts'
import { instantOf } from '../../usage-view/local-time.ts'
import type { PublishDiscountMutationVariables } from './charges.operations.ts'
import { CONDITION_KINDS, type ConditionField, type ConditionKind, type ConditionName } from './condition-kinds.ts'

type Input = PublishDiscountMutationVariables['input']

/** A condition of a discount, as it is typed. Several choices are kept with commas. */
export interface ConditionForm {
  readonly kind: ConditionName
  readonly typed: Readonly<Record<string, string>>
}

/** A step of a discount by volume, as it is typed. */
export interface DiscountTier {
  readonly from: string
  readonly percent: string
}

export type EffectKind = 'percentage' | 'fixed' | 'tiered'

/** What a discount takes off, as it is typed. */
export interface EffectForm {
  readonly kind: EffectKind
  readonly percent: string
  readonly amount: string
  readonly basis: 'REMAINING' | 'SUBTOTAL'
  readonly measure: 'QUANTITY' | 'SUBTOTAL'
  readonly of: 'CHARGE' | 'PERIOD'
  readonly tiers: readonly DiscountTier[]
}

/** Returns the form of a new condition. */
export function newCondition(kind: ConditionName, timeZone: string): ConditionForm {
  const fields = fieldsOf(kind)
  return { kind, typed: Object.fromEntries(fields.map(({ name, type, choices }) => [name, name === 'timeZone' ? timeZone : firstOf(type, choices)])) }
}

export function fieldsOf(kind: ConditionName): readonly ConditionField[] {
  return (CONDITION_KINDS[kind] as ConditionKind).fields
}

/** Returns a condition as the API takes it. Fields that are empty are left out, unless they are required. */
export function conditionOf({ kind, typed }: ConditionForm, timeZone: string): NonNullable<Input['conditions']>[number] {
  if (kind === 'firstTimeCustomer') return { firstTimeCustomer: true }
  const values = fieldsOf(kind).flatMap(field => {
    const value = valueOf(field, typed[field.name] ?? '', timeZone)
    return value === null ? [] : [[field.name, value] as const]
  })
  return { [kind]: Object.fromEntries(values) } as unknown as NonNullable<Input['conditions']>[number]
}

/** Returns the paths of the fields of a condition, without its place among others. */
export function conditionPaths({ kind }: ConditionForm): readonly string[] {
  return fieldsOf(kind).map(({ name }) => `${kind}.${name}`)
}

/** Returns what a discount takes off, as the API takes it. */
export function effectOf({ kind, percent, amount, basis, measure, of, tiers }: EffectForm): Input['effect'] {
  if (kind === 'fixed') return { fixed: { amount: amount.trim() } }
  if (kind === 'percentage') return { percentage: { percent: percent.trim(), basis } }
  return { tiered: { measure, of, basis, tiers: tiers.map(tier => ({ from: tier.from.trim(), percent: tier.percent.trim() })) } }
}

function firstOf(type: ConditionField['type'], choices: ConditionField['choices']): string {
  return type === 'choice' ? (choices?.[0]?.value ?? '') : ''
}

function valueOf({ type, isRequired = false }: ConditionField, typed: string, timeZone: string): string | number | readonly string[] | null {
  if (type === 'choices') return itemsOf(typed)
  if (type === 'list') return typed.trim() === '' && !isRequired ? null : itemsOf(typed)
  if (type === 'integer') return numberOrNull(typed)
  if (type === 'time') return instantOf(typed, timeZone) ?? textOrNull(typed)
  return isRequired ? typed.trim() : textOrNull(typed)
}
