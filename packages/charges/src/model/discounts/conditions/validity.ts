import { Temporal } from '@tollgate/kernel'
import type { Fields } from '../../drafts/read-draft.ts'
import type { DiscountFacts } from '../facts/discount-facts.ts'

/** The charge's time lies in an interval, `from` in it and `to` not. */
export interface ValidityCondition {
  readonly kind: 'validity'
  readonly from: Temporal.Instant | undefined
  readonly to: Temporal.Instant | undefined
}

/** A validity, to be defined; times as RFC 3339 or instants, one of them may be left out. */
export interface ValidityDraft {
  readonly kind: 'validity'
  readonly from?: Temporal.Instant | string | null | undefined
  readonly to?: Temporal.Instant | string | null | undefined
}

/** Reads a validity. */
export function readValidity(fields: Fields): ValidityCondition {
  const from = fields.instant('from')
  const to = fields.instant('to')
  if (!fields.has('from') && !fields.has('to')) fields.addIssue('from', 'must be given, or to')
  if (from && to && Temporal.Instant.compare(from, to) >= 0)
    fields.addIssue('to', `must be after from (${from.toString()}); intervals are half-open, from <= t < to`)
  return { kind: 'validity', from, to }
}

/** Why the time is outside; undefined where it is not. A part of a period is judged by its own beginning. */
export function unmetValidity({ from, to }: ValidityCondition, { partFrom: at }: Pick<DiscountFacts, 'partFrom'>): string | undefined {
  if (from && Temporal.Instant.compare(at, from) < 0) return `it is valid from ${from.toString()}`
  return to && Temporal.Instant.compare(at, to) >= 0 ? `it was valid until ${to.toString()}` : undefined
}
