import type { TrackedEvent, UsageEventDraft } from '@tollgate/usage'
import { CreditDebitRef, debitOfEvent } from '../../credits/graphql/credit-debit.ts'
import { ReservationId } from '../../quotas/ids.ts'
import { builder } from '../../../graphql/builder.ts'
import { InputIssueRef } from '../../../graphql/errors/error-interface.ts'
import { ReservationRef } from '../../quotas/graphql/reservations/reservation.ts'
import { TrackOutcomeRef } from './usage-enums.ts'
import { UsageEventRef } from './usage-event.ts'

/** Adds the reservations that events named. Most batches have none and are returned unchanged. A draft that is not valid can be anything. */
export function withReservations(
  tracked: readonly TrackedEvent[],
  drafts: readonly (UsageEventDraft | null)[],
): readonly (TrackedEvent & { readonly reservationId?: string })[] {
  if (drafts.every(draft => draft?.reservationId === undefined || draft.reservationId === null)) return tracked
  return tracked.map((one, i) => {
    const named = drafts[i]?.reservationId
    return typeof named === 'string' ? { ...one, reservationId: named } : one
  })
}

/**
 * The result of one event. A batch has up to a thousand, so its fields are plain properties. Events are loaded together,
 * and only if they are selected.
 */
export const TrackedUsageRef = builder.objectRef<TrackedEvent & { readonly reservationId?: string }>('TrackedUsage').implement({
  description: 'The result of tracking one event.',
  fields: t => ({
    outcome: t.expose('outcome', { type: TrackOutcomeRef, description: 'Whether it was recorded.' }),
    idempotencyKey: t.exposeString('idempotencyKey', { description: 'The key that was sent, or that the server generated.' }),
    event: t.field({
      type: UsageEventRef,
      nullable: true,
      description: 'The recorded event. For a duplicate or a conflict, the first event with this key; null if it was rejected.',
      resolve: tracked => (tracked.outcome === 'rejected' ? null : tracked.eventId),
    }),
    reason: t.exposeString('reason', { nullable: true, description: 'Why it was not recorded; null if it was.' }),
    reservation: t.field({
      type: ReservationRef,
      nullable: true,
      description:
        'The reservation that the event named, in its current state: SETTLED if this or another event settled it, RELEASED if it was released before. Null if the event named none, or it does not exist. The usage counts in any case.',
      resolve: ({ outcome, reservationId }) =>
        outcome === 'rejected' || reservationId === undefined ? null : (ReservationId.tryDecode(reservationId) ?? null),
    }),
    credits: t.field({
      type: CreditDebitRef,
      nullable: true,
      description: 'What the event was debited; null if its operation costs no credits, there is no wallet, or it was rejected.',
      resolve: (tracked, _args, context) => (tracked.outcome === 'rejected' || tracked.outcome === 'conflict' ? null : debitOfEvent(tracked.eventId, context)),
    }),
    issues: t.field({
      type: [InputIssueRef],
      complexity: { field: 1, multiplier: 1 },
      description: 'The issues of each field; empty if the event was not rejected.',
      resolve: tracked => (tracked.outcome === 'rejected' ? [...tracked.issues] : []),
    }),
  }),
})
