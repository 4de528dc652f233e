import { Forbidden, InvalidInput, NotFound } from '@tollgate/kernel'
import { type RatingRun, RatingRunInProgress } from '@tollgate/usage'
import { builder } from '../../../graphql/builder.ts'
import { viewerName } from '../../../graphql/viewer-name.ts'
import { RatingRunRef } from './rating-run.ts'
import { RatingSelectionInputRef, requireSelectedTenant } from './rating-selection.ts'

const StartRatingRunInputRef = builder.inputType('StartRatingRunInput', {
  description: 'Events to correct, and the reason.',
  fields: t => ({
    selection: t.field({ type: RatingSelectionInputRef, required: true, description: 'Events to rate again.' }),
    reason: t.string({ required: true, description: 'Why the costs are corrected, for the record. 1 to 500 characters.' }),
  }),
})

const StartRatingRunPayloadRef = builder.objectRef<{ run: RatingRun }>('StartRatingRunPayload').implement({
  description: 'The rating run was started.',
  fields: t => ({
    run: t.expose('run', { type: RatingRunRef, description: 'The run, which continues in the background. Poll `ratingRun` for its progress.' }),
  }),
})

builder.mutationField('startRatingRun', t =>
  t.field({
    type: StartRatingRunPayloadRef,
    audit: 'pricing.usageRerated',
    authScopes: { $all: { operator: true, can: 'prices:write' } },
    errors: { types: [InvalidInput, Forbidden, NotFound, RatingRunInProgress] },
    description:
      'Corrects the cost of past events: rates them again with the current prices, each at its own time. Unpriced events get a cost if there is a price for them now. Corrections are new rows; events stay as recorded. Run `previewRatingRun` first. Requires an operator key with the scope "prices:write".',
    args: { input: t.arg({ type: StartRatingRunInputRef, required: true, description: 'Events to correct, and the reason.' }) },
    resolve: async (_root, { input: { selection, reason } }, context) => {
      await requireSelectedTenant(context, selection)
      const { run } = await context.tollgate.rerating.start({ selection, reason, requestedBy: viewerName(context.viewer) })
      return { run }
    },
  }),
)
