import { Forbidden, InvalidInput, NotFound } from '@tollgate/kernel'
import { type RatingRun, RatingRunEnded } from '@tollgate/usage'
import { builder } from '../../../graphql/builder.ts'
import { RatingRunRef } from './rating-run.ts'
import { requireRatingRun } from './require-rating-run.ts'

const CancelRatingRunInputRef = builder.inputType('CancelRatingRunInput', {
  description: 'Rating run to cancel.',
  fields: t => ({ id: t.id({ required: true, description: 'Id of the run: "run_…".' }) }),
})

const CancelRatingRunPayloadRef = builder.objectRef<{ run: RatingRun }>('CancelRatingRunPayload').implement({
  description: 'The rating run was cancelled.',
  fields: t => ({ run: t.expose('run', { type: RatingRunRef, description: 'The cancelled run. Corrections that it already made remain.' }) }),
})

builder.mutationField('cancelRatingRun', t =>
  t.field({
    type: CancelRatingRunPayloadRef,
    audit: 'pricing.ratingRunCancelled',
    authScopes: { $all: { operator: true, can: 'prices:write' } },
    errors: { types: [InvalidInput, Forbidden, NotFound, RatingRunEnded] },
    description:
      'Cancels a rating run for good. Corrections that it already made remain; start another run to correct them again. Requires an operator key with the scope "prices:write".',
    args: { input: t.arg({ type: CancelRatingRunInputRef, required: true, description: 'Run to cancel.' }) },
    resolve: async (_root, { input }, context) => ({ run: await context.tollgate.rerating.cancel(await requireRatingRun(context, input.id)) }),
  }),
)
