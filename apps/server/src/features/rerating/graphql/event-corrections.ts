import type { CostCorrection } from '@tollgate/usage'
import { builder } from '../../../graphql/builder.ts'
import { RatingRunId } from '../ids.ts'
import { correctionsOf } from '../../usage/graphql/effective-rating.ts'
import { UsageEventRef } from '../../usage/graphql/usage-event.ts'
import { EventRatingRef } from './event-rating.ts'

const CostCorrectionRef = builder.objectRef<CostCorrection>('CostCorrection').implement({
  description: 'A correction of the cost of an event. It counts in the period of the event, not on the day of the correction.',
  fields: t => ({
    runId: t.id({
      description: 'Rating run that made the correction. Operators can look up who requested it and why.',
      resolve: ({ runId }) => RatingRunId.encode(runId),
    }),
    correctedAt: t.expose('correctedAt', { type: 'DateTime', description: 'When the correction was made.' }),
    from: t.expose('from', { type: EventRatingRef, description: 'Cost before the correction.' }),
    to: t.expose('to', { type: EventRatingRef, description: 'Cost after the correction.' }),
  }),
})

builder.objectField(UsageEventRef, 'corrections', t =>
  t.field({
    type: [CostCorrectionRef],
    complexity: { field: 1, multiplier: 3 },
    description: 'Corrections of the cost, oldest first. The last one applies. Empty if the cost was never corrected.',
    resolve: async (event, _args, context) => [...(await correctionsOf(event, context))],
  }),
)
