import {
  alertAudit,
  billingAudit,
  creditAudit,
  keyAudit,
  pricingAudit,
  quotaAudit,
  securityAudit,
  tenantAudit,
  trialAudit,
  usageAudit,
  webhookAudit,
} from '@tollgate/audit'

/** Families of the events that mutations and commands record. */
export const AUDITED_FAMILIES = {
  alert: alertAudit,
  billing: billingAudit,
  credit: creditAudit,
  key: keyAudit,
  pricing: pricingAudit,
  quota: quotaAudit,
  security: securityAudit,
  tenant: tenantAudit,
  trial: trialAudit,
  usage: usageAudit,
  webhook: webhookAudit,
} as const

type Families = typeof AUDITED_FAMILIES

/** A family and one of its actions: "key.created". */
export type AuditedAction = { readonly [Family in keyof Families]: `${Family}.${keyof Families[Family] & string}` }[keyof Families]

/**
 * How a mutation is audited:
 * - by the actions of the events that its stores record in its transaction. The first one also names attempts that failed or
 *   were denied;
 * - `counted`: its calls are counted for each key and minute, because they are too many for an event each;
 * - `records itself`: it only writes to the audit log.
 */
export type MutationAudit = AuditedAction | readonly [AuditedAction, ...AuditedAction[]] | 'counted' | 'records itself'

/** Returns the actions of a mutation; empty if it is counted or records itself. */
export function actionsOf(audit: MutationAudit): readonly AuditedAction[] {
  if (typeof audit !== 'string') return audit
  return audit === 'counted' || audit === 'records itself' ? [] : [audit]
}
