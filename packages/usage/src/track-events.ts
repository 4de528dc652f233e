import { InvalidInput } from '@tollgate/kernel'
import { checkEvent, type EventReceipt } from './engine/check-event.ts'
import type { GroupCommit } from './group-commit.ts'
import type { Committed } from './model/committed.ts'
import { MAX_BATCH_EVENTS } from './model/event-limits.ts'
import type { CheckedEvent, UsageEventDraft } from './model/event.ts'
import type { NewRejectedEvent } from './model/rejected-event.ts'
import { toRejectedEvent, toRejection } from './reject-draft.ts'
import type { RejectedEventStore } from './rejected-event-store.ts'
import type { UsageObserver } from './usage-observer.ts'
import type { TrackedEvent } from './model/tracked-event.ts'

/** What tracking needs. */
export interface TrackDependencies {
  readonly group: GroupCommit
  readonly rejected: RejectedEventStore
  readonly onRejectedEventsLost: (error: unknown, lost: readonly NewRejectedEvent[]) => void
  readonly observer: Partial<UsageObserver>
}

/**
 * Records the valid events of a batch and stores the invalid ones as rejected: an invalid event never holds up a valid
 * one. Rejected events are stored after the valid ones are durable, so that a call that fails stores nothing.
 */
export async function trackEvents(
  { group, rejected, onRejectedEventsLost, observer }: TrackDependencies,
  { events: drafts, caller }: { readonly events: readonly UsageEventDraft[]; readonly caller: string | null },
  receipt: EventReceipt,
): Promise<TrackedEvent[]> {
  if (drafts.length < 1 || drafts.length > MAX_BATCH_EVENTS) {
    const message = `must be 1 to ${MAX_BATCH_EVENTS.toLocaleString('en')} events, not ${drafts.length.toLocaleString('en')}`
    throw new InvalidInput([{ path: 'events', message }])
  }
  const events: CheckedEvent[] = []
  const entries: NewRejectedEvent[] = []
  const results = drafts.map((draft): ((committed: readonly Committed[]) => TrackedEvent) => {
    const { event, issues } = checkEvent(draft, receipt)
    if (event === undefined) {
      const entry = toRejectedEvent(draft, issues, receipt)
      entries.push(entry)
      return () => toRejection(draft, issues, entry)
    }
    const position = events.push(event) - 1
    return committed => trackedEvent(event, committed[position])
  })

  const committed = await group.commit(events, { tenantId: receipt.tenantId, caller, rejected: entries.length })
  // The client gets every rejection in its results. A failure to store them must not hide that the others were recorded.
  if (entries.length > 0) {
    const { discarded } = await rejected.add(entries).catch((error: unknown) => {
      onRejectedEventsLost(error, entries)
      return { discarded: 0 }
    })
    if (discarded > 0) observer.rejectedEventsDiscarded?.(discarded)
  }
  const tracked = results.map(result => result(committed))
  observer.usageTracked?.(tracked)
  return tracked
}

/** Makes the client's result of an event that was passed to the store. */
export function trackedEvent({ idempotencyKey }: CheckedEvent, committed: Committed | undefined): TrackedEvent {
  if (committed === undefined) throw new Error('The store returned fewer outcomes than it was given events.')
  const { outcome, eventId } = committed
  return { outcome, idempotencyKey, eventId, reason: REASONS[outcome] }
}

const REASONS = {
  accepted: null,
  duplicate: 'This event was recorded before, with the same idempotency key.',
  conflict: 'The idempotency key was used before for an event with different content or a different time. Nothing was recorded.',
} as const satisfies Record<Committed['outcome'], string | null>
