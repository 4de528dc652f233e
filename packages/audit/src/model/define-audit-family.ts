import type { AuditEventDraft } from './audit-event.ts'

/** What the helper of an action returns: an event without family and action. */
export type ActionContent = Omit<AuditEventDraft, 'family' | 'action'>

/** The helpers of a family, by action. */
export type AuditActions = Readonly<Record<string, (...args: never[]) => ActionContent>>

/** An event for the log of a tenant, or of the installation (null). */
export interface AuditEntryDraft {
  readonly tenantId: string | null
  readonly event: AuditEventDraft
}

/** A family: for each action, a function that makes its event for a tenant (null: the installation). */
export type AuditFamily<Actions extends AuditActions> = {
  readonly [Action in keyof Actions]: (tenantId: string | null, ...args: Parameters<Actions[Action]>) => AuditEntryDraft
}

/**
 * Defines a family of events with typed helpers:
 * `defineAuditFamily('door', { opened: (doorId: string) => ({ resource: { type: 'door', id: doorId } }) })`.
 */
export function defineAuditFamily<const Actions extends AuditActions>(family: string, actions: Actions): AuditFamily<Actions> {
  return Object.fromEntries(
    Object.entries(actions).map(([action, content]) => [
      action,
      (tenantId: string | null, ...args: never[]): AuditEntryDraft => ({ tenantId, event: { ...content(...args), family, action } }),
    ]),
  ) as unknown as AuditFamily<Actions>
}
