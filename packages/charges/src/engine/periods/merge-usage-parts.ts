import type { UsagePart } from '../../model/price-models/usage-part.ts'

/** Adds up the parts with equal dimensions, so that a period of many parts is still priced as few. */
export function mergeUsageParts(parts: readonly UsagePart[]): readonly UsagePart[] {
  const merged = new Map<string, UsagePart>()
  for (const part of parts) {
    const key = JSON.stringify(Object.entries(part.dimensions).toSorted(([one], [other]) => (one < other ? -1 : 1)))
    const before = merged.get(key)
    merged.set(key, before === undefined ? part : { ...part, quantity: before.quantity.plus(part.quantity) })
  }
  return [...merged.values()]
}
