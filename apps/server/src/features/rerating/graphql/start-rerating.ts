import { Forbidden, InvalidInput, NotFound } from '@tollgate/kernel'
import { type RatingRun, RatingRunInProgress } from '@tollgate/usage'
import { builder } from '../../../graphql/builder.ts'
import { nameViewer } from '../../../graphql/name-viewer.ts'
import { RatingRunRef } from './rating-run.ts'
import { RatingSelectionInputRef, requireSelectedTenant } from './rating-selection.ts'

const StartReratingInputRef = builder.inputType('StartReratingInput', {
  description: 'What is to be corrected, and why.',
  fields: t => ({
    selection: t.field({ type: RatingSelectionInputRef, required: true, description: 'Which events are rated again.' }),
    reason: t.string({ required: true, description: 'Why, for whoever looks at the corrections later; 1 to 500 characters.' }),
  }),
})

const StartReratingPayloadRef = builder.objectRef<{ run: RatingRun }>('StartReratingPayload').implement({
  description: 'A rating run was started.',
  fields: t => ({ run: t.expose('run', { type: RatingRunRef, description: 'The run. It goes on behind this answer: ask `ratingRun` how far it is.' }) }),
})

builder.mutationField('startRerating', t =>
  t.field({
    type: StartReratingPayloadRef,
    authScopes: { $all: { operator: true, can: 'prices:write' } },
    errors: { types: [InvalidInput, Forbidden, NotFound, RatingRunInProgress] },
    description:
      'Corrects what past events cost by the prices of now, each at its own time; events without a price get one where there is one. Corrections are new rows: the events stay as recorded. See `reratingPreview` first. For operators with the scope "prices:write".',
    args: { input: t.arg({ type: StartReratingInputRef, required: true, description: 'What, and why.' }) },
    resolve: async (_root, { input: { selection, reason } }, context) => {
      await requireSelectedTenant(context, selection)
      const { run } = await context.tollgate.rerating.start({ selection, reason, requestedBy: nameViewer(context.viewer) })
      return { run }
    },
  }),
)
