import { Forbidden, InvalidInput, NotFound } from '@tollgate/kernel'
import { type RatingRun, RatingRunEnded, RatingRunInProgress } from '@tollgate/usage'
import { builder } from '../../../graphql/builder.ts'
import { RatingRunRef } from './rating-run.ts'
import { requireRatingRun } from './require-rating-run.ts'

const ResumeReratingInputRef = builder.inputType('ResumeReratingInput', {
  description: 'A rating run to go on with.',
  fields: t => ({ id: t.id({ required: true, description: 'The id of the run: "run_…".' }) }),
})

const ResumeReratingPayloadRef = builder.objectRef<{ run: RatingRun }>('ResumeReratingPayload').implement({
  description: 'A rating run goes on.',
  fields: t => ({ run: t.expose('run', { type: RatingRunRef, description: 'The run. It goes on behind this answer.' }) }),
})

builder.mutationField('resumeRerating', t =>
  t.field({
    type: ResumeReratingPayloadRef,
    authScopes: { $all: { operator: true, can: 'prices:write' } },
    errors: { types: [InvalidInput, Forbidden, NotFound, RatingRunInProgress, RatingRunEnded] },
    description:
      'Goes on with a rating run where it stopped: interrupted, failed, or running in a process that is gone. Where that process is alive after all, it stops. For operators with the scope "prices:write".',
    args: { input: t.arg({ type: ResumeReratingInputRef, required: true, description: 'Which run.' }) },
    resolve: async (_root, { input }, context) => {
      const { run } = await context.tollgate.rerating.resume(await requireRatingRun(context, input.id))
      return { run }
    },
  }),
)
