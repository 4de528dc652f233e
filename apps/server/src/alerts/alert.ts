import type { Decimal, Temporal } from '@tollgate/kernel'
import type { AlertRuleRef } from './alert-rule.ts'

/** Whether something is too much now, or was. */
export type AlertState = 'RAISED' | 'RECOVERED'

/** Something that was too much, from when to when. At any time at most one of a rule and tenant is raised. */
export interface Alert extends AlertRuleRef {
  readonly id: string
  /** Null: the whole installation, and an operator's alone to see. */
  readonly tenantId: string | null
  readonly raisedAt: Temporal.Instant
  /** Null as long as it is raised. */
  readonly recoveredAt: Temporal.Instant | null
  /** Of the last evaluation that had anything to look at. */
  readonly value: Decimal
  /** What the value was held against when it was raised. */
  readonly threshold: Decimal
  /** What happened, in a sentence. */
  readonly message: string
  /** What the value was made of when it was raised; JSON, with decimals and instants as text. */
  readonly details: AlertDetails
}

/** What a value was made of. */
export type AlertDetails = Readonly<Record<string, unknown>>

/** A raise or a recovery. Never changed. */
export interface AlertEvent extends AlertRuleRef {
  /** Grows in the order in which events become visible: behind the last one seen, none is missed. A whole number, as text. */
  readonly cursor: string
  readonly alertId: string
  readonly type: AlertState
  readonly tenantId: string | null
  /** The instant of the evaluation. */
  readonly occurredAt: Temporal.Instant
  /** Null: there was nothing to look at any more, or the rule was switched off. */
  readonly value: Decimal | null
  readonly threshold: Decimal
  readonly message: string
  readonly details: AlertDetails
}
