import type { RatingPreview } from '@tollgate/usage'
import { builder } from '../../../graphql/builder.ts'
import { MAX_PREVIEW_EVENTS, PREVIEW_COMPLEXITY } from '../../../graphql/limits/limits.ts'
import { RatingChangesRef } from './rating-changes.ts'
import { RatingSelectionInputRef, requireSelectedTenant } from './rating-selection.ts'

const RatingRunPreviewRef = builder.objectRef<RatingPreview>('RatingRunPreview').implement({
  description: 'The corrections that a rating run would make. Nothing is written.',
  fields: t => ({
    eventsTotal: t.expose('eventsTotal', { type: 'SafeInt', description: 'Number of selected events.' }),
    eventsRead: t.expose('eventsRead', { type: 'SafeInt', description: 'Number of events that were rated again.' }),
    complete: t.exposeBoolean('complete', {
      description: `Whether all selected events were rated. One request rates about ${MAX_PREVIEW_EVENTS.toLocaleString('en')}; for more, narrow the selection or use the command line.`,
    }),
    changes: t.field({ type: RatingChangesRef, description: 'Changes that the run would make.', resolve: preview => preview }),
  }),
})

builder.queryField('previewRatingRun', t =>
  t.field({
    type: RatingRunPreviewRef,
    authScopes: { $all: { operator: true, can: 'prices:write' } },
    complexity: PREVIEW_COMPLEXITY,
    description:
      'Dry run of `startRatingRun`: rates past events again with the current prices, each at its own time, and returns what would change. Requires an operator key with the scope "prices:write".',
    args: { input: t.arg({ type: RatingSelectionInputRef, required: true, description: 'Events to rate again.' }) },
    resolve: async (_root, { input }, context) => {
      await requireSelectedTenant(context, input)
      return context.tollgate.rerating.preview(input, { maxEvents: MAX_PREVIEW_EVENTS })
    },
  }),
)
