import { describeIssues, InvalidInput, type Issue, type Transaction } from '@tollgate/kernel'
import type { AuditStore } from './audit-store.ts'
import { type AuditReceipt, checkAuditEvent } from './engine/check-audit-event.ts'
import type { AuditEventDraft, CheckedAuditEvent } from './model/audit-event.ts'
import { MAX_BATCH_AUDIT_EVENTS } from './model/audit-limits.ts'
import type { AuditEntryDraft } from './model/define-audit-family.ts'
import type { AppendedEvent, RecordedAuditEvent } from './model/recorded-audit-event.ts'

/** Appends the valid events of a batch. An invalid event never holds up a valid one. */
export async function recordEvents(
  drafts: readonly AuditEventDraft[],
  receipt: AuditReceipt,
  append: (events: readonly CheckedAuditEvent[]) => Promise<readonly AppendedEvent[]>,
): Promise<RecordedAuditEvent[]> {
  if (drafts.length < 1 || drafts.length > MAX_BATCH_AUDIT_EVENTS) {
    const message = `must be 1 to ${MAX_BATCH_AUDIT_EVENTS.toLocaleString('en')} events, not ${drafts.length.toLocaleString('en')}`
    throw new InvalidInput([{ path: 'events', message }])
  }
  const checked = drafts.map(draft => checkAuditEvent(draft, receipt))
  const events = checked.flatMap(({ event }) => event ?? [])
  const appended = events.length === 0 ? [] : await append(events)
  let position = 0
  return checked.map(({ event, issues }, i) => {
    if (event === undefined) return rejection(drafts[i], issues)
    return recorded(event, appended[position++])
  })
}

/** Appends events of any logs in a transaction. Throws `InvalidInput` if one is invalid: then the transaction must fail. */
export async function recordEventsIn(
  transaction: Transaction,
  drafts: readonly AuditEntryDraft[],
  { store, receipt }: { store: AuditStore; receipt: AuditReceipt },
): Promise<RecordedAuditEvent[]> {
  const checked = drafts.map(({ tenantId, event: draft }, i) => {
    const { event, issues } = checkAuditEvent(draft, receipt)
    if (event === undefined) throw new InvalidInput(issues.map(({ path, message }) => ({ path: `events.${i}.${path}`, message })))
    return { tenantId, event }
  })
  const results = new Map<CheckedAuditEvent, RecordedAuditEvent>()
  // Logs are locked in one order, so that transactions that write to several cannot deadlock.
  const logs = [...Map.groupBy(checked, ({ tenantId }) => tenantId)].sort(([a], [b]) => ((a ?? '') < (b ?? '') ? -1 : 1))
  for (const [tenantId, ofLog] of logs) {
    const events = ofLog.map(({ event }) => event)
    const appended = await store.appendIn(transaction, { tenantId, events, now: receipt.now })
    for (const [i, event] of events.entries()) results.set(event, recorded(event, appended[i]))
  }
  return checked.flatMap(({ event }) => results.get(event) ?? [])
}

function recorded({ idempotencyKey }: CheckedAuditEvent, appended: AppendedEvent | undefined): RecordedAuditEvent {
  if (appended === undefined) throw new Error('The store returned fewer outcomes than it was given events.')
  return { outcome: appended.outcome, idempotencyKey, sequence: appended.sequence, reason: REASONS[appended.outcome] }
}

function rejection(draft: AuditEventDraft | undefined, issues: readonly Issue[]): RecordedAuditEvent {
  const key: unknown = draft?.idempotencyKey
  return { outcome: 'rejected', idempotencyKey: typeof key === 'string' ? key : null, issues, reason: describeIssues(issues) }
}

const REASONS = {
  accepted: null,
  duplicate: 'This event was recorded before, with the same idempotency key.',
  conflict: 'The idempotency key was used before for an event with different content or a different time. Nothing was recorded.',
} as const satisfies Record<AppendedEvent['outcome'], string | null>
