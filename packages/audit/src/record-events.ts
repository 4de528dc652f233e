import { describeIssues, InvalidInput, type Issue, type Transaction } from '@tollgate/kernel'
import { inputShape, shapeIssues } from '@tollgate/kernel/input'
import type { AuditStore } from './audit-store.ts'
import { type AuditReceipt, checkAuditEvent } from './engine/check-audit-event.ts'
import type { AuditEventDraft, CheckedAuditEvent } from './model/audit-event.ts'
import { MAX_BATCH_AUDIT_EVENTS } from './model/audit-limits.ts'
import type { AuditEntryDraft } from './model/define-audit-family.ts'
import type { SamplingRule } from './model/sampling-rule.ts'
import type { AppendedEvent, RecordedAuditEvent } from './model/recorded-audit-event.ts'

/** How the events of a batch are recorded. */
export interface Recording {
  readonly append: (events: readonly CheckedAuditEvent[]) => Promise<readonly AppendedEvent[]>
  /** Returns the rule by which an event is only counted. */
  readonly countingRule: (event: CheckedAuditEvent) => SamplingRule | undefined
  readonly count: (events: readonly CheckedAuditEvent[]) => Promise<void>
}

/** Appends the valid events of a batch, or counts those that are sampled. An invalid event never holds up a valid one. */
export async function recordEvents(
  drafts: readonly AuditEventDraft[],
  receipt: AuditReceipt,
  { append, countingRule, count }: Recording,
): Promise<RecordedAuditEvent[]> {
  if (drafts.length < 1 || drafts.length > MAX_BATCH_AUDIT_EVENTS) {
    const message = `must be 1 to ${MAX_BATCH_AUDIT_EVENTS.toLocaleString('en')} events, not ${drafts.length.toLocaleString('en')}`
    throw new InvalidInput([{ path: 'events', message }])
  }
  const checked = drafts.map(draft => checkAuditEvent(draft, receipt))
  const counted = new Map<CheckedAuditEvent, SamplingRule>()
  const events = checked.flatMap(({ event }) => {
    const rule = event && countingRule(event)
    if (event !== undefined && rule !== undefined) counted.set(event, rule)
    return event === undefined || rule !== undefined ? [] : [event]
  })
  const appended = events.length === 0 ? [] : await append(events)
  if (counted.size > 0) await count([...counted.keys()])
  let position = 0
  return checked.map(({ event, issues }, i) => {
    if (event === undefined) return rejection(drafts[i], issues)
    const rule = counted.get(event)
    return rule === undefined ? recorded(event, appended[position++]) : onlyCounted(event, rule)
  })
}

const ENTRY = inputShape<AuditEntryDraft>({ tenantId: 'text|null', event: 'object' })

/** Appends events of any logs in a transaction. Throws `InvalidInput` if one is invalid: then the transaction must fail. */
export async function recordEventsIn(
  transaction: Transaction,
  drafts: readonly AuditEntryDraft[],
  { store, receipt }: { store: AuditStore; receipt: AuditReceipt },
): Promise<RecordedAuditEvent[]> {
  const checked = drafts.map((draft, i) => {
    const malformed = shapeIssues(ENTRY, draft, `events.${i}`)
    if (malformed !== undefined) throw new InvalidInput(malformed)
    const { event, issues } = checkAuditEvent(draft.event, receipt)
    if (event === undefined) throw new InvalidInput(issues.map(({ path, message }) => ({ path: `events.${i}.${path}`, message })))
    return { tenantId: draft.tenantId, event }
  })
  const results = new Map<CheckedAuditEvent, RecordedAuditEvent>()
  // Logs are locked in one order, so that transactions that write to several cannot deadlock.
  const logs = [...Map.groupBy(checked, ({ tenantId }) => tenantId)].sort(([a], [b]) => ((a ?? '') < (b ?? '') ? -1 : 1))
  const appends = logs.map(([tenantId, ofLog]) => ({ tenantId, events: ofLog.map(({ event }) => event), now: receipt.now }))
  const appended = await store.appendToLogs(transaction, appends)
  for (const [log, { events }] of appends.entries()) for (const [i, event] of events.entries()) results.set(event, recorded(event, appended[log]?.[i]))
  return checked.flatMap(({ event }) => results.get(event) ?? [])
}

function recorded({ idempotencyKey }: CheckedAuditEvent, appended: AppendedEvent | undefined): RecordedAuditEvent {
  if (appended === undefined) throw new Error('The store returned fewer outcomes than it was given events.')
  return { outcome: appended.outcome, idempotencyKey, sequence: appended.sequence, reason: REASONS[appended.outcome] }
}

function onlyCounted({ idempotencyKey }: CheckedAuditEvent, { family, keepOneIn }: SamplingRule): RecordedAuditEvent {
  const kept = keepOneIn === 0 ? 'No event' : `One in ${keepOneIn} events`
  const reason = `${kept} of the family "${family}" is recorded by itself. This one is counted in the event of its type and minute.`
  return { outcome: 'counted', idempotencyKey, reason }
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
