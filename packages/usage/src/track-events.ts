import { InvalidInput } from '@tollgate/kernel'
import { checkEvent, type EventReceipt } from './check-event.ts'
import { refusal, rejectedEvent } from './dead-letters.ts'
import type { CheckedEvent, UsageEventDraft } from './event.ts'
import { MAX_BATCH_EVENTS } from './event-limits.ts'
import type { GroupCommit } from './group-commit.ts'
import type { NewRejectedEvent, RejectedEventStore } from './rejected-event-store.ts'
import type { TrackedEvent } from './usage.ts'
import type { Committed } from './usage-store.ts'

/** What tracking works with. */
export interface TrackDependencies {
  readonly group: GroupCommit
  readonly rejected: RejectedEventStore
  readonly onRejectedLost: (error: unknown, lost: readonly NewRejectedEvent[]) => void
}

/**
 * Records what is right and keeps what is not for later, item by item: a bad event never holds up a good one. The bad
 * ones are kept after the good ones are durable, so that a call that was not taken at all leaves nothing.
 */
export async function trackEvents(
  { group, rejected, onRejectedLost }: TrackDependencies,
  drafts: readonly UsageEventDraft[],
  receipt: EventReceipt,
): Promise<TrackedEvent[]> {
  if (drafts.length < 1 || drafts.length > MAX_BATCH_EVENTS) {
    throw new InvalidInput([
      { path: 'events', message: `must be 1 to ${MAX_BATCH_EVENTS.toLocaleString('en')} events, not ${drafts.length.toLocaleString('en')}` },
    ])
  }
  const events: CheckedEvent[] = []
  const refused: NewRejectedEvent[] = []
  const answers = drafts.map((draft): ((committed: readonly Committed[]) => TrackedEvent) => {
    const { event, issues } = checkEvent(draft, receipt)
    if (event === undefined) {
      const entry = rejectedEvent(draft, issues, receipt)
      refused.push(entry)
      return () => refusal(draft, issues, entry)
    }
    const place = events.push(event) - 1
    return committed => trackedEvent(event, committed[place])
  })

  const committed = await group.commit(events)
  // The client is told of every refusal in its answer; that the list could not be written must not hide what was taken.
  if (refused.length > 0) await rejected.add(refused).catch((error: unknown) => onRejectedLost(error, refused))
  return answers.map(answer => answer(committed))
}

/** What a client is told of an event that was taken to the store. */
export function trackedEvent({ idempotencyKey }: CheckedEvent, committed: Committed | undefined): TrackedEvent {
  if (committed === undefined) throw new Error('The store gave fewer answers than it was given events.')
  const { outcome, eventId } = committed
  return { outcome, idempotencyKey, eventId, reason: REASONS[outcome] }
}

const REASONS = {
  accepted: null,
  duplicate: 'This event was recorded before, under the same idempotency key.',
  conflict: 'The idempotency key was used before, for an event with other content or another time. Nothing was recorded.',
} as const satisfies Record<Committed['outcome'], string | null>
