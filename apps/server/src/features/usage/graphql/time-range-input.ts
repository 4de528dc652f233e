import type { Period } from '@tollgate/kernel'
import { builder } from '../../../graphql/builder.ts'

/** A half-open time range. The service that gets it checks that it ends after it begins. */
export const TimeRangeInputRef = builder.inputRef<Period>('TimeRangeInput').implement({
  description: 'A half-open time range: it includes `from` and excludes `to`.',
  fields: t => ({
    from: t.field({ type: 'DateTime', required: true, description: 'Start, inclusive.' }),
    to: t.field({ type: 'DateTime', required: true, description: 'End, exclusive.' }),
  }),
})
