import { describeIssues, type IdSource, InvalidInput, type Issue, type Scope, type Temporal } from '@tollgate/kernel'
import { checkEvent, type EventReceipt } from './engine/check-event.ts'
import { rewriteDraft, type RewriteMetadata } from './engine/rewrite-draft.ts'
import { draftFromPayload } from './engine/rejected-payload.ts'
import type { UsageEventDraft } from './model/event.ts'
import type { NewRejectedEvent, RejectedEvent } from './model/rejected-event.ts'
import { toRejection } from './reject-draft.ts'
import { type TrackDependencies, trackedEvent } from './track-events.ts'
import type { TrackedEvent } from './model/tracked-event.ts'

/** A rejected event to send again. */
export interface Resend {
  readonly scope: Scope
  readonly id: string
  /** Replaces the event that was sent first. */
  readonly event?: UsageEventDraft | undefined
}

/**
 * Sends a rejected event again. If it has no key, the event gets the id of the entry as its key: sent twice at
 * the same time, or again after a crash, it is recorded once. If it has no time, it gets the time when it was
 * first received. Returns undefined if the scope does not include the entry.
 */
export async function resendRejected(
  { group, rejected, rewriteMetadata }: Pick<TrackDependencies, 'group' | 'rejected'> & { readonly rewriteMetadata: RewriteMetadata },
  { scope, id, event: replacement }: Resend,
  { ids, now }: { readonly ids: IdSource; readonly now: (tenantId: string) => Temporal.Instant },
): Promise<TrackedEvent | undefined> {
  const entry = await rejected.byId(scope, id)
  if (entry === undefined) return undefined
  if (entry.resolvedAt !== null) throw new InvalidInput([{ path: 'id', message: `was sent again and accepted at ${entry.resolvedAt.toString()}` }])

  const receipt = { ids, now: now(entry.tenantId) }
  const sent = draftToSend(entry, replacement)
  const rewrite = rewriteMetadata(entry.tenantId)
  const draft = rewrite === undefined ? sent : rewriteDraft(sent, rewrite)
  const { event, issues } = checkEvent(draft, { ...receipt, tenantId: entry.tenantId, receivedAt: entry.rejectedAt })
  if (event === undefined) {
    // The entry stands for what the client sent, so an invalid replacement does not count as another attempt.
    if (replacement === undefined) await rejected.add([rejectedAgain(entry, issues, receipt)])
    return toRejection(draft, issues, entry)
  }
  const [committed] = await group.commit([event])
  const result = trackedEvent(event, committed)
  if (result.outcome !== 'conflict') await rejected.resolve(scope, id, event.recordedAt)
  return result
}

/** Has the fingerprint of the entry, so that the entry counts it; and a new id, in case the entry has been resolved. */
function rejectedAgain(
  { tenantId, idempotencyKey, payload }: RejectedEvent,
  issues: readonly Issue[],
  { ids, now }: Pick<EventReceipt, 'ids' | 'now'>,
): NewRejectedEvent {
  return { id: ids.uuidV7(now.epochMilliseconds), tenantId, idempotencyKey, payload, reason: describeIssues(issues), rejectedAt: now }
}

function draftToSend(entry: RejectedEvent, replacement: UsageEventDraft | undefined): UsageEventDraft {
  if (replacement === undefined && entry.payload === null) {
    throw new InvalidInput([{ path: 'event', message: 'is required, because the rejected event was too large to store' }])
  }
  const draft = replacement ?? draftFromPayload(entry.payload)
  if (typeof draft !== 'object' || draft === null) return draft
  return { ...draft, idempotencyKey: draft.idempotencyKey ?? entry.idempotencyKey ?? entry.id }
}
