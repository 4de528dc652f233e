import { RatingRunEnded, RatingRunInProgress } from '@tollgate/usage'
import { builder } from '../../../graphql/builder.ts'
import { ErrorInterface } from '../../../graphql/errors/error-interface.ts'
import { RatingRunId } from '../ids.ts'

builder.objectType(RatingRunInProgress, {
  name: 'RatingRunInProgressError',
  description: 'Another rating run is correcting events of the same tenants and time. Nothing was started.',
  interfaces: [ErrorInterface],
  fields: t => ({ runId: t.id({ description: 'The run that is in progress.', resolve: ({ runId }) => RatingRunId.encode(runId) }) }),
})

builder.objectType(RatingRunEnded, {
  name: 'RatingRunEndedError',
  description: 'The rating run has come to its end: there is nothing to resume or cancel.',
  interfaces: [ErrorInterface],
  fields: t => ({ runId: t.id({ description: 'The run.', resolve: ({ runId }) => RatingRunId.encode(runId) }) }),
})
