import type { TimeOfDay, TimeOfDayDraft } from '@tollgate/pricing'
import { builder } from '../../../graphql/builder.ts'

const DESCRIPTION = 'A half-open part of the day in UTC. May cross midnight.'

/** A part of the day, as output. */
export const TimeOfDayRef = builder.objectRef<TimeOfDay>('TimeOfDay').implement({
  description: DESCRIPTION,
  fields: t => ({
    from: t.exposeString('from', { description: 'Start, inclusive, such as "16:30:00".' }),
    to: t.exposeString('to', { description: 'End, exclusive. "24:00:00" for the end of the day.' }),
    weekdays: t.intList({
      nullable: true,
      description: 'Days on which it starts, 1 (Monday) to 7 (Sunday). Null for every day.',
      resolve: ({ weekdays }) => weekdays && [...weekdays],
    }),
  }),
})

/** A part of the day, as input. */
export const TimeOfDayInputRef = builder.inputRef<TimeOfDayDraft>('TimeOfDayInput').implement({
  description: DESCRIPTION,
  fields: t => ({
    from: t.string({ required: true, description: 'Start, inclusive, such as "16:30".' }),
    to: t.string({ required: true, description: 'End, exclusive. "24:00" for the end of the day.' }),
    weekdays: t.intList({ description: 'Days on which it starts, 1 (Monday) to 7 (Sunday). Defaults to every day.' }),
  }),
})
