import { describeIssues, type Issue } from '@tollgate/kernel'
import type { EventReceipt } from './engine/check-event.ts'
import { readText } from './engine/read-fields.ts'
import { rejectedPayload } from './engine/rejected-payload.ts'
import { EVENT_LIMITS } from './model/event-limits.ts'
import type { UsageEventDraft } from './model/event.ts'
import type { NewRejectedEvent } from './model/rejected-event.ts'
import type { TrackedEvent } from './model/tracked-event.ts'

/** Makes the entry that is stored of an invalid draft. */
export function toRejectedEvent(draft: UsageEventDraft, issues: readonly Issue[], { tenantId, ids, now }: EventReceipt): NewRejectedEvent {
  return {
    id: ids.uuidV7(now.epochMilliseconds),
    tenantId,
    idempotencyKey: validKey(draft),
    reason: describeIssues(issues),
    payload: rejectedPayload(draft),
    rejectedAt: now,
  }
}

/** Makes the client's result of an invalid draft. The key is the one that was sent, even if invalid, or else the id of the entry. */
export function toRejection(draft: UsageEventDraft, issues: readonly Issue[], { id }: Pick<NewRejectedEvent, 'id'>): TrackedEvent {
  const sent: unknown = draft?.idempotencyKey
  return { outcome: 'rejected', idempotencyKey: typeof sent === 'string' ? sent : id, issues, reason: describeIssues(issues) }
}

function validKey(draft: UsageEventDraft): string | null {
  return readText(draft?.idempotencyKey, EVENT_LIMITS.idempotencyKeyLength, { path: '', issues: [] })
}
