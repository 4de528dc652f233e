import type { Period } from '@tollgate/kernel'
import { builder } from '../../../graphql/builder.ts'

/** A half-open range of time. Its shape is a period's; that it ends after it begins is checked where it is used. */
export const TimeRangeInputRef = builder.inputRef<Period>('TimeRangeInput').implement({
  description: 'A stretch of time, half-open: `from` is in it, `to` is not, so that adjoining ranges share nothing.',
  fields: t => ({
    from: t.field({ type: 'DateTime', required: true, description: 'The first instant in the range.' }),
    to: t.field({ type: 'DateTime', required: true, description: 'The first instant behind the range.' }),
  }),
})
