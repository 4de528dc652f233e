/** Everything that a rule can watch. */
export const ALERT_KINDS = ['QUOTA_EXCEEDED', 'LATENCY_P99', 'ERROR_RATE', 'COST_ANOMALY', 'VERIFICATION_FAILED'] as const

/** What an alert is about. */
export type AlertKind = (typeof ALERT_KINDS)[number]

/** The two scopes of a rule: each tenant on its own, or all tenants together. */
export const ALERT_SCOPES = ['TENANT', 'INSTALLATION'] as const

/** Whose usage a rule watches. */
export type AlertScope = (typeof ALERT_SCOPES)[number]

/** Minutes between evaluations. Evaluation instants are multiples of this interval, so every server computes the same ones. */
export const EVALUATION_INTERVAL_MINUTES: Readonly<Record<AlertKind, 1 | 60>> = {
  QUOTA_EXCEEDED: 1,
  LATENCY_P99: 1,
  ERROR_RATE: 1,
  COST_ANOMALY: 60,
  VERIFICATION_FAILED: 60,
}
