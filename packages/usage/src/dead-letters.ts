import { describeIssues, type Issue } from '@tollgate/kernel'
import { checkText } from './check-fields.ts'
import type { EventReceipt } from './check-event.ts'
import type { UsageEventDraft } from './event.ts'
import { EVENT_LIMITS } from './event-limits.ts'
import type { NewRejectedEvent } from './rejected-event-store.ts'
import { rejectedPayload } from './rejected-payload.ts'
import type { TrackedEvent } from './usage.ts'

/** A refused draft as it goes on the dead-letter list. */
export function rejectedEvent(draft: UsageEventDraft, issues: readonly Issue[], { tenantId, ids, now }: EventReceipt): NewRejectedEvent {
  return {
    id: ids.uuidV7(now.epochMilliseconds),
    tenantId,
    idempotencyKey: usableKey(draft),
    reason: describeIssues(issues),
    payload: rejectedPayload(draft),
    rejectedAt: now,
  }
}

/** What the client is told of it. The key is the one that was sent, whatever it is; without one, the entry's id. */
export function refusal(draft: UsageEventDraft, issues: readonly Issue[], { id }: Pick<NewRejectedEvent, 'id'>): TrackedEvent {
  const sent: unknown = draft?.idempotencyKey
  return { outcome: 'rejected', idempotencyKey: typeof sent === 'string' ? sent : id, issues, reason: describeIssues(issues) }
}

function usableKey(draft: UsageEventDraft): string | null {
  return checkText(draft?.idempotencyKey, EVENT_LIMITS.idempotencyKeyLength, { path: '', issues: [] })
}
