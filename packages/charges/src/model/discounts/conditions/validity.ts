import { Temporal } from '@tollgate/kernel'
import type { TimeInput } from '@tollgate/kernel/input'
import type { Fields } from '../../drafts/read-draft.ts'
import type { DiscountFacts } from '../facts/discount-facts.ts'

/** The time of the charge is in a half-open interval: `from` is included, `to` is not. */
export interface ValidityCondition {
  readonly kind: 'validity'
  readonly from: Temporal.Instant | undefined
  readonly to: Temporal.Instant | undefined
}

/** Input of a validity. Times are RFC 3339 or instants. One of them may be omitted. */
export interface ValidityDraft {
  readonly kind: 'validity'
  readonly from?: TimeInput | null | undefined
  readonly to?: TimeInput | null | undefined
}

/** Reads a validity condition. */
export function readValidity(fields: Fields): ValidityCondition {
  const from = fields.instant('from')
  const to = fields.instant('to')
  if (!fields.has('from') && !fields.has('to')) fields.addIssue('from', 'is required if to is omitted')
  if (from && to && Temporal.Instant.compare(from, to) >= 0) fields.addIssue('to', `must be after from, which is ${from.toString()}`)
  return { kind: 'validity', from, to }
}

/** Returns why the condition is not met; undefined if it is. A part of a period counts by its start. */
export function unmetValidity({ from, to }: ValidityCondition, { partFrom: at }: Pick<DiscountFacts, 'partFrom'>): string | undefined {
  if (from && Temporal.Instant.compare(at, from) < 0) return `it is valid from ${from.toString()}`
  return to && Temporal.Instant.compare(at, to) >= 0 ? `it was valid until ${to.toString()}` : undefined
}
