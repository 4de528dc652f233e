import type { UnitKind, UsageUnit } from '../model/usage-unit.ts'
import { TokenUsageUnreadable } from '../model/token-usage-unreadable.ts'
import { decimalText } from './decimal-text.ts'
import { isObject } from '../model/is-object.ts'

/** Which unit. */
export interface UnitName {
  readonly kind: UnitKind | (string & {})
  readonly variant?: string | undefined
}

/** How many of which unit. */
export interface UnitQuantity extends UnitName {
  /** A JSON number, or a decimal as text. */
  readonly quantity: unknown
}

/** Returns the units that are not 0. Throws `TokenUsageUnreadable` for a quantity that is not a decimal. */
export function units(source: string, ...quantities: readonly UnitQuantity[]): readonly UsageUnit[] {
  return quantities.flatMap(({ kind, quantity, variant }) => {
    if (quantity === undefined || quantity === null) return []
    const text = decimalText(quantity)
    if (text === undefined) {
      const found = typeof quantity === 'number' || typeof quantity === 'string' ? JSON.stringify(quantity) : `a ${typeof quantity}`
      throw new TokenUsageUnreadable(source, `the quantity of ${kind} must be a decimal from 0, not ${found}`)
    }
    if (text === '0') return []
    return [variant === undefined ? { kind, quantity: text } : { kind, quantity: text, variant }]
  })
}

/** Reads units from an object of quantities by the provider's names, such as `{ web_search_calls: 2 }`. Null is for what is not billed. */
export function namedUnits(source: string, of: unknown, nameOf: (name: string) => UnitName | null): readonly UsageUnit[] {
  if (!isObject(of)) return []
  return Object.entries(of).flatMap(([name, quantity]) => {
    const unit = nameOf(name)
    return unit === null ? [] : units(source, { ...unit, quantity })
  })
}
