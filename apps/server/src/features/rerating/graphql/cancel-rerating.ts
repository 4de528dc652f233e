import { Forbidden, InvalidInput, NotFound } from '@tollgate/kernel'
import { type RatingRun, RatingRunEnded } from '@tollgate/usage'
import { builder } from '../../../graphql/builder.ts'
import { RatingRunRef } from './rating-run.ts'
import { requireRatingRun } from './require-rating-run.ts'

const CancelReratingInputRef = builder.inputType('CancelReratingInput', {
  description: 'A rating run to give up.',
  fields: t => ({ id: t.id({ required: true, description: 'The id of the run: "run_…".' }) }),
})

const CancelReratingPayloadRef = builder.objectRef<{ run: RatingRun }>('CancelReratingPayload').implement({
  description: 'A rating run was given up.',
  fields: t => ({ run: t.expose('run', { type: RatingRunRef, description: 'The run. What it corrected stands.' }) }),
})

builder.mutationField('cancelRerating', t =>
  t.field({
    type: CancelReratingPayloadRef,
    authScopes: { $all: { operator: true, can: 'prices:write' } },
    errors: { types: [InvalidInput, Forbidden, NotFound, RatingRunEnded] },
    description: 'Gives a rating run up. What it corrected stands; a new run corrects it again. For operators with the scope "prices:write".',
    args: { input: t.arg({ type: CancelReratingInputRef, required: true, description: 'Which run.' }) },
    resolve: async (_root, { input }, context) => ({ run: await context.tollgate.rerating.cancel(await requireRatingRun(context, input.id)) }),
  }),
)
