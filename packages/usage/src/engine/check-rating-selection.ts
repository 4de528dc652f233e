import { InvalidInput, type Issue } from '@tollgate/kernel'
import type { RatingSelection, RatingSelectionDraft } from '../model/rating-selection.ts'
import { checkRange } from './check-report.ts'

/** Validates a selection and fills in defaults. Throws `InvalidInput`, which names the field. */
export function checkRatingSelection({ range, tenantId, provider, model, unpricedOnly }: RatingSelectionDraft): RatingSelection {
  const named = { tenantId: tenantId ?? null, provider: provider ?? null, model: model ?? null }
  const issues = Object.entries(named).flatMap(([path, value]): Issue[] =>
    value === '' ? [{ path, message: 'must not be empty; omit it to select all' }] : [],
  )
  if (issues.length > 0) throw new InvalidInput(issues)
  return { range: checkRange(range), ...named, unpricedOnly: unpricedOnly ?? false }
}
