import type { Decimal } from '@tollgate/kernel'
import type { Fields } from '../../drafts/read-draft.ts'
import { AMOUNT, type Numeral, QUANTITY } from '../../numbers/numeral.ts'
import type { DiscountFacts } from '../facts/discount-facts.ts'
import { measureUsage, nameMeasure, readUsageMeasure, type UsageMeasure, type UsageMeasureDraft } from '../facts/usage-measure.ts'

/** Usage is in a half-open range: `from` is included, `to` is not. */
export interface UsageThresholdCondition {
  readonly kind: 'usage-threshold'
  readonly usage: UsageMeasure
  readonly from: Decimal | undefined
  readonly to: Decimal | undefined
}

/** Input of a usage threshold. One of `from` and `to` may be omitted. */
export interface UsageThresholdDraft extends UsageMeasureDraft {
  readonly kind: 'usage-threshold'
  readonly from?: Numeral | null | undefined
  readonly to?: Numeral | null | undefined
}

/** Reads a usage threshold condition. */
export function readUsageThreshold(fields: Fields): UsageThresholdCondition {
  const usage = readUsageMeasure(fields)
  const bounds = usage.measure === 'quantity' ? QUANTITY : AMOUNT
  const from = fields.optionalNumeral('from', bounds)
  const to = fields.optionalNumeral('to', bounds)
  if (from === undefined && to === undefined) fields.addIssue('from', 'is required if to is omitted')
  if (from !== undefined && to?.lte(from)) fields.addIssue('to', `must be greater than from, which is ${from.toFixed()}`)
  return { kind: 'usage-threshold', usage, from, to }
}

/** Returns why the condition is not met; undefined if it is. */
export function unmetUsageThreshold({ usage, from, to }: UsageThresholdCondition, facts: DiscountFacts): string | undefined {
  const measured = measureUsage(usage, facts)
  const name = nameMeasure(usage)
  if (measured === undefined) return `${name} is unknown`
  if (from?.gt(measured)) return `${name} is ${measured.toFixed()}, below ${from.toFixed()}`
  return to?.lte(measured) ? `${name} is ${measured.toFixed()}, not below ${to.toFixed()}` : undefined
}
