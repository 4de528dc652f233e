import { Forbidden, InvalidInput, NotFound } from '@tollgate/kernel'
import { type RatingRun, RatingRunEnded, RatingRunInProgress } from '@tollgate/usage'
import { builder } from '../../../graphql/builder.ts'
import { RatingRunRef } from './rating-run.ts'
import { requireRatingRun } from './require-rating-run.ts'

const ResumeRatingRunInputRef = builder.inputType('ResumeRatingRunInput', {
  description: 'Rating run to resume.',
  fields: t => ({ id: t.id({ required: true, description: 'Id of the run: "run_…".' }) }),
})

const ResumeRatingRunPayloadRef = builder.objectRef<{ run: RatingRun }>('ResumeRatingRunPayload').implement({
  description: 'The rating run was resumed.',
  fields: t => ({
    run: t.expose('run', { type: RatingRunRef, description: 'The run, which continues in the background. Poll `ratingRun` for its progress.' }),
  }),
})

builder.mutationField('resumeRatingRun', t =>
  t.field({
    type: ResumeRatingRunPayloadRef,
    audit: 'pricing.ratingRunResumed',
    authScopes: { $all: { operator: true, can: 'prices:write' } },
    errors: { types: [InvalidInput, Forbidden, NotFound, RatingRunInProgress, RatingRunEnded] },
    description:
      'Resumes a rating run where it stopped: one that was interrupted, has failed, or whose process is gone. If that process is still alive, it stops working on the run. Requires an operator key with the scope "prices:write".',
    args: { input: t.arg({ type: ResumeRatingRunInputRef, required: true, description: 'Run to resume.' }) },
    resolve: async (_root, { input }, context) => {
      const { run } = await context.tollgate.rerating.resume(await requireRatingRun(context, input.id))
      return { run }
    },
  }),
)
