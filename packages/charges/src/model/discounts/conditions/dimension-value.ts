import type { Fields } from '../../drafts/read-draft.ts'
import type { DiscountFacts } from '../facts/discount-facts.ts'

/** A dimension, such as `feature` or `environment`, has one of these values. */
export interface DimensionValueCondition {
  readonly kind: 'dimension'
  readonly dimension: string
  readonly anyOf: readonly string[]
}

/** Reads a dimension condition. */
export function readDimensionValue(fields: Fields): DimensionValueCondition {
  return { kind: 'dimension', dimension: fields.text('dimension'), anyOf: fields.texts('anyOf') }
}

/** Returns why the condition is not met; undefined if it is. */
export function unmetDimensionValue({ dimension, anyOf }: DimensionValueCondition, { dimensions }: DiscountFacts): string | undefined {
  const value = Object.hasOwn(dimensions, dimension) ? dimensions[dimension] : undefined
  if (value === undefined) return `it is for the ${dimension} ${anyOf.join(' or ')}, and there is none`
  return anyOf.includes(value) ? undefined : `it is for the ${dimension} ${anyOf.join(' or ')}, not ${value}`
}
