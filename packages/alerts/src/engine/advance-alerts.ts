import type { Decimal, Temporal } from '@tollgate/kernel'
import type { Alert, NewAlertEvent } from '../model/alert.ts'
import type { AlertRule } from '../model/alert-rule.ts'
import { describeRaise, describeRecovery } from '../model/describe-alert.ts'
import type { Observation } from '../model/observation.ts'
import { decideAlerts, type SubjectDecision, type SubjectState } from './decide-alerts.ts'

/** A subject's state with the id of its raised alert. */
export interface StoredSubjectState extends SubjectState {
  /** Null when no alert is raised. */
  readonly alertId: string | null
}

/** What an evaluation starts from. */
export interface AdvanceInput {
  readonly at: Temporal.Instant
  readonly states: readonly StoredSubjectState[]
  readonly observations: readonly Observation[]
  readonly newAlertId: () => string
}

/** Everything that a store writes for one evaluation. */
export interface AlertChanges {
  readonly raised: readonly Alert[]
  /** Alerts that were raised before this evaluation. A null value leaves the last one. */
  readonly updated: readonly { readonly alertId: string; readonly value: Decimal | null; readonly recovered: boolean }[]
  /** Streaks that changed. 0 means that there is none any more. */
  readonly streaks: readonly { readonly tenantId: string | null; readonly streak: number }[]
  /** Raises first, then recoveries. */
  readonly events: readonly NewAlertEvent[]
}

/** Computes what one evaluation of a rule changes. */
export function advanceAlerts(rule: AlertRule, { at, states, observations, newAlertId }: AdvanceInput): AlertChanges {
  const alertIds = new Map(states.map(({ tenantId, alertId }) => [tenantId, alertId]))
  const steps = decideAlerts(rule, { states, observations }).map(decision => ({ ...decision, alertId: alertIds.get(decision.tenantId) ?? newAlertId() }))
  const raised = steps.filter(({ before, after }) => !before.raised && after.raised).map(step => raiseAlert(rule, at, step))
  const recoveries = steps.filter(({ before, after }) => before.raised && !after.raised).map(step => recoveryEvent(rule, at, step))
  return {
    raised,
    updated: steps
      .filter(({ before }) => before.raised)
      .map(({ alertId, observation, after }) => ({ alertId, value: observation?.value ?? null, recovered: !after.raised })),
    streaks: steps.filter(({ before, after }) => before.streak !== after.streak).map(({ tenantId, after }) => ({ tenantId, streak: after.streak })),
    events: [...raised.map(raiseEvent), ...recoveries],
  }
}

interface Step extends SubjectDecision {
  readonly alertId: string
}

function raiseAlert({ kind, scope, windowMinutes }: AlertRule, at: Temporal.Instant, { alertId, tenantId, observation, threshold }: Step): Alert {
  if (observation === null) throw new Error('An alert was raised without an observation')
  const { value, details, summary } = observation
  const message = describeRaise({ rule: { kind, windowMinutes }, tenantId, value, threshold, summary })
  return { id: alertId, kind, scope, tenantId, raisedAt: at, recoveredAt: null, value, threshold, message, details }
}

function raiseEvent({ id, kind, scope, tenantId, raisedAt, value, threshold, message, details }: Alert): NewAlertEvent {
  return { alertId: id, type: 'RAISED', kind, scope, tenantId, occurredAt: raisedAt, value, threshold, message, details }
}

function recoveryEvent(rule: AlertRule, at: Temporal.Instant, { alertId, tenantId, observation, threshold }: Step): NewAlertEvent {
  const value = observation?.value ?? null
  const message = describeRecovery({ rule, tenantId, value, threshold })
  const { kind, scope } = rule
  return { alertId, type: 'RECOVERED', kind, scope, tenantId, occurredAt: at, value, threshold, message, details: observation?.details ?? {} }
}
