import type { RatingPreview } from '@tollgate/usage'
import { builder } from '../../../graphql/builder.ts'
import { MAX_PREVIEW_EVENTS, PREVIEW_COMPLEXITY } from '../../../graphql/limits/limits.ts'
import { RatingChangesRef } from './rating-changes.ts'
import { RatingSelectionInputRef, requireSelectedTenant } from './rating-selection.ts'

const RatingPreviewRef = builder.objectRef<RatingPreview>('RatingPreview').implement({
  description: 'What rating events again would change. Nothing was written.',
  fields: t => ({
    eventsTotal: t.expose('eventsTotal', { type: 'SafeInt', description: 'Events that are selected.' }),
    eventsRead: t.expose('eventsRead', { type: 'SafeInt', description: 'Events that were rated again.' }),
    complete: t.exposeBoolean('complete', {
      description: `Whether all were. One request goes through about ${MAX_PREVIEW_EVENTS.toLocaleString('en')}: narrow the selection, or use the command line.`,
    }),
    changes: t.field({ type: RatingChangesRef, description: 'What would change.', resolve: preview => preview }),
  }),
})

builder.queryField('reratingPreview', t =>
  t.field({
    type: RatingPreviewRef,
    authScopes: { $all: { operator: true, can: 'prices:write' } },
    complexity: PREVIEW_COMPLEXITY,
    description:
      'The dry run of `startRerating`: rates past events with the prices of now, each at its own time, and answers what would change. Writes nothing. For operators with the scope "prices:write".',
    args: { input: t.arg({ type: RatingSelectionInputRef, required: true, description: 'Which events.' }) },
    resolve: async (_root, { input }, context) => {
      await requireSelectedTenant(context, input)
      return context.tollgate.rerating.preview(input, { maxEvents: MAX_PREVIEW_EVENTS })
    },
  }),
)
