import type { Decimal } from '@tollgate/kernel'
import type { Fields } from '../drafts/read-draft.ts'
import { AMOUNT } from '../numbers/numeral.ts'
import { chargeOnce, type PricedLine, sumLines } from './priced-line.ts'

/** Minimum and maximum of a sum of lines. */
export interface LineBounds {
  readonly minimum: Decimal | undefined
  readonly maximum: Decimal | undefined
}

/** Reads a minimum and a maximum. The minimum may not exceed the maximum. */
export function readLineBounds(fields: Fields, minimumName: string, maximumName: string): LineBounds {
  const minimum = fields.optionalNumeral(minimumName, AMOUNT)
  const maximum = fields.optionalNumeral(maximumName, AMOUNT)
  if (minimum !== undefined && maximum?.lt(minimum)) fields.addIssue(maximumName, `must be at least ${minimumName}, which is ${minimum.toFixed()}`)
  return { minimum, maximum }
}

/** Adds a line that adjusts the sum to its minimum or maximum, if it is out of bounds. */
export function boundLines(lines: readonly PricedLine[], { minimum, maximum }: LineBounds): readonly PricedLine[] {
  if (minimum === undefined && maximum === undefined) return lines
  const sum = sumLines(lines)
  if (minimum?.gt(sum)) return [...lines, chargeOnce(`adjustment to the minimum of ${minimum.toFixed()}`, minimum.minus(sum))]
  if (maximum?.lt(sum)) return [...lines, chargeOnce(`adjustment to the maximum of ${maximum.toFixed()}`, maximum.minus(sum))]
  return lines
}
