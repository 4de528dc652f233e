import type { Decimal } from '@tollgate/kernel'
import type { UsageUnit } from '@tollgate/tokens'
import { EVENT_LIMITS } from '../model/event-limits.ts'
import { type Field, isRecord, kindOf } from './field.ts'
import { findUnknownUnitFields } from './find-unknown-fields.ts'
import { readAmount, readText } from './read-fields.ts'

// Shared, because nearly every event has none.
const NO_UNITS: readonly UsageUnit[] = []

/** Reads the units that a provider bills besides tokens; empty if omitted. Adds up equal kinds and variants, and leaves out those of quantity 0. Issues name the field of the unit. */
export function readUnits(value: unknown, { path, issues }: Field): readonly UsageUnit[] {
  if (value === undefined || value === null) return NO_UNITS
  if (!Array.isArray(value)) issues.push({ path, message: `must be a list of units, not ${kindOf(value)}` })
  else if (value.length > EVENT_LIMITS.units) issues.push({ path, message: `must have at most ${EVENT_LIMITS.units} units, not ${value.length}` })
  else if (value.length > 0) return addUp(value.flatMap((unit, i) => readUnit(unit, { path: `${path}[${i}]`, issues }) ?? []))
  return NO_UNITS
}

interface ReadUnit {
  readonly kind: string
  readonly variant: string | null
  readonly quantity: Decimal
}

function readUnit(value: unknown, { path, issues }: Field): ReadUnit | undefined {
  if (!isRecord(value)) {
    issues.push({ path, message: `must be an object with a kind and a quantity, not ${value === null ? 'null' : kindOf(value)}` })
    return undefined
  }
  const unit = value as Readonly<Record<string, unknown>>
  const kind = readText(unit['kind'], EVENT_LIMITS.unitKindLength, { path: `${path}.kind`, issues })
  if (unit['kind'] === undefined || unit['kind'] === null) issues.push({ path: `${path}.kind`, message: 'is missing' })
  const variant = readText(unit['variant'], EVENT_LIMITS.unitVariantLength, { path: `${path}.variant`, issues })
  const quantity = readQuantity(unit['quantity'], { path: `${path}.quantity`, issues })
  findUnknownUnitFields(unit, { path, issues })
  // A client that counts 0 searches used none.
  return kind === null || quantity === null || quantity.isZero() ? undefined : { kind, variant, quantity }
}

function readQuantity(value: unknown, field: Field): Decimal | null {
  const quantity = readAmount(value, field)
  if (value === undefined || value === null) field.issues.push({ path: field.path, message: 'is missing' })
  return quantity
}

function addUp(units: readonly ReadUnit[]): readonly UsageUnit[] {
  const totals = new Map<string, ReadUnit>()
  for (const unit of units) {
    const key = JSON.stringify([unit.kind, unit.variant])
    const earlier = totals.get(key)
    totals.set(key, earlier === undefined ? unit : { ...earlier, quantity: earlier.quantity.plus(unit.quantity) })
  }
  return [...totals.values()].map(({ kind, variant, quantity }) => ({ kind, quantity: quantity.toFixed(), ...(variant !== null && { variant }) }))
}
