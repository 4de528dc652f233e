import type { CostCorrection } from '@tollgate/usage'
import { builder } from '../../../graphql/builder.ts'
import { RatingRunId } from '../ids.ts'
import { correctionsOf } from '../../usage/graphql/effective-rating.ts'
import { UsageEventRef } from '../../usage/graphql/usage-event.ts'
import { EventRatingRef } from './event-rating.ts'

const CostCorrectionRef = builder.objectRef<CostCorrection>('CostCorrection').implement({
  description: 'A correction of what an event cost. It belongs to the time of the event, not to the day on which it was made.',
  fields: t => ({
    runId: t.id({
      description: 'The rating run that made it, which says who asked for it and why; for operators.',
      resolve: ({ runId }) => RatingRunId.encode(runId),
    }),
    correctedAt: t.expose('correctedAt', { type: 'DateTime', description: 'When it was made.' }),
    from: t.expose('from', { type: EventRatingRef, description: 'What the event was taken to cost until then.' }),
    to: t.expose('to', { type: EventRatingRef, description: 'What it has been taken to cost since.' }),
  }),
})

builder.objectField(UsageEventRef, 'corrections', t =>
  t.field({
    type: [CostCorrectionRef],
    complexity: { field: 1, multiplier: 3 },
    description: 'Every correction of its cost, oldest first; the last one counts. Empty where the cost is as it was recorded.',
    resolve: async (event, _args, context) => [...(await correctionsOf(event, context))],
  }),
)
