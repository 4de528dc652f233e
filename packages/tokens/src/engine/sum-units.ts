import type { UsageUnit } from '../model/usage-unit.ts'
import { addDecimals } from './decimal-text.ts'

/** Sums units of the same kind and variant. */
export function sumUnits(units: readonly UsageUnit[]): readonly UsageUnit[] {
  if (units.length < 2) return units
  const groups = Map.groupBy(units, ({ kind, variant }) => JSON.stringify([kind, variant]))
  return [...groups.values()].flatMap(([unit, ...others]) => {
    if (unit === undefined) return []
    return [{ ...unit, quantity: others.reduce((sum, { quantity }) => addDecimals(sum, quantity) ?? sum, unit.quantity) }]
  })
}
