import type { TrackedEvent } from '@tollgate/usage'
import { builder } from '../../builder.ts'
import { InputIssueRef } from '../../errors/error-interface.ts'
import { TrackOutcomeRef } from './usage-enums.ts'
import { UsageEventRef } from './usage-event.ts'

/**
 * What became of one event. A batch has a thousand of these, so its plain fields are plain properties; the event is
 * loaded, with all others of the batch at once, only where it is asked for.
 */
export const TrackedUsageRef = builder.objectRef<TrackedEvent>('TrackedUsage').implement({
  description: 'What became of one event.',
  fields: t => ({
    outcome: t.expose('outcome', { type: TrackOutcomeRef, description: 'Recorded, recorded before, or refused.' }),
    idempotencyKey: t.exposeString('idempotencyKey', { description: 'The key that was sent, or that the server made.' }),
    event: t.field({
      type: UsageEventRef,
      nullable: true,
      description: 'The event as it is recorded: for a duplicate or a conflict the first one, null where it was rejected.',
      resolve: tracked => (tracked.outcome === 'rejected' ? null : tracked.eventId),
    }),
    reason: t.exposeString('reason', { nullable: true, description: 'Why it was not recorded; null where it was.' }),
    issues: t.field({
      type: [InputIssueRef],
      complexity: { field: 1, multiplier: 1 },
      description: 'What is wrong with it, field by field; empty where it was not rejected.',
      resolve: tracked => (tracked.outcome === 'rejected' ? [...tracked.issues] : []),
    }),
  }),
})
