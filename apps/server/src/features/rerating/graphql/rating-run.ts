import { Forbidden } from '@tollgate/kernel'
import type { RatingRun, RatingRunState } from '@tollgate/usage'
import { requireScope } from '../../../graphql/authorize.ts'
import { builder } from '../../../graphql/builder.ts'
import { MEASURE_COMPLEXITY } from '../../../graphql/limits/limits.ts'
import { RatingChangesRef } from './rating-changes.ts'
import { RatingSelectionRef } from './rating-selection.ts'

const RatingRunStateRef = builder.enumType('RatingRunState', {
  description: 'Where a rating run is.',
  values: {
    RUNNING: { value: 'running', description: 'It is correcting. Where `advancedAt` is long ago, its process is gone: resume it.' },
    COMPLETED: { value: 'completed', description: 'It has gone through every event.' },
    INTERRUPTED: { value: 'interrupted', description: 'Its server was stopped. It can be resumed.' },
    FAILED: { value: 'failed', description: 'Something failed: see `failure`. It can be resumed.' },
    CANCELLED: { value: 'cancelled', description: 'It was given up. What it corrected stands.' },
  } as const satisfies Record<Uppercase<RatingRunState>, { value: RatingRunState; description: string }>,
})

/** A correction of past ratings. For operators. */
export const RatingRunRef = builder.objectRef<RatingRun>('RatingRun')

builder.node(RatingRunRef, {
  id: { resolve: ({ id }) => id },
  loadOne: (id, { viewer, tollgate }) => {
    requireScope(viewer, 'prices:read')
    if (viewer.kind !== 'operator') throw new Forbidden("This needs an operator key; yours is a tenant's.")
    return tollgate.rerating.run(id)
  },
  description: 'A correction of what past events cost, after prices were corrected: who asked for it, why, and how far it is.',
  fields: t => ({
    requestedBy: t.exposeString('requestedBy', { description: 'Who asked for it.' }),
    reason: t.exposeString('reason', { description: 'Why.' }),
    selection: t.expose('selection', { type: RatingSelectionRef, description: 'Which events it is about.' }),
    state: t.expose('state', { type: RatingRunStateRef, description: 'Where it is.' }),
    startedAt: t.expose('startedAt', { type: 'DateTime', description: 'When it was started.' }),
    advancedAt: t.expose('advancedAt', { type: 'DateTime', description: 'When it last wrote something.' }),
    finishedAt: t.expose('finishedAt', { type: 'DateTime', nullable: true, description: 'When it ended or stopped; null while it runs.' }),
    failure: t.exposeString('failure', { nullable: true, description: 'What stopped it, where it failed.' }),
    eventsTotal: t.expose('eventsTotal', { type: 'SafeInt', description: 'Events that were selected when it was started.' }),
    eventsRead: t.expose('eventsRead', { type: 'SafeInt', description: 'Events that it has gone through.' }),
    changes: t.field({
      type: RatingChangesRef,
      complexity: MEASURE_COMPLEXITY,
      description: 'What it has corrected so far.',
      resolve: ({ id }, _args, { tollgate }) => tollgate.rerating.changes(id),
    }),
  }),
})
