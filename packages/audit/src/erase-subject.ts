import { InvalidInput } from '@tollgate/kernel'
import type { AuditStore } from './audit-store.ts'
import { type AuditReceipt, checkAuditEvent } from './engine/check-audit-event.ts'
import type { AuditEventDraft } from './model/audit-event.ts'
import { securityAudit } from './model/families/platform-families.ts'

/** The person whose personal data to erase from one log. */
export interface EraseRequest extends Pick<AuditEventDraft, 'actor' | 'requestId'> {
  readonly tenantId: string | null
  readonly subjectId: string
}

/** What was erased. */
export interface ErasedSubject {
  /** Whether the log had personal data of the subject that could be read. */
  readonly erased: boolean
  /** Sequence of the event that records the erasure. */
  readonly sequence: number
}

/** Destroys the key of a subject, and records that. Throws `InvalidInput` for an invalid id. */
export async function eraseSubject(
  { store, receipt }: { store: AuditStore; receipt: AuditReceipt },
  { tenantId, subjectId, ...context }: EraseRequest,
): Promise<ErasedSubject> {
  const draft = securityAudit.personalDataErased(tenantId, subjectId).event
  const { event, issues } = checkAuditEvent({ ...context, ...draft }, receipt)
  if (event === undefined) throw new InvalidInput(issues.map(({ message }) => ({ path: 'subjectId', message })))
  const { keys, appended } = await store.eraseSubject({ tenantId, subjectId, event, now: receipt.now })
  return { erased: keys > 0, sequence: appended.sequence }
}
