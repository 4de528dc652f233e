import { InvalidInput } from '@tollgate/kernel'
import type { Audit } from './audit.ts'
import type { AuditEventDraft } from './model/audit-event.ts'
import type { AuditActions, AuditEntryDraft, AuditFamily } from './model/define-audit-family.ts'
import type { RecordedAuditEvent } from './model/recorded-audit-event.ts'

/** Where events come from: fields for every event of a recording family. */
export type AuditContext = Pick<AuditEventDraft, 'actor' | 'requestId' | 'ipAddress' | 'userAgent'>

/** The helpers of a family, which record their events at once. */
export type RecordingFamily<Family> = {
  readonly [Action in keyof Family]: Family[Action] extends (tenantId: string | null, ...args: infer Args) => AuditEntryDraft
    ? (tenantId: string | null, ...args: Args) => Promise<RecordedAuditEvent>
    : never
}

/**
 * Returns the helpers of a family, which record their events: `await trial.created('acme', { … })`. Throws `InvalidInput`
 * for an invalid event.
 */
export function recordingFamily<Actions extends AuditActions>(
  audit: Pick<Audit, 'recordEvents'>,
  family: AuditFamily<Actions>,
  context: AuditContext = {},
): RecordingFamily<AuditFamily<Actions>> {
  const helpers = Object.entries(family) as [string, (tenantId: string | null, ...args: unknown[]) => AuditEntryDraft][]
  return Object.fromEntries(
    helpers.map(([action, draft]) => [
      action,
      async (...args: [string | null, ...unknown[]]): Promise<RecordedAuditEvent> => {
        const { tenantId, event } = draft(...args)
        const [result] = await audit.recordEvents({ tenantId, events: [{ ...context, ...event }] })
        if (result === undefined) throw new Error('The event has no result')
        if (result.outcome === 'rejected') throw new InvalidInput(result.issues)
        return result
      },
    ]),
  ) as RecordingFamily<AuditFamily<Actions>>
}
