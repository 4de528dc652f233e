import type { Temporal } from '@tollgate/kernel'
import type { Alert, NewAlertEvent } from '../model/alert.ts'
import type { AlertRuleRef } from '../model/alert-rule.ts'
import { describeDisabledRule } from '../model/describe-alert.ts'

/** Returns the recovery of a raised alert whose rule was disabled. */
export function disabledRuleEvent(
  { kind, scope }: AlertRuleRef,
  { id, tenantId, threshold }: Pick<Alert, 'id' | 'tenantId' | 'threshold'>,
  at: Temporal.Instant,
): NewAlertEvent {
  const message = describeDisabledRule(tenantId)
  return { alertId: id, type: 'RECOVERED', kind, scope, tenantId, occurredAt: at, value: null, threshold, message, details: {} }
}
