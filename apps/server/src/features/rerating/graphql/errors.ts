import { RatingRunEnded, RatingRunInProgress } from '@tollgate/usage'
import { builder } from '../../../graphql/builder.ts'
import { ErrorInterface } from '../../../graphql/errors/error-interface.ts'
import { RatingRunId } from '../ids.ts'

builder.objectType(RatingRunInProgress, {
  name: 'RatingRunInProgressError',
  description: 'Another rating run is correcting events of the same tenants and time range. No run was started.',
  interfaces: [ErrorInterface],
  fields: t => ({ runId: t.id({ description: 'The run in progress.', resolve: ({ runId }) => RatingRunId.encode(runId) }) }),
})

builder.objectType(RatingRunEnded, {
  name: 'RatingRunEndedError',
  description: 'The rating run has ended and can be neither resumed nor cancelled.',
  interfaces: [ErrorInterface],
  fields: t => ({ runId: t.id({ description: 'The ended run.', resolve: ({ runId }) => RatingRunId.encode(runId) }) }),
})
