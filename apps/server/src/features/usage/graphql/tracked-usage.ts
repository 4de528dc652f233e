import type { TrackedEvent, UsageEventDraft } from '@tollgate/usage'
import { ReservationId } from '../../quotas/ids.ts'
import { builder } from '../../../graphql/builder.ts'
import { InputIssueRef } from '../../../graphql/errors/error-interface.ts'
import { ReservationRef } from '../../quotas/graphql/reservations/reservation.ts'
import { TrackOutcomeRef } from './usage-enums.ts'
import { UsageEventRef } from './usage-event.ts'

/** What became of events, with the reservations that they named. Mostly there are none, and a batch is handed on as it is. */
export function withReservations(
  tracked: readonly TrackedEvent[],
  drafts: readonly UsageEventDraft[],
): readonly (TrackedEvent & { readonly reservationId?: string })[] {
  if (drafts.every(({ reservationId }) => reservationId === undefined || reservationId === null)) return tracked
  return tracked.map((one, i) => {
    const named = drafts[i]?.reservationId
    return typeof named === 'string' ? { ...one, reservationId: named } : one
  })
}

/**
 * What became of one event. A batch has a thousand of these, so its plain fields are plain properties; the event is
 * loaded, with all others of the batch at once, only where it is asked for.
 */
export const TrackedUsageRef = builder.objectRef<TrackedEvent & { readonly reservationId?: string }>('TrackedUsage').implement({
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
    reservation: t.field({
      type: ReservationRef,
      nullable: true,
      description:
        'The reservation that it named, as it is now: SETTLED where it, or the same event before, or another, took its place; RELEASED where it had been given back, and the usage was counted all the same. Null where it named none, or there is none with this id; then too the usage was counted.',
      resolve: ({ outcome, reservationId }) =>
        outcome === 'rejected' || reservationId === undefined ? null : (ReservationId.tryDecode(reservationId) ?? null),
    }),
    issues: t.field({
      type: [InputIssueRef],
      complexity: { field: 1, multiplier: 1 },
      description: 'What is wrong with it, field by field; empty where it was not rejected.',
      resolve: tracked => (tracked.outcome === 'rejected' ? [...tracked.issues] : []),
    }),
  }),
})
