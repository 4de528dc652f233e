import { Forbidden } from '@tollgate/kernel'
import type { RatingRun, RatingRunState } from '@tollgate/usage'
import { requireScope } from '../../../graphql/authorize.ts'
import { builder } from '../../../graphql/builder.ts'
import { MEASURE_COMPLEXITY } from '../../../graphql/limits/limits.ts'
import { RatingChangesRef } from './rating-changes.ts'
import { RatingSelectionRef } from './rating-selection.ts'

const RatingRunStateRef = builder.enumType('RatingRunState', {
  description: 'State of a rating run.',
  values: {
    RUNNING: { value: 'running', description: 'The run is correcting events. If `updatedAt` is long ago, its process is gone: resume the run.' },
    COMPLETED: { value: 'completed', description: 'The run has rated every selected event.' },
    INTERRUPTED: { value: 'interrupted', description: 'The server stopped during the run. The run can be resumed.' },
    FAILED: { value: 'failed', description: 'The run stopped with an error; see `failure`. It can be resumed.' },
    CANCELLED: { value: 'cancelled', description: 'The run was cancelled. Corrections that it made before remain.' },
  } as const satisfies Record<Uppercase<RatingRunState>, { value: RatingRunState; description: string }>,
})

/** A run that corrects the cost of past events. Operators only. */
export const RatingRunRef = builder.objectRef<RatingRun>('RatingRun')

builder.node(RatingRunRef, {
  id: { resolve: ({ id }) => id },
  loadOne: (id, { viewer, tollgate }) => {
    requireScope(viewer, 'prices:read')
    if (viewer.kind !== 'operator') throw new Forbidden('This requires an operator key; yours is a tenant key.')
    return tollgate.rerating.run(id)
  },
  description: 'A run that corrects the cost of past events after a change of prices.',
  fields: t => ({
    requestedBy: t.exposeString('requestedBy', { description: 'Who requested the run: an API key, or a user of the command line.' }),
    reason: t.exposeString('reason', { description: 'Why the costs are corrected.' }),
    selection: t.expose('selection', { type: RatingSelectionRef, description: 'Events that the run covers.' }),
    state: t.expose('state', { type: RatingRunStateRef, description: 'State of the run.' }),
    startedAt: t.expose('startedAt', { type: 'DateTime', description: 'When the run was started.' }),
    updatedAt: t.expose('advancedAt', { type: 'DateTime', description: 'When the run last made progress.' }),
    finishedAt: t.expose('finishedAt', { type: 'DateTime', nullable: true, description: 'When the run ended or stopped. Null while it is running.' }),
    failure: t.exposeString('failure', { nullable: true, description: 'Error message, if the run failed.' }),
    eventsTotal: t.expose('eventsTotal', { type: 'SafeInt', description: 'Number of selected events when the run started.' }),
    eventsRead: t.expose('eventsRead', { type: 'SafeInt', description: 'Number of events rated so far.' }),
    changes: t.field({
      type: RatingChangesRef,
      complexity: MEASURE_COMPLEXITY,
      description: 'Corrections made so far.',
      resolve: ({ id }, _args, { tollgate }) => tollgate.rerating.changes(id),
    }),
  }),
})
