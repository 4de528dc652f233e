import { InvalidInput, type Issue, type Period } from '@tollgate/kernel'
import { checkRange } from '../report-input.ts'

/** Which events are rated again. Null means any. */
export interface RatingSelection {
  /** By `occurredAt`, half-open, in whole microseconds. */
  readonly range: Period
  readonly tenantId: string | null
  /** As it was sent. */
  readonly provider: string | null
  /** As it was sent. */
  readonly model: string | null
  /** Only events that no price is known for, as corrected so far. */
  readonly unpricedOnly: boolean
}

/** A selection as somebody asks for it; what is left out selects everything. */
export interface RatingSelectionDraft {
  readonly range: Period
  readonly tenantId?: string | null | undefined
  readonly provider?: string | null | undefined
  readonly model?: string | null | undefined
  readonly unpricedOnly?: boolean | null | undefined
}

/** Makes a selection. Throws `InvalidInput`, naming the field. */
export function ratingSelection({ range, tenantId, provider, model, unpricedOnly }: RatingSelectionDraft): RatingSelection {
  const named = { tenantId: tenantId ?? null, provider: provider ?? null, model: model ?? null }
  const issues = Object.entries(named).flatMap(([path, value]): Issue[] =>
    value === '' ? [{ path, message: 'must not be empty; leave it out to select all' }] : [],
  )
  if (issues.length > 0) throw new InvalidInput(issues)
  return { range: checkRange(range), ...named, unpricedOnly: unpricedOnly ?? false }
}
