import type { Decimal, Temporal } from '@tollgate/kernel'
import type { AlertRuleRef } from './alert-rule.ts'

/** State of an alert, and type of the event that put it into that state. */
export type AlertState = 'RAISED' | 'RECOVERED'

/** A problem from the time it was raised until it recovered. A rule has at most one raised alert for each tenant at any time. */
export interface Alert extends AlertRuleRef {
  readonly id: string
  /** Null for an alert about the whole installation, which only operators see. */
  readonly tenantId: string | null
  readonly raisedAt: Temporal.Instant
  /** Null while the alert is raised. */
  readonly recoveredAt: Temporal.Instant | null
  /** Value of the last evaluation that had data. */
  readonly value: Decimal
  /** Threshold that applied when the alert was raised. */
  readonly threshold: Decimal
  /** Why the alert was raised, in one sentence. */
  readonly message: string
  /** What the value consisted of when the alert was raised. JSON; decimals and instants are strings. */
  readonly details: AlertDetails
}

/** What a value consists of. The fields depend on the kind. */
export type AlertDetails = Readonly<Record<string, unknown>>

/** An alert was raised, or recovered. Events are never changed. */
export interface AlertEvent extends AlertRuleRef {
  /** A whole number, as text. Cursors grow in the order in which events become visible: no event appears at or before a cursor that was already visible. */
  readonly cursor: string
  readonly alertId: string
  readonly type: AlertState
  readonly tenantId: string | null
  /** Instant of the evaluation. */
  readonly occurredAt: Temporal.Instant
  /** Null when the window had no data, or the rule was disabled. */
  readonly value: Decimal | null
  readonly threshold: Decimal
  readonly message: string
  readonly details: AlertDetails
}

/** An event before it is stored and gets its cursor. */
export type NewAlertEvent = Omit<AlertEvent, 'cursor'>
